package kg.sakchy.media.codec.h265;

import static kg.sakchy.media.codec.VideoCase.bytes;
import static kg.sakchy.media.codec.VideoCase.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.NalDepacketizer;
import kg.sakchy.media.codec.PacketFeed;
import kg.sakchy.media.codec.VideoCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Slices here are a header and two bytes: {@code 2601} IDR_W_RADL, {@code 2a01} CRA, {@code 0201}
 * TRAIL_R, {@code 1001} RASL_N; bit 7 of the third byte is first_slice_segment_in_pic_flag.
 */
class H265DepacketizerTest {
  /** 90x66, libx265 (ffmpeg -c:v libx265 -s 90x66 -r 25 with 3 B-frames): reorder depth 2. */
  private static final String VPS = "40010c01ffff01600000030090000003000003001e959409";

  private static final String SPS =
      "42010101600000030090000003000003001ea030812724996565924caf016808000003000800000300c840";
  private static final String PPS = "4401c172b42240";

  static Stream<VideoCase> cleanAndDirty() {
    return Stream.of(
        row(
            "single NAL units, SEI before and after kept",
            List.of("0 4e01aa", "0 260180aa", "0 M 5001bb", "3600 M 020180bb"),
            "FKs",
            List.of("0: 4e01aa 260180aa 5001bb", "3600: 020180bb")),
        row(
            "an aggregation packet with parameter sets, which stay in the sample",
            List.of("0 M 6001 0018" + VPS + "002b" + SPS + "0007" + PPS + "0004 260180aa"),
            "FK",
            List.of("0: " + VPS + " " + SPS + " " + PPS + " 260180aa")),
        row(
            "a unit in three fragments",
            List.of("0 6201 93 80aa", "0 6201 13 bb", "0 M 6201 53 cc"),
            "FK",
            List.of("0: 260180aabbcc")),
        row(
            "a fragment that is first and last at once",
            List.of("0 M 6201 d3 80aa"),
            "FK",
            List.of("0: 260180aa")),
        row(
            "the end bit missing, ended by the marker",
            List.of("0 6201 93 80aa", "0 M 6201 13 bb"),
            "FK",
            List.of("0: 260180aabb")),
        row(
            "start codes before and between units",
            List.of("0 00000001" + VPS + "00000001" + SPS + "000001" + PPS, "0 M 000001 260180aa"),
            "FK",
            List.of("0: " + VPS + " " + SPS + " " + PPS + " 260180aa")),
        row(
            "CRA with leading pictures: left out at the beginning of a run, kept within",
            List.of(
                "10800 M 2a0180aa",
                "3600 M 100180bb",
                "7200 M 100180cc",
                "21600 M 2a0180dd",
                "14400 M 100180ee"),
            "FKKs",
            List.of("10800: 2a0180aa", "21600: 2a0180dd", "14400: 100180ee")),
        row(
            "a hole before a first slice",
            List.of("0 M 260180aa", "-1 7200 M 020180bb"),
            "FKLs",
            List.of("0: 260180aa", "7200: 020180bb"),
            "1 RTP packet lost"),
        row(
            "a hole before another slice",
            List.of("0 M 260180aa", "-1 7200 M 020100bb", "10800 M 020180cc"),
            "FKLs",
            List.of("0: 260180aa", "10800: 020180cc"),
            "1 RTP packet lost, 1 dropped with what they damaged"),
        row(
            "a fragment without its beginning",
            List.of("0 M 260180aa", "3600 M 6201 41 bb"),
            "FKL",
            List.of("0: 260180aa"),
            "1 RTP packet dropped: a fragment of a NAL unit without its beginning"),
        row(
            "a unit of fragments without its end",
            List.of("0 M 260180aa", "3600 6201 81 80bb", "7200 M 020180cc"),
            "FKLs",
            List.of("0: 260180aa", "7200: 020180cc"),
            "1 RTP packet dropped: a fragmented NAL unit without its end"),
        row(
            "a fragment of two bytes",
            List.of("0 M 260180aa", "3600 M 6201"),
            "FKL",
            List.of("0: 260180aa"),
            "1 RTP packet dropped: a fragment without its header"),
        row(
            "an aggregation packet with a length over its end",
            List.of("0 M 260180aa", "3600 M 6001 0004 020180bb 0009 020100cc"),
            "FKL",
            List.of("0: 260180aa"),
            "1 RTP packet dropped: an aggregate with a NAL unit longer than the packet"),
        row(
            "a payload of one byte",
            List.of("0 M 260180aa", "3600 M 02"),
            "FKL",
            List.of("0: 260180aa"),
            "1 RTP packet dropped: a NAL unit without its header"),
        row(
            "PACI",
            List.of("0 M 260180aa", "3600 M 6401 0000 020180bb"),
            "FKL",
            List.of("0: 260180aa"),
            "1 RTP packet dropped: PACI packets are not supported"),
        row(
            "a reserved type costs only itself",
            List.of("0 M 260180aa", "3600 7e01 00", "3600 M 020180bb"),
            "FKLs",
            List.of("0: 260180aa", "3600: 020180bb"),
            "1 RTP packet dropped: reserved NAL unit type 63"));
  }

  @ParameterizedTest
  @MethodSource
  void cleanAndDirty(VideoCase row) {
    row.check(depacketizer(VPS, SPS, PPS));
  }

  @Test
  void parameterSetsInBandAreLearned() {
    PacketFeed feed =
        VideoCase.feed(
            depacketizer(),
            List.of(
                "0 M 260180aa", "3600 " + VPS, "3600 " + SPS, "3600 " + PPS, "3600 M 260180bb"));
    assertThat(feed.flush().order).hasToString("LFK");
    assertThat(HevcConfig.decode(feed.out.formats.getFirst().config()))
        .isEqualTo(new HevcConfig(List.of(bytes(VPS)), List.of(bytes(SPS)), List.of(bytes(PPS))));
    assertThat(((TrackFormat.Video) feed.out.formats.getFirst()).codecString())
        .isEqualTo("hvc1.1.6.L30.90");
  }

  @Test
  void setsOfOtherLayersAndMalformedOnesAreNotLearned() {
    String layer1 = "4209" + SPS.substring(4);
    PacketFeed feed =
        VideoCase.feed(
            depacketizer(VPS, SPS, PPS),
            List.of("0 M 260180aa", "3600 " + layer1, "3600 420101", "3600 M 260180bb"));
    assertThat(feed.flush().order).hasToString("FKK");
  }

  private static Depacketizer depacketizer(String... parameterSets) {
    return new NalDepacketizer(
        new H265Framing(),
        new H265Inspector(),
        Stream.of(parameterSets).map(VideoCase::bytes).toList());
  }
}
