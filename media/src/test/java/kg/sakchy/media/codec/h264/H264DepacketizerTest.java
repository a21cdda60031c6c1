package kg.sakchy.media.codec.h264;

import static kg.sakchy.media.codec.VideoCase.bytes;
import static kg.sakchy.media.codec.VideoCase.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.NalDepacketizer;
import kg.sakchy.media.codec.PacketFeed;
import kg.sakchy.media.codec.RecordedOutput;
import kg.sakchy.media.codec.SampleBuffer;
import kg.sakchy.media.codec.VideoCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Slices here are two or three bytes: {@code 6588} IDR and {@code 419a} other begin a picture (bit
 * 7 of the second byte is first_mb_in_slice 0), {@code 6548} and {@code 415a} do not.
 */
class H264DepacketizerTest {
  /** 96x64, libx264 (ffmpeg -c:v libx264 -s 96x64 -r 25 with 3 B-frames): reorder depth 2. */
  private static final String SPS = "6764000aacd94626c044000003000400000300c83c489658";

  private static final String PPS = "68ebe192c8b0";

  /** 90x50 baseline, libx264: reorder depth 0. */
  private static final String SPS_SMALL = "6742c00ad906279223011000000300100000030320f1226480";

  private static final String PPS_SMALL = "68cb8192c8";

