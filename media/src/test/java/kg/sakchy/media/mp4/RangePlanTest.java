package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;

class RangePlanTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final InMemoryArchive archive = new InMemoryArchive();

  @Test
  void planningReadsNoObjectAndTheLengthIsExact() throws IOException {
    RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 2);
    RangePlan plan = plan(NOON, NOON.plusSeconds(60));
    assertThat(archive.bytesOpened()).isZero();
    assertThat((long) read(plan, 0, plan.length() - 1).length).isEqualTo(plan.length());
    assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void theFirstByteNeedsNoObject() throws IOException {
    RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 2);
    try (InputStream in = plan(NOON, NOON.plusSeconds(60)).open(archive)) {
      assertThat(in.read()).isZero();
      assertThat(archive.bytesOpened()).isZero();
    }
  }

  @Test
  void onlyDecodeTimesDifferFromTheObjects() throws IOException {
    List<Segment> segments = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 2);
    RangePlan plan = plan(NOON.plusMillis(2_500), NOON.plusMillis(4_500));
    byte[] file = read(plan, 0, plan.length() - 1);

    int media = (int) plan.pieces().getFirst().length();
    Segment second = segments.get(1);
    Segment third = segments.get(2);
    byte[] expected =
        concat(
            Arrays.copyOfRange(
                archive.object(second), (int) second.mediaOffset(), (int) second.sizeBytes()),
            Arrays.copyOfRange(
                archive.object(third),
                (int) third.mediaOffset(),
                (int) third.keyFrames().offset(1)));
    byte[] actual = Arrays.copyOfRange(file, media, file.length);
    assertThat(actual).hasSameSizeAs(expected).isNotEqualTo(expected);
    assertThat(withoutDecodeTimes(actual)).isEqualTo(withoutDecodeTimes(expected));
  }

  @Test
  void randomSlicesPutTogetherAreTheWhole() throws IOException {
    RecordedRun.record(archive, GoldenFile.RUN_H264_BFRAMES_AAC, NOON, 2);
    RecordedRun.record(archive, GoldenFile.RUN_H264_BFRAMES_AAC, NOON.plusSeconds(30), 4);
    RangePlan plan = plan(NOON.plusMillis(1_500), NOON.plusSeconds(60));
    byte[] whole = read(plan, 0, plan.length() - 1);
    Random random = new Random(20_260_504);
    for (int round = 0; round < 200; round++) {
      List<Integer> cuts = new ArrayList<>(List.of(0, whole.length));
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        cuts.add(random.nextInt(whole.length));
      }
      List<Integer> ends = cuts.stream().distinct().sorted().toList();
      byte[] together = new byte[0];
      for (int i = 1; i < ends.size(); i++) {
        together = concat(together, read(plan, ends.get(i - 1), ends.get(i) - 1));
      }
      assertThat(together).isEqualTo(whole);
    }
  }

  @Test
  void aSliceOpensNoMoreThanTheGroupsOfPicturesItTouches() throws IOException {
    List<Segment> segments = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 6);
    RangePlan plan = plan(NOON.plusMillis(1_500), NOON.plusSeconds(60));
    read(plan, plan.length() - 10, plan.length() - 1);
    Segment only = segments.getFirst();
    assertThat(archive.bytesOpened()).isEqualTo(only.sizeBytes() - only.keyFrames().offset(5));
  }

  @Test
  void aRunThatNeedsNoShiftIsReadFromTheVeryByte() throws IOException {
    RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 6);
    RangePlan plan = plan(NOON, NOON.plusSeconds(60));
    read(plan, plan.length() - 10, plan.length() - 1);
    assertThat(archive.bytesOpened()).isEqualTo(10);
  }

  @Test
  void slicesOutsideTheFileAreRefused() {
    RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 2);
    RangePlan plan = plan(NOON, NOON.plusSeconds(60));
    for (long[] slice : new long[][] {{-1, 5}, {5, 4}, {0, plan.length()}}) {
      assertThatThrownBy(() -> plan.slice(slice[0], slice[1]))
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
    }
  }

  @Test
  void nothingRecordedIsNotFound() {
    RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 2);
    assertThatThrownBy(() -> plan(NOON.minusSeconds(20), NOON))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void aRangeOfAllTimeIsTheWholeArchive() {
    RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 2);
    RangePlan plan = plan(Instant.MIN, Instant.MAX);
    assertThat(plan.covered()).isEqualTo(new TimeRange(NOON, NOON.plusSeconds(6)));
  }

  @Test
  void aChangeOfFormatNamesItsMoment() {
    RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 2);
    RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON.plusSeconds(10), 2);
    assertThatThrownBy(() -> plan(NOON, NOON.plusSeconds(60)))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION);
              assertThat(e)
                  .hasMessageContaining("2026-05-04T12:00:10Z")
                  .hasMessageContaining("H265 192x108")
                  .hasMessageContaining("H264 192x108 + AAC");
            });
    assertThat(plan(NOON, NOON.plusSeconds(10)).duration()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void runsWhoseInitDiffersInBytesOnlyAreJoined() {
    List<Segment> segments =
        new ArrayList<>(RecordedRun.record(archive, GoldenFile.RUN_H265, NOON, 6));
    Segment second =
        RecordedRun.record(archive, GoldenFile.RUN_H265, NOON.plusSeconds(10), 6).getFirst();
    byte[] free =
        new BoxWriter().box('f' << 24 | 'r' << 16 | 'e' << 8 | 'e', box -> {}).toByteArray();
    Bytes init = Bytes.copyOf(concat(free, second.init().toByteArray()));
    segments.add(SegmentChanges.withInit(second, init));
    RangePlan plan =
        RangePlan.of(segments, new TimeRange(NOON, NOON.plusSeconds(60)), RangePlan.Gaps.REAL_TIME);
    assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void theSegmentBeingWrittenEndsAtItsSize() throws IOException {
    Segment whole = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 6).getFirst();
    List<SegmentScan.Part> parts = RecordedRun.scan(archive.object(whole)).parts();
    SegmentScan.Part last = parts.get(4);
    Segment snapshot =
        SegmentChanges.writing(whole, last.offset() + last.sizeBytes(), NOON.plusMillis(2_500));
    RangePlan plan =
        RangePlan.of(
            List.of(snapshot), new TimeRange(NOON, NOON.plusSeconds(60)), RangePlan.Gaps.REAL_TIME);
    SegmentScan read = RecordedRun.scan(read(plan, 0, plan.length() - 1));
    assertThat(read.parts()).hasSize(5);
    assertThat(read.wholeUntil()).isEqualTo(plan.length());
    assertThat(plan.duration()).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void aGroupThatAFilledSegmentBeginsWithAgainIsPlayedOnce() {
    Segment whole = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 6).getFirst();
    List<SegmentScan.Part> parts = RecordedRun.scan(archive.object(whole)).parts();
    SegmentScan.Part last = parts.get(4); // half of the third group: a group has two parts
    Segment cut =
        SegmentChanges.writing(whole, last.offset() + last.sizeBytes(), NOON.plusMillis(2_500));
    TimeRange range = new TimeRange(NOON, NOON.plusSeconds(60));
    for (int offsetMillis : new int[] {0, 60, -60}) { // the camera's clock is not known better
      Segment filled = SegmentChanges.filled(whole, NOON.plusMillis(2_000 + offsetMillis));
      RangePlan plan = RangePlan.of(List.of(cut, filled), range, RangePlan.Gaps.REAL_TIME);
      assertThat(plan.duration()).isEqualTo(Duration.ofMillis(8_000 + Math.max(0, offsetMillis)));
      assertThat(plan.pieces()).hasSize(3);
      long media = plan.length() - plan.pieces().getFirst().length();
      assertThat(media)
          .isEqualTo(
              cut.keyFrames().offset(2)
                  - cut.mediaOffset()
                  + filled.sizeBytes()
                  - filled.mediaOffset());
    }
  }

  @Test
  void aGroupOfWhichOnlyTheEndComesAgainIsKept() {
    Segment whole = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 6).getFirst();
    Segment filled = SegmentChanges.filled(whole, whole.range().end().minusMillis(400));
    TimeRange range = new TimeRange(NOON, NOON.plusSeconds(60));
    RangePlan plan = RangePlan.of(List.of(whole, filled), range, RangePlan.Gaps.REAL_TIME);
    assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void theFingerprintTellsFilesApart() {
    RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 2);
    RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON.plusSeconds(30), 2);
    TimeRange range = new TimeRange(NOON, NOON.plusSeconds(60));
    List<Segment> segments = archive.segments(RecordedRun.STREAM, range, 100);
    String real = RangePlan.of(segments, range, RangePlan.Gaps.REAL_TIME).fingerprint();
    assertThat(real)
        .hasSize(64)
        .isEqualTo(RangePlan.of(segments, range, RangePlan.Gaps.REAL_TIME).fingerprint())
        .isNotEqualTo(RangePlan.of(segments, range, RangePlan.Gaps.CLOSED).fingerprint())
        .isNotEqualTo(plan(NOON.plusMillis(1_500), NOON.plusSeconds(60)).fingerprint());
  }

  @Test
  void anObjectThatEndsEarlyIsAnErrorAndNotAShortFile() {
    RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 2);
    RangePlan plan = plan(NOON, NOON.plusSeconds(60));
    Archive torn = new TornArchive(archive);
    assertThatThrownBy(
            () -> {
              try (InputStream in = plan.open(torn)) {
                in.readAllBytes();
              }
            })
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }

  @Test
  void aDayOfKeyFramesFitsTheIndexOfAFile() {
    Segment model = RecordedRun.record(archive, GoldenFile.RUN_H264_AAC, NOON, 6).getFirst();
    List<Segment> day = new ArrayList<>();
    for (int i = 0; i < 14_400; i++) {
      day.add(SegmentChanges.inRun(model, i, NOON.plusSeconds(6L * i), 540_000L * i));
    }
    RangePlan plan =
        RangePlan.of(day, new TimeRange(NOON, NOON.plusSeconds(86_400)), RangePlan.Gaps.REAL_TIME);
    assertThat(plan.duration()).isEqualTo(Duration.ofDays(1));
    // 86,400 key frames do not fit the 65,535 references of a sidx: two to a reference.
    assertThat(plan.pieces().getFirst().length()).isLessThan(12 * 43_200 + 4_000);
  }

  private RangePlan plan(Instant from, Instant to) {
    TimeRange range = new TimeRange(from, to);
    return RangePlan.of(
        archive.segments(RecordedRun.STREAM, range, 1_000), range, RangePlan.Gaps.REAL_TIME);
  }

  private byte[] read(RangePlan plan, long first, long last) throws IOException {
    try (InputStream in = plan.open(archive, first, last)) {
      byte[] bytes = in.readAllBytes();
      assertThat((long) bytes.length).isEqualTo(last - first + 1);
      return bytes;
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Blanks the time of each tfdt box of version 1, found by its bytes alone. */
  private static byte[] withoutDecodeTimes(byte[] media) {
    byte[] blank = media.clone();
    int found = 0;
    for (int i = 4; i + 16 <= blank.length; i++) {
      if (blank[i] == 't' && blank[i + 1] == 'f' && blank[i + 2] == 'd' && blank[i + 3] == 't') {
        Arrays.fill(blank, i + 8, i + 16, (byte) 0);
        found++;
      }
    }
    assertThat(found).isGreaterThan(4);
    return blank;
  }

  /** Gives all but the last byte of what is asked for. */
  private record TornArchive(Archive whole) implements Archive {
    @Override
    public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
      return whole.segments(stream, range, limit);
    }

    @Override
    public InputStream open(Segment segment, long offset, long length) {
      try (InputStream in = whole.open(segment, offset, length - 1)) {
        return new ByteArrayInputStream(in.readAllBytes());
      } catch (IOException e) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "cannot read", e);
      }
    }

    @Override
    public Timeline timeline(StreamId stream, TimeRange range) {
      return whole.timeline(stream, range);
    }
  }
}
