package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ffprobe and ffmpeg make of planned files; skipped where they are missing. */
class RangePlanPlaybackTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final int[] TIMESCALES = {90_000, 16_000};

  @TempDir Path directory;

  private final InMemoryArchive archive = new InMemoryArchive();

  @ParameterizedTest
  @EnumSource(names = {"RUN_H264_AAC", "RUN_H264_BFRAMES_AAC", "RUN_H265"})
  void aWholeRunHasTheFramesAndTimesOfItsSource(GoldenFile source) throws Exception {
    RecordedRun.record(archive, source, NOON, 2);
    Path file = write(plan(NOON, NOON.plusSeconds(60), RangePlan.Gaps.REAL_TIME));
    List<ProbedPacket> packets = ProbedPacket.all(file);
    for (int stream = 0; stream < source.init().tracks().size(); stream++) {
      assertThat(ProbedPacket.ofStream(packets, stream))
          .isEqualTo(expected(source, stream, Duration.ZERO));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN_H264_AAC", "RUN_H264_BFRAMES_AAC", "RUN_H265"})
  void aRangeBeginsAtTheKeyFrameBeforeItAndEndsAtTheOneAfter(GoldenFile source) throws Exception {
    RecordedRun.record(archive, source, NOON, 2);
    RangePlan plan = plan(NOON.plusMillis(1_400), NOON.plusMillis(3_100), RangePlan.Gaps.REAL_TIME);
    assertThat(plan.covered()).isEqualTo(new TimeRange(NOON.plusSeconds(1), NOON.plusSeconds(4)));
    assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(ProbedPacket.ofStream(ProbedPacket.all(write(plan)), 0))
        .isEqualTo(expected(source, 0, Duration.ofSeconds(-1)).subList(20, 80));
  }

  @ParameterizedTest
  @EnumSource(RangePlan.Gaps.class)
  void twoRunsAreJoined(RangePlan.Gaps gaps) throws Exception {
    GoldenFile source = GoldenFile.RUN_H264_BFRAMES_AAC;
    RecordedRun.record(archive, source, NOON, 2);
    RecordedRun.record(archive, source, NOON.plusSeconds(100), 3);
    Duration second = Duration.ofSeconds(gaps == RangePlan.Gaps.CLOSED ? 6 : 100);
    RangePlan plan = plan(NOON, NOON.plusSeconds(200), gaps);
    assertThat(plan.duration()).isEqualTo(second.plusSeconds(6));
    List<ProbedPacket> packets = ProbedPacket.all(write(plan));
    for (int stream = 0; stream < 2; stream++) {
      List<ProbedPacket> expected = new ArrayList<>(expected(source, stream, Duration.ZERO));
      expected.addAll(expected(source, stream, second));
      assertThat(ProbedPacket.ofStream(packets, stream)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(RangePlan.Gaps.class)
  void aMissingSegmentOfARunIsAGapToo(RangePlan.Gaps gaps) throws Exception {
    List<Segment> segments = RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 2);
    RangePlan plan =
        RangePlan.of(
            List.of(segments.get(0), segments.get(2)),
            new TimeRange(NOON, NOON.plusSeconds(60)),
            gaps);
    Duration moved = Duration.ofSeconds(gaps == RangePlan.Gaps.CLOSED ? -2 : 0);
    List<ProbedPacket> expected =
        new ArrayList<>(expected(GoldenFile.RUN_H265, 0, Duration.ZERO).subList(0, 40));
    expected.addAll(expected(GoldenFile.RUN_H265, 0, moved).subList(80, 120));
    assertThat(ProbedPacket.all(write(plan))).isEqualTo(expected);
  }

  @Test
  void theLengthInSecondsIsKnownToPlayers() throws Exception {
    RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 2);
    Path file = write(plan(NOON, NOON.plusSeconds(60), RangePlan.Gaps.REAL_TIME));
    String duration =
        ExternalTool.require("ffprobe")
            .run(
                "-v",
                "error",
                "-show_entries",
                "format=duration",
                "-of",
                "csv=p=0",
                file.toString());
    assertThat(duration.strip()).isEqualTo("6.000000");
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN_H264_AAC", "RUN_H264_BFRAMES_AAC", "RUN_H265"})
  void aSeekIntoTheMiddleShowsThePictureOfThatMoment(GoldenFile source) throws Exception {
    RecordedRun.record(archive, source, NOON, 2);
    RecordedRun.record(archive, source, NOON.plusSeconds(20), 2);
    Path file = write(plan(NOON, NOON.plusSeconds(60), RangePlan.Gaps.REAL_TIME));
    // In the first part of a group of pictures and in the second, read before the seek and not.
    for (double moment : new double[] {0.31, 0.77, 1.52, 2.48, 3.71, 4.61}) {
      String expected = pictureAt(source.path(), moment);
      assertThat(pictureAt(file, moment)).as("picture at " + moment).isEqualTo(expected);
      assertThat(pictureAt(file, moment + 20)).as("20 s later").isEqualTo(expected);
    }
  }

  @Test
  void everyPictureDecodesAcrossSegmentsAndRuns() throws Exception {
    RecordedRun.record(archive, GoldenFile.RUN_H264_BFRAMES_AAC, NOON, 1);
    RecordedRun.record(archive, GoldenFile.RUN_H264_BFRAMES_AAC, NOON.plusSeconds(9), 4);
    Path file = write(plan(NOON, NOON.plusSeconds(60), RangePlan.Gaps.CLOSED));
    String hashes =
        ExternalTool.require("ffmpeg")
            .run(
                "-v",
                "error",
                "-xerror",
                "-i",
                file.toString(),
                "-map",
                "0",
                "-vsync",
                "0",
                "-f",
                "framemd5",
                "-");
    assertThat(hashes.lines().filter(line -> line.startsWith("0,"))).hasSize(240);
  }

  private static String pictureAt(Path file, double seconds) throws Exception {
    String hashes =
        ExternalTool.require("ffmpeg")
            .run(
                "-v",
                "error",
                "-ss",
                Double.toString(seconds),
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-frames:v",
                "1",
                "-f",
                "framemd5",
                "-");
    String line = hashes.lines().filter(text -> text.startsWith("0,")).findFirst().orElseThrow();
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  /** Packets of a source as they must be in a file whose first key frame is its first. */
  private static List<ProbedPacket> expected(GoldenFile source, int stream, Duration moved)
      throws Exception {
    Duration lead = source.init().hasAudio() ? RangePlan.SOUND_LEAD : Duration.ZERO;
    long ticks = MediaTime.ticks(moved.plus(lead), TIMESCALES[stream]);
    return ProbedPacket.ofStream(ProbedPacket.all(source.path()), stream).stream()
        .map(packet -> packet.later(ticks))
        .toList();
  }

  private RangePlan plan(Instant from, Instant to, RangePlan.Gaps gaps) {
    TimeRange range = new TimeRange(from, to);
    return RangePlan.of(archive.segments(RecordedRun.STREAM, range, 1_000), range, gaps);
  }

  private Path write(RangePlan plan) throws IOException {
    Path file = directory.resolve("video.mp4");
    try (InputStream in = plan.open(archive)) {
      Files.write(file, in.readAllBytes());
    }
    assertThat(Files.size(file)).isEqualTo(plan.length());
    return file;
  }
}
