package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.RecordingIndex.Expired;
import kg.sakchy.core.recording.RecordingIndex.Totals;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What every {@link RecordingIndex} promises. A test class implements it and names its index. */
public interface RecordingIndexContract {
  /** A minute before midnight, so that every test crosses a day. */
  Instant T0 = Instant.parse("2026-11-22T23:59:00Z");

  StreamId GATE = StreamId.main(new CameraId("gate"));
  StreamId YARD = StreamId.main(new CameraId("yard"));

  /** The index under test, empty at the beginning of each test. */
  RecordingIndex index();

  @Test
  default void findsWhatWasAdded() {
    Segment segment = SampleSegments.segment(GATE, T0, 60, 1, 0);
    index().add(segment);
    assertThat(index().find(GATE, range(0, 60), 10)).containsExactly(segment);
    assertThat(index().find(YARD, range(0, 60), 10)).isEmpty();
    assertThat(index().find(new StreamId(GATE.camera(), StreamName.SUB), range(0, 60), 10))
        .isEmpty();
  }

  @Test
  default void keepsEveryField() {
    Segment full = SampleSegments.withCameraTime(SampleSegments.segment(GATE, T0, 60, 7, 3));
    index().add(full);
    assertThat(index().last(GATE)).contains(full);
  }

  @Test
  default void keepsWhetherASegmentWasFilled() {
    Segment live = SampleSegments.segment(GATE, T0, 60, 7, 3);
    Segment filled =
        SampleSegments.filled(SampleSegments.segment(GATE, T0.plusSeconds(60), 60, 8, 0));
    index().add(live);
    index().add(filled);
    assertThat(index().find(GATE, range(0, 120), 10)).containsExactly(live, filled);
  }

  @Test
  default void whatIsAddedCountsAsStored() {
    Segment segment = SampleSegments.segment(GATE, T0, 60, 1, 0);
    index().add(SampleSegments.inState(segment, Segment.State.SPOOLED));
    assertThat(index().find(GATE, range(0, 60), 10)).containsExactly(segment);
  }

  @Test
  default void theKeyOutlivesFinerTimesThanMicroseconds() {
    Segment segment = SampleSegments.segment(GATE, T0.plusNanos(123_999_999), 60, 1, 0);
    index().add(segment);
    assertThat(index().last(GATE).orElseThrow().key()).isEqualTo(segment.key());
    assertThat(index().markExpired(null, T0.plusSeconds(100), 10))
        .extracting(Expired::key)
        .containsExactly(segment.key());
    index().remove(index().marked(10));
    assertThat(index().last(GATE)).isEmpty();
  }

  @Test
  default void findsWhatOverlapsByStart() {
    List<Segment> minutes = addMinutes(GATE, 10);
    assertThat(index().find(GATE, range(0, 600), 100)).isEqualTo(minutes);
    assertThat(index().find(GATE, range(59, 61), 100)).isEqualTo(minutes.subList(0, 2));
    assertThat(index().find(GATE, range(60, 61), 100)).isEqualTo(minutes.subList(1, 2));
    assertThat(index().find(GATE, range(30, 60), 100)).isEqualTo(minutes.subList(0, 1));
    assertThat(index().find(GATE, range(0, 600), 3)).isEqualTo(minutes.subList(0, 3));
    assertThat(index().find(GATE, range(-100, 0), 3)).isEmpty();
    assertThat(index().find(GATE, range(600, 700), 3)).isEmpty();
  }

  @Test
  default void findsALongSegmentThatBeganFarBeforeTheRange() {
    Segment hours = SampleSegments.segment(GATE, T0, 20 * 3_600, 1, 0);
    Segment inside = SampleSegments.segment(GATE, T0.plusSeconds(600), 5, 2, 0);
    index().add(inside);
    index().add(hours);
    assertThat(index().find(GATE, range(19 * 3_600, 19 * 3_600 + 1), 10)).containsExactly(hours);
    assertThat(index().find(GATE, range(0, 3_600), 10)).containsExactly(hours, inside);
  }

  @Test
  default void addingAgainChangesNothing() {
    Segment segment = SampleSegments.segment(GATE, T0, 60, 1, 0);
    index().add(segment);
    index().add(segment);
    assertThat(index().find(GATE, range(0, 60), 10)).hasSize(1);
    assertThat(index().totals()).isEqualTo(new Totals(1, segment.sizeBytes()));
    index().markExpired(null, T0.plusSeconds(60), 10);
    index().add(segment);
    assertThat(index().find(GATE, range(0, 60), 10)).isEmpty();
    assertThat(index().totals()).isEqualTo(new Totals(0, 0));
  }

  @Test
  default void lastIsTheLatestStartMarkedOrNot() {
    assertThat(index().last(GATE)).isEmpty();
    List<Segment> minutes = addMinutes(GATE, 4);
    addMinutes(YARD, 6);
    assertThat(index().last(GATE)).contains(minutes.getLast());
    index().markExpired(GATE, T0.plusSeconds(3_600), 100);
    assertThat(index().last(GATE)).contains(minutes.getLast());
  }

