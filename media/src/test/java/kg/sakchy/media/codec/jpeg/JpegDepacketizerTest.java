package kg.sakchy.media.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.RecordedOutput;
import kg.sakchy.media.codec.VideoCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Header: type-specific, offset in 3 bytes, type, Q, width / 8, height / 8. */
class JpegDepacketizerTest {
  private static final String TABLES = "11".repeat(64) + "22".repeat(64);

  static Stream<Arguments> dirty() {
    return Stream.of(
        row("tables by quality, EOI added", List.of("0 M 00000000 01320c08 abcd"), "FK", ""),
        row(
            "missing marker",
            List.of("0 00000000 01320c08 abcd", "90 M 00000000 01320c08 abcd"),
            "FKK",
            ""),
        row(
            "tables in-band, later frames without",
            List.of(
                "0 M 00000000 01800c08 00000080 " + TABLES + " ab",
                "90 M 00000000 01800c08 00000000 ab"),
            "FKK",
            ""),
        row(
            "another size",
            List.of("0 M 00000000 01320c08 ab", "90 M 00000000 01320d08 ab"),
            "FKFK",
            ""),
        row(
            "no tables yet",
            List.of("0 M 00000000 01320c08 ab", "90 M 00000000 01800c08 00000000 ab"),
            "FKL",
            "1 RTP packet dropped: a picture without quantization tables"),
        row(
            "tables are never kept for Q 255",
            List.of(
                "0 M 00000000 01ff0c08 00000080 " + TABLES + " ab",
                "90 M 00000000 01ff0c08 00000000 ab"),
            "FKL",
            "1 RTP packet dropped: a picture without quantization tables"),
        row(
            "tables longer than the packet",
            List.of("0 M 00000000 01320c08 ab", "90 M 00000000 01800c08 0000ffff ab"),
            "FKL",
            "1 RTP packet dropped: quantization tables longer than the packet"),
        row(
            "tables of an odd size",
            List.of("0 M 00000000 01320c08 ab", "90 M 00000000 01800c08 00000001 abcd"),
            "FKL",
            "1 RTP packet dropped: quantization tables of 1 bytes"),
        row(
            "a reserved quality",
            List.of("0 M 00000000 01320c08 ab", "90 M 00000000 01640c08 ab"),
            "FKL",
            "1 RTP packet dropped: a reserved quality of 100"),
        row(
            "a hole",
            List.of(
                "0 M 00000000 01320c08 ab",
                "90 00000000 01320c08 ab",
                "-1 90 M 00000009 01320c08 ab"),
            "FKL",
            "1 RTP packet lost, 2 dropped with what they damaged"),
        row(
            "a fragment that does not follow",
            List.of(
                "0 M 00000000 01320c08 ab", "90 00000000 01320c08 ab", "90 M 00000009 01320c08 ab"),
            "FKL",
            "2 RTP packets dropped: a picture without all its fragments"),
        row(
            "joined in the middle of a picture",
            List.of("0 M 00000009 01320c08 ab", "90 M 00000000 01320c08 ab"),
            "FK",
            ""),
        row(
            "a short header",
            List.of("0 M 00000000 01320c08 ab", "90 M 0000"),
            "FKL",
            "1 RTP packet dropped: a JPEG packet without its header"),
        row(
            "a field of interlaced video",
            List.of("0 M 00000000 01320c08 ab", "90 M 01000000 01320c08 ab"),
            "FKL",
            "1 RTP packet dropped: JPEG of type 1/1 is not supported"),
        row(
            "no size anywhere",
            List.of("0 M 00000000 01320c08 ab", "90 M 00000000 01320008 ab"),
            "FKL",
            "1 RTP packet dropped: a picture of unknown size"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void dirty(String name, List<String> packets, String order, String loss) {
    RecordedOutput out = VideoCase.feed(new JpegDepacketizer(0, 0), packets).flush();
    assertThat(out.order).as(name).hasToString(order);
    assertThat(out.losses.isEmpty() ? "" : out.losses.getFirst()).isEqualTo(loss);
  }

  @Test
  void aSampleIsAJpegFileWithRestarts() {
    RecordedOutput out =
        VideoCase.feed(
                new JpegDepacketizer(0, 0), List.of("0 M 00000000 41320c08 0005ffff ab ffd0 cd"))
            .flush();
    String file = HexFormat.of().formatHex(out.data().getFirst().toByteArray());
    assertThat(file).startsWith("ffd8ffdb004300100b0c0e0c0a10").contains("ffdd00040005ffda");
    assertThat(file).contains("ffc0001108004000600301220002110103110").endsWith("abffd0cdffd9");
  }

  @Test
  void sizesThatDoNotFitTheHeaderAreTheDescriptions() {
    RecordedOutput out =
        VideoCase.feed(new JpegDepacketizer(2_592, 1_944), List.of("0 M 00000000 01320000 ab"))
            .flush();
    TrackFormat.Video format = (TrackFormat.Video) out.formats.getFirst();
    assertThat(format.width()).isEqualTo(2_592);
    assertThat(format.height()).isEqualTo(1_944);
  }

  private static Arguments row(String name, List<String> packets, String order, String loss) {
    return Arguments.of(name, packets, order, loss);
  }
}
