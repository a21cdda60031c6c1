package kg.sakchy.media.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveCutterTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofHours(1));
  private static final StreamId GATE = StreamId.main(new CameraId("gate"));

  /** A row of a run that begins at {@link #START}, with key frames at the given seconds. */
  private static Segment row(int sequence, double start, double end, double... keys) {
    return row(1, sequence, start, end, Segment.State.STORED, keys);
  }

  private static Segment row(
      long run, int sequence, double start, double end, Segment.State state, double... keys) {
    KeyFrameIndex.Builder index = new KeyFrameIndex.Builder();
    for (int i = 0; i < keys.length; i++) {
      index.add(ticks(keys[i]) - ticks(start), 100 + 1_000L * i);
    }
    return new Segment(
        GATE,
        run,
        sequence,
        new TimeRange(at(start), at(end)),
        new TimeBasis(0, at(start), null, Duration.ZERO),
        ticks(start),
        Bytes.EMPTY,
        "avc1.42c01e",
        160,
        120,
        index.build(),
        1,
        0,
        100 + 1_000L * keys.length,
        Bytes.EMPTY,
        Bytes.EMPTY,
        state);
  }

  private static long ticks(double seconds) {
    return Math.round(seconds * Segment.TIMESCALE);
  }

  private static Instant at(double seconds) {
    return START.plusMillis(Math.round(seconds * 1_000));
  }

  private static List<Double> lengths(List<HlsSegment> segments) {
    return segments.stream().map(segment -> segment.ticks() / (double) Segment.TIMESCALE).toList();
  }

  private static double[] every(double step, double from, double to) {
    return LongStream.range(0, Math.round((to - from) / step))
        .mapToDouble(i -> from + i * step)
        .toArray();
  }

  @Test
  void shortGroupsOfPicturesArePutTogetherLongOnesStandAlone() {
    assertThat(lengths(ArchiveCutter.cut(List.of(row(0, 0, 12, every(1, 0, 12))), null, LATER)))
        .containsExactly(4.0, 4.0, 4.0);
    assertThat(lengths(ArchiveCutter.cut(List.of(row(0, 0, 30, 0, 10, 20)), null, LATER)))
        .containsExactly(10.0, 10.0, 10.0);
    assertThat(lengths(ArchiveCutter.cut(List.of(row(0, 0, 12, 0, 3, 6, 9)), null, LATER)))
        .containsExactly(6.0, 3.0, 3.0);
  }

  @Test
  void aMediaSegmentMayGoOnInTheNextObject() {
    List<Segment> rows = List.of(row(0, 0, 10, every(1, 0, 10)), row(1, 10, 20, every(1, 10, 20)));
    assertThat(lengths(ArchiveCutter.cut(rows, null, LATER)))
        .containsExactly(4.0, 4.0, 4.0, 4.0, 4.0);
  }

  @Test
  void aMissingObjectIsNotBridged() {
    List<Segment> rows = List.of(row(0, 0, 10, every(1, 0, 10)), row(2, 20, 30, every(1, 20, 30)));
    List<HlsSegment> cut = ArchiveCutter.cut(rows, null, LATER);
    assertThat(lengths(cut)).containsExactly(4.0, 4.0, 2.0, 4.0, 4.0, 2.0);
    assertThat(cut.get(3).follows(cut.get(2))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2, 2.5, 3, 5, 10})
  void theCutIsTheSameWhereverItBegins(double step) {
    List<Segment> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row(i, 30 * i, 30 * i + 30, every(step, 30 * i, 30 * i + 30)));
    }
    List<HlsSegment> all = ArchiveCutter.cut(rows, null, LATER);
    List<HlsSegment> later = ArchiveCutter.cut(rows.subList(4, 10), null, LATER);
    assertThat(all).containsAll(later.subList(1, later.size()));
    for (int i = 0; i + 1 < all.size(); i++) {
      assertThat(ArchiveCutter.cut(rows, all.get(i), LATER))
          .isEqualTo(all.subList(i + 1, all.size()));
      HlsSegment next = all.get(i + 1);
      List<HlsSegment> before = ArchiveCutter.before(rows, 1, next.startTicks());
      assertThat(before).isEqualTo(all.subList(0, i + 1));
    }
  }

  @Test
  void whatGrowsIsCutAsItWillBe() {
    double[] keys = every(1, 0, 60);
    List<HlsSegment> whole = ArchiveCutter.cut(List.of(row(0, 0, 60, keys)), null, LATER);
    for (int count = 1; count < keys.length; count++) {
      double[] first = Arrays.copyOf(keys, count);
      Segment open = row(1, 0, 0, count, Segment.State.WRITING, first);
      List<HlsSegment> cut = ArchiveCutter.cut(List.of(open), null, at(count));
      assertThat(cut).isEqualTo(whole.subList(0, (count - 1) / 4));
    }
  }

  @Test
  void aRunThatEndedIsCutToItsEndWhenNothingFollows() {
    Segment last = row(0, 0, 10, every(1, 0, 10));
    assertThat(lengths(ArchiveCutter.cut(List.of(last), null, at(12)))).containsExactly(4.0, 4.0);
    assertThat(lengths(ArchiveCutter.cut(List.of(last), null, LATER)))
        .containsExactly(4.0, 4.0, 2.0);
  }
}
