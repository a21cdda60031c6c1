package kg.sakchy.ffmpeg;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;

/**
 * G.711 in, AAC of the same rate and channels out, on the same time line to the sample.
 *
 * <p>Time: a packet's pts is the input time of what it decodes to, so the encoder's delay is
 * accounted for. A hole of up to a second (lost packets) is filled with silence, a longer one
 * becomes a hole in the output; an overlap is cut. Deviations under half a packet are the camera's
 * rounding and are followed only when they add up. What is not yet a whole frame when the muxer
 * closes, up to a quarter of a second, is not written.
 */
final class G711Transcoder implements AutoCloseable {
  /** Enough for telephone sound; AAC-LC allows at most 6 bits a sample. */
  private static final int BITS_PER_SAMPLE = 3;

  private final AacEncoder encoder;
  private final G711 law;
  private final TrackFormat.Audio format;
  private final int channels;

  /** The frame being filled. */
  private final float[][] planes;

  private int filled;
  private long framePts;

  /** Input time of the next sample, or -1 before the first. */
  private long nextPts = -1;

  /** Input times of the last frame encoded and the one before it. */
  private long lastFramePts;

  private long frameBeforePts;
  private boolean primed;

  /**
   * @param input of G.711
   * @throws kg.sakchy.core.error.VmsException when AAC cannot have this rate or these channels
   */
  G711Transcoder(TrackFormat.Audio input) {
    law = G711.of(input.codec());
    channels = input.channels();
    planes = new float[channels][AacEncoder.FRAME_SAMPLES];
    encoder =
        new AacEncoder(input.clockRate(), channels, input.clockRate() * channels * BITS_PER_SAMPLE);
    format =
        new TrackFormat.Audio(
            Codec.AAC, input.clockRate(), Bytes.copyOf(encoder.config()), channels, "mp4a.40.2");
  }

  /** What comes out. */
  TrackFormat.Audio format() {
    return format;
  }

  /**
   * @param pts of the first sample in {@code data}; later than that of the call before
   * @param data one octet for each sample and channel, channels taking turns
   */
  void push(long pts, byte[] data, Output output) {
    int samples = data.length / channels;
    int from = 0;
    long gap = nextPts < 0 ? 0 : pts - nextPts;
    if (nextPts < 0 || gap > format.clockRate()) {
      restart(pts, output);
    } else if (Math.abs(gap) * 2 > samples) {
      silence(gap, output);
      from = (int) Math.min(samples, Math.max(0, -gap));
    }
    for (int i = from; i < samples; i++) {
      for (int channel = 0; channel < channels; channel++) {
        planes[channel][filled] = law.sample(data[i * channels + channel]);
      }
      sampleAdded(output);
    }
  }

  /** The frame begun is filled up with silence, and the next begins at {@code pts}. */
  private void restart(long pts, Output output) {
    if (filled > 0) {
      silence(AacEncoder.FRAME_SAMPLES - filled, output);
    }
    framePts = pts;
    nextPts = pts;
  }

  private void silence(long samples, Output output) {
    for (long i = 0; i < samples; i++) {
      for (float[] plane : planes) {
        plane[filled] = 0;
      }
      sampleAdded(output);
    }
  }

  private void sampleAdded(Output output) {
    nextPts++;
    if (++filled == AacEncoder.FRAME_SAMPLES) {
      encodeFrame(output);
    }
  }

  private void encodeFrame(Output output) {
    long packetPts = frameBeforePts;
    encoder.encode(
        planes,
        (data, size) -> {
          if (packetPts >= 0) {
            byte[] aac = new byte[size];
            data.get(aac);
            output.packet(packetPts, AacEncoder.FRAME_SAMPLES, aac);
          }
        });
    frameBeforePts = primed ? lastFramePts : framePts - AacEncoder.FRAME_SAMPLES;
    lastFramePts = framePts;
    primed = true;
    framePts = nextPts;
    filled = 0;
  }

  @Override
  public void close() {
    encoder.close();
  }

  /** Receives AAC. */
  interface Output {
    /**
     * @param pts as the input's
     * @param duration as the input's
     * @param aac one raw frame; the receiver's
     */
    void packet(long pts, long duration, byte[] aac);
  }
}
