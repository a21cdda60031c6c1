package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound of a camera through the muxer, decoded again by libavcodec and laid over the original. */
class G711TranscoderTest {
  private static final int RATE = 8_000;
  private static final int PACKET = 160;
  private static final int SECONDS = 10;

  @TempDir Path directory;

  private float[] original = new float[0];

  @BeforeEach
  void makeNoiseWithinTheBand() {
    Random random = new Random(5);
    original = new float[RATE * SECONDS];
    float low = 0;
    for (int i = 0; i < original.length; i++) {
      low += (random.nextFloat() - 0.5f - low) * 0.3f;
      original[i] = low;
    }
  }

  @Test
  void soundStaysWhereItWasToTheSample() throws Exception {
    for (Codec codec : List.of(Codec.G711_ALAW, Codec.G711_ULAW)) {
      DecodedSound heard = transcode(codec, 0, packet -> true);
      assertThat(heard.lag(original, 2_000, 70_000, 1_100)).isZero();
      assertThat(heard.correlation(original, 2_000, 70_000, 0)).isGreaterThan(0.95);
    }
  }

  @Test
  void aRunWhoseSoundBeginsLaterKeepsTheTime() throws Exception {
    DecodedSound heard = transcode(Codec.G711_ALAW, 5_000, packet -> true);
    float[] later = new float[original.length + 5_000];
    System.arraycopy(original, 0, later, 5_000, original.length);
    assertThat(heard.lag(later, 7_000, 70_000, 1_100)).isZero();
  }

  @Test
  void lostPacketsBecomeSilence() throws Exception {
    DecodedSound heard = transcode(Codec.G711_ALAW, 0, packet -> packet < 200 || packet >= 220);
    assertThat(heard.lag(original, 2_000, 200 * PACKET, 1_100)).isZero();
    assertThat(heard.isSilent(202 * PACKET, 218 * PACKET)).isTrue();
    assertThat(heard.lag(original, 222 * PACKET, 70_000, 1_100)).isZero();
  }

  @Test
  void aLongHoleIsLeftAndTheTimeAfterItIsRight() throws Exception {
    DecodedSound heard = transcode(Codec.G711_ALAW, 0, packet -> packet < 100 || packet >= 300);
    assertThat(heard.lag(original, 2_000, 100 * PACKET, 1_100)).isZero();
    assertThat(heard.isSilent(120 * PACKET, 290 * PACKET)).isTrue();
    assertThat(heard.lag(original, 310 * PACKET, 70_000, 1_100)).isZero();
    assertThat(heard.correlation(original, 310 * PACKET, 70_000, 0)).isGreaterThan(0.95);
  }

  @Test
  void roundedTimesOfTheCameraAddNoClicks() throws Exception {
    Random random = new Random(3);
    List<MuxSample> samples = new ArrayList<>();
    byte[] coded = coded(Codec.G711_ALAW);
    for (int packet = 0; packet * PACKET < original.length; packet++) {
      long late = packet == 0 ? 0 : random.nextInt(PACKET / 3);
      samples.add(sample((long) packet * PACKET + late, coded, packet));
    }
    DecodedSound heard = mux(Codec.G711_ALAW, samples);
    assertThat(heard.lag(original, 2_000, 70_000, 1_100)).isZero();
    assertThat(heard.correlation(original, 2_000, 70_000, 0)).isGreaterThan(0.95);
  }

  @Test
  void hostileTimesEndInSoundThatRises() throws Exception {
    Random random = new Random(11);
    byte[] coded = coded(Codec.G711_ULAW);
    try (PartMuxer muxer = PartMuxer.open(format(Codec.G711_ULAW))) {
      long dts = 0;
      long lastOut = -1;
      for (int i = 0; i < 400; i++) {
        dts += 1 + (random.nextInt(4) == 0 ? random.nextLong(1L << 33) : random.nextLong(500));
        byte[] part = muxer.part(List.of(sample(dts, coded, i))).toByteArray();
        if (part.length > 0) {
          long out = Parts.decodeTimes(part).values().iterator().next();
          assertThat(out).isGreaterThan(lastOut).isLessThanOrEqualTo(dts);
          lastOut = out;
        }
      }
      assertThat(muxer.warnings()).isEmpty();
    }
  }

  private DecodedSound transcode(Codec codec, long offset, IntPredicate arrives) throws Exception {
    byte[] coded = coded(codec);
    List<MuxSample> samples = new ArrayList<>();
    for (int packet = 0; packet * PACKET < original.length; packet++) {
      if (arrives.test(packet)) {
        samples.add(sample(offset + (long) packet * PACKET, coded, packet));
      }
    }
    return mux(codec, samples);
  }

  private DecodedSound mux(Codec codec, List<MuxSample> samples) throws Exception {
    Path file = directory.resolve("muxed.mp4");
    try (PartMuxer muxer = PartMuxer.open(format(codec))) {
      List<List<MuxSample>> parts = new ArrayList<>();
      for (int from = 0; from < samples.size(); from += 25) {
        parts.add(samples.subList(from, Math.min(samples.size(), from + 25)));
      }
      Files.write(file, Parts.file(muxer, parts));
      assertThat(muxer.warnings()).isEmpty();
      assertThat(muxer.codecs()).containsExactly("mp4a.40.2", "avc1.42c01f");
    }
    return DecodedSound.of(MediaFile.read(file), 0);
  }

  private static MuxSample sample(long dts, byte[] coded, int packet) {
    byte[] data = new byte[PACKET];
    System.arraycopy(coded, packet * PACKET % coded.length, data, 0, PACKET);
    return new MuxSample(0, dts, dts, PACKET, true, data);
  }

  private static StreamFormat format(Codec codec) {
    TrackFormat sound = new TrackFormat.Audio(codec, RATE, Bytes.EMPTY, 1, "pcm");
    return new StreamFormat(List.of(sound, MuxBenchmark.format(false).video()));
  }

  /** The original in G.711, coded by FFmpeg's program. */
  private byte[] coded(Codec codec) throws Exception {
    ByteBuffer pcm = ByteBuffer.allocate(original.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : original) {
      pcm.putShort((short) (sample * 32_767));
    }
    Path file = Files.write(directory.resolve("original.pcm"), pcm.array());
    String input = file.toString();
    String law = codec == Codec.G711_ALAW ? "alaw" : "mulaw";
    return Tools.run(
        FfmpegProgram.path(),
        "-v",
        "error",
        "-f",
        "s16le",
        "-ar",
        "8000",
        "-ac",
        "1",
        "-i",
        input,
        "-f",
        law,
        "-");
  }
}