  @Test
  default void coverageJoinsNeighbours() {
    assertThat(index().coverage(GATE, range(0, 600), 0)).isEmpty();
    index().add(SampleSegments.segment(GATE, T0, 60, 1, 0));
    index().add(SampleSegments.segment(GATE, T0.plusSeconds(60), 60, 1, 1));
    index().add(SampleSegments.segment(GATE, T0.plusMillis(120_500), 60, 2, 0));
    index().add(SampleSegments.segment(GATE, T0.plusSeconds(300), 60, 3, 0));
    assertThat(index().coverage(GATE, range(0, 600), 500))
        .containsExactly(range(0, 120), millis(120_500, 180_500), range(300, 360));
    assertThat(index().coverage(GATE, range(0, 600), 501))
        .containsExactly(millis(0, 180_500), range(300, 360));
    assertThat(index().coverage(GATE, range(30, 310), 1_000))
        .containsExactly(millis(30_000, 180_500), range(300, 310));
    assertThat(index().coverage(YARD, range(0, 600), 1_000)).isEmpty();
  }

  @Test
  default void coverageSurvivesSegmentsThatOverlap() {
    // The clock was set back: the second run lies inside the first segment.
    index().add(SampleSegments.segment(GATE, T0, 300, 1, 0));
    index().add(SampleSegments.segment(GATE, T0.plusSeconds(60), 30, 2, 0));
    index().add(SampleSegments.segment(GATE, T0.plusSeconds(300), 30, 2, 1));
    assertThat(index().coverage(GATE, range(0, 600), 0)).containsExactly(range(0, 330));
  }

  @Test
  default void marksTheOldestFirstAndHidesThem() {
    List<Segment> gate = addMinutes(GATE, 5);
    List<Segment> yard = addMinutes(YARD, 5);
    assertThat(index().markExpired(null, T0.plusSeconds(120), 3))
        .extracting(Expired::key)
        .hasSize(3)
        .contains(gate.getFirst().key(), yard.getFirst().key());
    assertThat(index().markExpired(null, T0.plusSeconds(120), 10)).hasSize(1);
    assertThat(index().markExpired(null, T0.plusSeconds(120), 10)).isEmpty();
    assertThat(index().find(GATE, range(0, 600), 10)).isEqualTo(gate.subList(2, 5));
    assertThat(index().coverage(GATE, range(0, 600), 0)).containsExactly(range(120, 300));
    assertThat(index().totals()).isEqualTo(new Totals(6, 6 * gate.getFirst().sizeBytes()));
  }

  @Test
  default void marksOnlyTheStreamThatWasNamed() {
    addMinutes(GATE, 3);
    List<Segment> yard = addMinutes(YARD, 3);
    List<Expired> expired = index().markExpired(GATE, T0.plusSeconds(600), 100);
    assertThat(expired)
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.stream()).isEqualTo(GATE);
              assertThat(one.sizeBytes()).isEqualTo(yard.getFirst().sizeBytes());
            });
    assertThat(expired.getFirst().start()).isEqualTo(T0);
    assertThat(index().find(YARD, range(0, 600), 10)).isEqualTo(yard);
    assertThat(index().markExpired(new StreamId(GATE.camera(), StreamName.SUB), T0, 10)).isEmpty();
  }

  @Test
  default void whatIsMarkedStaysListedUntilRemoved() {
    addMinutes(GATE, 4);
    List<Expired> expired = index().markExpired(null, T0.plusSeconds(600), 100);
    assertThat(index().marked(100)).isEqualTo(expired);
    assertThat(index().marked(2)).isEqualTo(expired.subList(0, 2));
    index().remove(expired.subList(0, 3));
    assertThat(index().marked(100)).isEqualTo(expired.subList(3, 4));
    index().remove(expired);
    index().remove(List.of());
    assertThat(index().marked(100)).isEmpty();
    assertThat(index().last(GATE)).isEmpty();
  }

  @Test
  default void removesOnlyWhatIsMarked() {
    Segment segment = SampleSegments.segment(GATE, T0, 60, 1, 0);
    index().add(segment);
    index()
        .remove(
            List.of(
                new Expired(segment.key(), GATE, segment.range().start(), segment.sizeBytes())));
    assertThat(index().find(GATE, range(0, 60), 10)).containsExactly(segment);
    assertThat(index().totals()).isEqualTo(new Totals(1, segment.sizeBytes()));
  }

  @Test
  default void manyThreadsAddAndMarkAtATime() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int camera = 0; camera < 8; camera++) {
        StreamId stream = StreamId.main(new CameraId("cam-" + camera));
        tasks.add(
            () -> {
              addMinutes(stream, 20);
              return index().markExpired(stream, T0.plusSeconds(10 * 60), 4).size();
            });
        tasks.add(() -> index().markExpired(null, T0.plusSeconds(10 * 60), 7).size());
      }
      int marked = 0;
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        marked += task.get();
      }
      assertThat(index().totals().segments()).isEqualTo(160 - marked);
      assertThat(index().marked(1_000)).hasSize(marked);
    }
  }

  private List<Segment> addMinutes(StreamId stream, int count) {
    List<Segment> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(SampleSegments.segment(stream, T0.plusSeconds(60L * i), 60, 1, i));
      index().add(added.getLast());
    }
    return added;
  }

  private static TimeRange range(long fromSeconds, long toSeconds) {
    return millis(1_000 * fromSeconds, 1_000 * toSeconds);
  }

  private static TimeRange millis(long from, long to) {
    return new TimeRange(T0.plus(Duration.ofMillis(from)), T0.plus(Duration.ofMillis(to)));
  }
}