  static Stream<VideoCase> cleanAndDirty() {
    return Stream.of(
        row(
            "single NAL units, SEI kept",
            List.of("0 0605aa", "0 M 6588aa", "3600 M 419abb"),
            "FKs",
            List.of("0: 0605aa 6588aa", "3600: 419abb")),
        row(
            "STAP-A with parameter sets, which stay in the sample",
            List.of("0 M 78 0018" + SPS + "0006" + PPS + "0003 6588aa"),
            "FK",
            List.of("0: " + SPS + " " + PPS + " 6588aa")),
        row(
            "STAP-A with an empty unit",
            List.of("0 M 78 0000 0003 6588aa 0000"),
            "FK",
            List.of("0: 6588aa")),
        row(
            "FU-A in three",
            List.of("0 7c85 88aa", "0 7c05 bb", "0 M 7c45 cc"),
            "FK",
            List.of("0: 6588aabbcc")),
        row(
            "FU-A that is first and last fragment at once",
            List.of("0 M 7cc5 88aa"),
            "FK",
            List.of("0: 6588aa")),
        row(
            "FU-A without its end bit, ended by the marker",
            List.of("0 7c85 88aa", "0 M 7c05 bb"),
            "FK",
            List.of("0: 6588aabb")),
        row(
            "two slices",
            List.of("0 6588aa", "0 M 6548bb", "3600 419acc", "3600 M 415add"),
            "FKs",
            List.of("0: 6588aa 6548bb", "3600: 419acc 415add")),
        row(
            "no marker bits: time ends a unit, and the last one stays unfinished",
            List.of("0 6588aa", "3600 419abb", "7200 419acc"),
            "FKsL",
            List.of("0: 6588aa", "3600: 419abb"),
            "1 RTP packet dropped: an access unit cut off by the end of the stream"),
        row(
            "marker on parameter sets, and another time",
            List.of("0 M " + SPS, "0 M " + PPS, "90 M 6588aa"),
            "FK",
            List.of("90: " + SPS + " " + PPS + " 6588aa")),
        row(
            "marker on every slice: believed no longer",
            List.of(
                "0 M 6588aa",
                "3600 M 419abb",
                "3600 M 415acc",
                "7200 M 419add",
                "7200 M 415aee",
                "9000 09f0"),
            "FKsLsL",
            List.of("0: 6588aa", "3600: 419abb", "7200: 419add 415aee"),
            "1 RTP packet dropped: a marker bit in the middle of a picture"),
        row(
            "empty payloads",
            List.of("0 ", "0 6588aa", "0 M ", "3600 M 419abb"),
            "FKs",
            List.of("0: 6588aa", "3600: 419abb")),
        row(
            "start codes before a unit, of either length",
            List.of("0 00000001 0605aa", "0 M 000001 6588aa"),
            "FK",
            List.of("0: 0605aa 6588aa")),
        row(
            "parameter sets and a picture in one NAL unit with start codes",
            List.of("0 M " + SPS + "00000001" + PPS + "000001 6588aa0000"),
            "FK",
            List.of("0: " + SPS + " " + PPS + " 6588aa0000")),
        row(
            "the same inside a FU-A",
            List.of(
                "0 7c87" + SPS.substring(2) + "0000", "0 M 7c47 0001" + PPS + "00000001 6588aa"),
            "FK",
            List.of("0: " + SPS + " " + PPS + " 6588aa")),
        row(
            "what looks like a start code in a SEI stays",
            List.of("0 0605 000001 65aa", "0 M 6588aa"),
            "FK",
            List.of("0: 060500000165aa 6588aa")),
        row(
            "joined in the middle of a picture and a group",
            List.of("0 7c01 bb", "0 M 7c41 cc", "3600 M 419aaa", "7200 M 6588aa"),
            "FK",
            List.of("7200: 6588aa")),
        row(
            "a hole in a picture",
            List.of(
                "0 M 6588aa",
                "3600 7c81 9aaa",
                "-2 3600 7c01 bb",
                "3600 M 7c41 cc",
                "7200 M 419add"),
            "FKLs",
            List.of("0: 6588aa", "7200: 419add"),
            "2 RTP packets lost, 3 dropped with what they damaged"),
        row(
            "the end of a picture and the beginning of the next missing",
            List.of("0 M 6588aa", "3600 419abb", "-2 7200 M 415acc", "10800 M 419add"),
            "FKLLs",
            List.of("0: 6588aa", "10800: 419add"),
            "2 RTP packets lost, 1 dropped with what they damaged"),
        row(
            "whole pictures missing, the next one is whole",
            List.of("0 M 6588aa", "-3 14400 M 419abb"),
            "FKLs",
            List.of("0: 6588aa", "14400: 419abb"),
            "3 RTP packets lost"),
        row(
            "a FU-A without its end",
            List.of("0 M 6588aa", "3600 7c81 9aaa", "7200 M 419abb"),
            "FKLs",
            List.of("0: 6588aa", "7200: 419abb"),
            "1 RTP packet dropped: a fragmented NAL unit without its end"),
        row(
            "a FU-A cut off by another unit",
            List.of("0 M 6588aa", "3600 7c81 9aaa", "3600 M 419abb"),
            "FKL",
            List.of("0: 6588aa"),
            "2 RTP packets dropped: a fragmented NAL unit without its end"),
        row(
            "a FU-A without its beginning",
            List.of("0 M 6588aa", "3600 M 7c41 9aaa"),
            "FKL",
            List.of("0: 6588aa"),
            "1 RTP packet dropped: a fragment of a NAL unit without its beginning"),
        row(
            "a FU-A of one byte",
            List.of("0 M 6588aa", "3600 M 7c"),
            "FKL",
            List.of("0: 6588aa"),
            "1 RTP packet dropped: a fragment without its header"),
        row(
            "a STAP-A with a length over its end",
            List.of("0 M 6588aa", "3600 M 78 0003 419abb 0004 415acc"),
            "FKL",
            List.of("0: 6588aa"),
            "1 RTP packet dropped: an aggregate with a NAL unit longer than the packet"),
        row(
            "a STAP-A with half a length",
            List.of("0 M 6588aa", "3600 M 78 0003 419abb 00"),
            "FKL",
            List.of("0: 6588aa"),
            "1 RTP packet dropped: an aggregate with a NAL unit longer than the packet"),
        row(
            "the interleaved mode",
            List.of("0 M 6588aa", "3600 M 79 0000 0003 419abb"),
            "FKL",
            List.of("0: 6588aa"),
            "1 RTP packet dropped: payload type 25 of the interleaved mode is not supported"),
        row(
            "a reserved type costs only itself",
            List.of("0 M 6588aa", "3600 1f00", "3600 M 419abb"),
            "FKLs",
            List.of("0: 6588aa", "3600: 419abb"),
            "1 RTP packet dropped: reserved NAL unit type 31"),
        row(
            "open GOP: I slices behind a recovery point are a key frame",
            List.of(
                "0 0601 0140", "0 M 4188aa", "3600 060601c480", "3600 M 4188bb", "7200 M 419acc"),
            "FKs",
            List.of("3600: 060601c480 4188bb", "7200: 419acc")),
        row(
            "pictures shown before the first key frame",
            List.of("7200 060601c480", "7200 M 4188aa", "3600 M 019abb", "10800 M 419acc"),
            "FKs",
            List.of("7200: 060601c480 4188aa", "10800: 419acc")));
  }

  @ParameterizedTest
  @MethodSource
  void cleanAndDirty(VideoCase row) {
    row.check(depacketizer(SPS, PPS));
  }

