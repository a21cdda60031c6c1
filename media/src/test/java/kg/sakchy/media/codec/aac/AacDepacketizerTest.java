package kg.sakchy.media.codec.aac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.PacketFeed;
import kg.sakchy.media.codec.RecordedOutput;
import kg.sakchy.media.codec.VideoCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** AU headers of AAC-hbr are 16 bits: the size shifted left by 3, index 0. */
class AacDepacketizerTest {
  private static final TrackFormat.Audio FORMAT =
      new TrackFormat.Audio(Codec.AAC, 16_000, bytes("1408"), 1, "mp4a.40.2");

  static Stream<Arguments> cleanAndDirty() {
    return Stream.of(
        row("one frame", List.of("0 M 0010 0018 aabbcc"), "0: aabbcc", ""),
        row(
            "three frames follow each other by 1024 samples",
            List.of("5000 M 0030 0008 0010 0008 aa bbcc dd"),
            "5000: aa, 6024: bbcc, 7048: dd",
            ""),
        row(
            "a frame in three fragments",
            List.of("0 0010 0028 aabb", "0 0010 0028 cc", "0 M 0010 0028 ddee"),
            "0: aabbccddee",
            ""),
        row("an empty payload", List.of("0 M ", "0 M 0010 0008 aa"), "0: aa", ""),
        row("an empty frame", List.of("0 M 0020 0000 0008 aa"), "1024: aa", ""),
        row(
            "an ADTS header with the right size is cut off",
            List.of("0 M 0010 0058 fff16040017ffc aabbccdd"),
            "0: aabbccdd",
            ""),
        row(
            "what only looks like an ADTS header stays",
            List.of("0 M 0010 0058 fff16040027ffc aabbccdd"),
            "0: fff16040027ffcaabbccdd",
            ""),
        row(
            "a hole between frames",
            List.of("0 M 0010 0008 aa", "-2 3072 M 0010 0008 bb"),
            "0: aa, 3072: bb",
            "2 RTP packets lost"),
        row(
            "a hole in a frame",
            List.of("0 0010 0018 aa", "-1 0 M 0010 0018 cc", "1024 M 0010 0008 dd"),
            "1024: dd",
            "1 RTP packet lost, 2 dropped with what they damaged"),
        row(
            "a frame without its last fragment",
            List.of("0 0010 0018 aa", "1024 M 0010 0008 dd"),
            "1024: dd",
            "1 RTP packet dropped: a sound frame without all its fragments"),
        row(
            "fragments longer than their frame",
            List.of("0 0010 0018 aa", "0 M 0010 0018 bbccdd", "1024 M 0010 0008 dd"),
            "1024: dd",
            "2 RTP packets dropped: a sound frame without all its fragments"),
        row(
            "fragments that disagree",
            List.of("0 0010 0018 aa", "0 M 0010 0020 bbcc", "1024 M 0010 0008 dd"),
            "1024: dd",
            "2 RTP packets dropped: a sound frame without all its fragments"),
        row(
            "the last of several frames cut off",
            List.of("0 M 0020 0008 0018 aa bb", "2048 M 0010 0008 cc"),
            "0: aa, 2048: cc",
            "1 RTP packet dropped: a sound frame longer than its packet"),
        row(
            "headers longer than the packet",
            List.of("0 M ffff 0008 aa", "1024 M 0010 0008 cc"),
            "1024: cc",
            "1 RTP packet dropped: AU headers longer than the packet"),
        row(
            "a packet of one byte",
            List.of("0 M 00", "1024 M 0010 0008 cc"),
            "1024: cc",
            "1 RTP packet dropped: AU headers longer than the packet"),
        row(
            "interleaved frames",
            List.of("0 M 0020 0008 000a aa bb", "4096 M 0010 0008 cc"),
            "0: aa, 4096: cc",
            "1 RTP packet dropped: interleaved sound frames are not supported"),
        row(
            "time that does not rise",
            List.of("1024 M 0010 0008 aa", "1024 M 0010 0008 bb", "2048 M 0010 0008 cc"),
            "1024: aa, 2048: cc",
            "1 RTP packet dropped: time does not rise"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void cleanAndDirty(String name, List<String> packets, String samples, String loss) {
    RecordedOutput out = feed(packets).flush();
    assertThat(text(out)).as(name).isEqualTo(samples);
    assertThat(out.losses.isEmpty() ? "" : out.losses.getFirst()).isEqualTo(loss);
    assertThat(out.formats).containsExactly(FORMAT);
  }

  @Test
  void aClockSetBackBeginsARun() {
    RecordedOutput out = feed(List.of("900000 M 0010 0008 aa", "1024 M 0010 0008 bb")).flush();
    assertThat(out.order).hasToString("FKFK");
  }

  @Test
  void fieldsOfOtherModesAreStepped() {
    // size 6, index 2, CTS flag + 4 bits, random access bit, state 2 bits; auxiliary size 8 bits
    AacHeaderLayout layout = new AacHeaderLayout(6, 2, 2, 4, 0, 1, 2, 8);
    PacketFeed feed = new PacketFeed(new AacDepacketizer(FORMAT, layout));
    // size 000010, index 00, CTS flag 1 with 0101, RAP 1, state 11; auxiliary 8 bits of them
    feed.payload(0, true, "0010" + "08af" + "08ff" + "aabb");
    assertThat(text(feed.flush())).isEqualTo("0: aabb");
  }

  @ParameterizedTest
  @CsvSource({
    "1408, 2, 16000, 1, 1024",
    "1210, 2, 44100, 2, 1024",
    "140c, 2, 16000, 1, 960",
    "2b8a0800, 5, 22050, 1, 1024",
    "1238, 2, 44100, 8, 1024",
    "178007d008, 2, 4000, 1, 1024",
  })
  void configurationsOfEncoders(
      String hex, int objectType, int sampleRate, int channels, int frameSamples) {
    assertThat(AudioSpecificConfig.parse(bytes(hex)))
        .isEqualTo(new AudioSpecificConfig(objectType, sampleRate, channels, frameSamples));
  }

  @ParameterizedTest
  @CsvSource({"''", "14", "1680", "1260", "ffff"})
  void malformedConfigurationsAreDataLoss(String hex) {
    assertThatThrownBy(() -> AudioSpecificConfig.parse(bytes(hex)))
        .isInstanceOf(VmsException.class);
  }

  @Test
  void lowComplexityWithoutAConfiguration() {
    assertThat(AudioSpecificConfig.ofLowComplexity(16_000, 1)).isEqualTo(bytes("1408"));
    assertThat(AudioSpecificConfig.ofLowComplexity(44_100, 2)).isEqualTo(bytes("1210"));
    assertThat(AudioSpecificConfig.ofLowComplexity(12_345, 2)).isEqualTo(Bytes.EMPTY);
  }

  private static PacketFeed feed(List<String> packets) {
    return VideoCase.feed(new AacDepacketizer(FORMAT, AacHeaderLayout.HIGH_BIT_RATE), packets);
  }

  private static String text(RecordedOutput out) {
    return String.join(", ", out.samples.stream().map(s -> s.pts() + ": " + s.data()).toList());
  }

  private static Arguments row(String name, List<String> packets, String samples, String loss) {
    return Arguments.of(name, packets, samples, loss);
  }

  private static Bytes bytes(String hex) {
    return Bytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
