package kg.sakchy.ffmpeg;

import java.time.Instant;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;

/** Sound that ticks when the second of UTC changes, and higher with the minute: AAC, 16 kHz. */
final class SceneSound implements AutoCloseable {
  static final int RATE = 16_000;

  private static final int BITS_PER_SECOND = 32_000;
  private static final int TICK_SAMPLES = RATE / 20;
  private static final double SECOND_HERTZ = 880;
  private static final double MINUTE_HERTZ = 1_760;
  private static final int NANOS_PER_SAMPLE = 1_000_000_000 / RATE;

  private final AacEncoder encoder = new AacEncoder(RATE, 1, BITS_PER_SECOND);
  private final float[][] frame = new float[1][AacEncoder.FRAME_SAMPLES];
  private final long firstSecond;
  private final int firstSample;
  private long framesIn;

  /**
   * @param start UTC of the first sample
   */
  SceneSound(Instant start) {
    firstSecond = start.getEpochSecond();
    firstSample = start.getNano() / NANOS_PER_SAMPLE;
  }

  TrackFormat.Audio format() {
    Bytes config = Bytes.copyOf(encoder.config());
    return new TrackFormat.Audio(Codec.AAC, RATE, config, 1, "mp4a.40.2");
  }

  /** Encodes what is to be heard before {@code untilSample}, in whole frames. */
  void advance(long untilSample, Output output) {
    while ((framesIn + 1) * AacEncoder.FRAME_SAMPLES <= untilSample) {
      for (int i = 0; i < AacEncoder.FRAME_SAMPLES; i++) {
        frame[0][i] = sample(framesIn * AacEncoder.FRAME_SAMPLES + i);
      }
      // A packet sounds as the frame before the last one put in; the first sounds as nothing.
      long pts = (framesIn - 2) * AacEncoder.FRAME_SAMPLES;
      framesIn++;
      encoder.encode(
          frame,
          (data, size) -> {
            if (pts >= 0) {
              byte[] aac = new byte[size];
              data.get(aac);
              output.sample(pts, aac);
            }
          });
    }
  }

  private float sample(long index) {
    long sinceSecond = (firstSample + index) % RATE;
    if (sinceSecond >= TICK_SAMPLES) {
      return 0;
    }
    long second = firstSecond + (firstSample + index) / RATE;
    double hertz = second % 60 == 0 ? MINUTE_HERTZ : SECOND_HERTZ;
    double fade = 1 - (double) sinceSecond / TICK_SAMPLES;
    return (float) (Math.sin(2 * Math.PI * hertz * sinceSecond / RATE) * fade * 0.5);
  }

  @Override
  public void close() {
    encoder.close();
  }

  /** Receives AAC frames of {@link AacEncoder#FRAME_SAMPLES} samples. */
  interface Output {
    void sample(long pts, byte[] data);
  }
}