  @Test
  void withoutParameterSetsKeyFramesAreLossesUntilTheyCome() {
    PacketFeed feed =
        VideoCase.feed(
            depacketizer(),
            List.of("0 M 6588aa", "3600 M 419abb", "7200 " + SPS, "7200 " + PPS, "7200 M 6588cc"));
    assertThat(feed.flush().order).hasToString("LFK");
    assertThat(feed.out.losses)
        .containsExactly("1 RTP packet dropped: a key frame before its parameter sets");
  }

  @Test
  void anotherResolutionBeginsARunAtItsKeyFrame() {
    PacketFeed feed =
        VideoCase.feed(
            depacketizer(SPS, PPS),
            List.of(
                "0 M 6588aa",
                "3600 " + SPS,
                "3600 " + PPS,
                "3600 M 6588bb",
                "7200 " + SPS_SMALL,
                "7200 " + PPS_SMALL,
                "7200 M 6588cc",
                "10800 M 419add"));
    assertThat(feed.flush().order).hasToString("FKKFKs");
    assertThat(feed.out.formats.stream().map(f -> ((TrackFormat.Video) f).width()))
        .containsExactly(96, 90);
    AvcConfig second = AvcConfig.decode(feed.out.formats.getLast().config());
    assertThat(second)
        .isEqualTo(new AvcConfig(List.of(bytes(SPS_SMALL)), List.of(bytes(PPS_SMALL))));
  }

  @Test
  void aMalformedParameterSetInBandChangesNothing() {
    PacketFeed feed =
        VideoCase.feed(
            depacketizer(SPS, PPS),
            List.of("0 67640a", "0 M 6588aa", "3600 67", "3600 68", "3600 M 6588bb"));
    assertThat(feed.flush().order).hasToString("FKK");
  }

  @Test
  void reorderingThatNobodyAnnouncedCostsAGroupAndThenTimesAreRight() {
    List<String> packets = new ArrayList<>();
    for (int group = 0; group < 3; group++) {
      int t = 14_400 * group;
      packets.add(t + " M 6588aa");
      packets.add((t + 10_800) + " M 419abb");
      packets.add((t + 3_600) + " M 019acc");
      packets.add((t + 7_200) + " M 019add");
    }
    PacketFeed feed = VideoCase.feed(depacketizer(SPS_SMALL, PPS_SMALL), packets);
    assertThat(feed.flush().order).hasToString("FKsLFKsssKsss");
    assertThat(feed.out.losses)
        .containsExactly(
            "2 RTP packets dropped: pictures in an order that the parameter sets do not announce");
    assertThat(feed.out.formats.getFirst()).isEqualTo(feed.out.formats.getLast());
    assertThat(feed.out.samples.subList(2, 10).stream().map(RecordedOutput.Sample::dts))
        .containsExactly(10_800L, 14_400L, 18_000L, 21_600L, 25_200L, 28_800L, 32_400L, 36_000L);
  }

  @Test
  void aTimeThatWentBackBeginsARunAtTheNextKeyFrame() {
    PacketFeed feed =
        VideoCase.feed(
            depacketizer(SPS_SMALL, PPS_SMALL),
            List.of(
                "1000000 M 6588aa",
                "1003600 M 419abb",
                "3600 M 419acc",
                "7200 M 6588dd",
                "10800 M 419aee"));
    assertThat(feed.flush().order).hasToString("FKsLFKs");
    assertThat(feed.out.times()).containsExactly(1_000_000L, 1_003_600L, 7_200L, 10_800L);
    assertThat(feed.out.samples.getLast().dts()).as("no depth was learned").isEqualTo(10_800);
  }

  @Test
  void aUnitWithoutEndIsCutOffAtALimitAndTheNextIsFine() {
    PacketFeed feed = new PacketFeed(depacketizer(SPS, PPS));
    feed.payload(0, true, "6588aa");
    byte[] fragment = new byte[60_000];
    fragment[0] = 0x7c;
    fragment[1] = 0x01;
    feed.payload(3_600, false, "7c81 9a");
    int packets = SampleBuffer.MAX_SAMPLE_BYTES / 59_998 + 2;
    for (int i = 0; i < packets; i++) {
      feed.payload(3_600, false, fragment);
    }
    feed.payload(7_200, true, "419abb");
    assertThat(feed.flush().order).hasToString("FKLs");
    assertThat(feed.out.losses.getFirst()).contains("an access unit over 8 MiB");
    assertThat(feed.out.lostPackets).isEqualTo(packets + 1L);
  }

  private static Depacketizer depacketizer(String... parameterSets) {
    return new NalDepacketizer(
        new H264Framing(),
        new H264Inspector(),
        Stream.of(parameterSets).map(VideoCase::bytes).toList());
  }
}
