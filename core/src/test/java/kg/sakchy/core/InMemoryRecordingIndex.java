package kg.sakchy.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** A catalogue of segments in the heap. Threads: safe for use by many threads. */
public final class InMemoryRecordingIndex implements RecordingIndex {
  private static final Comparator<Segment> BY_START =
      Comparator.comparing((Segment segment) -> segment.range().start())
          .thenComparingLong(Segment::run)
          .thenComparingInt(Segment::sequence);

  private final Map<ObjectKey, Segment> live = new LinkedHashMap<>();
  private final Map<ObjectKey, Segment> marked = new LinkedHashMap<>();

  @Override
  public synchronized void add(Segment segment) {
    if (!marked.containsKey(segment.key())) {
      live.putIfAbsent(segment.key(), SampleSegments.inState(segment, Segment.State.STORED));
    }
  }

  @Override
  public synchronized List<Segment> find(StreamId stream, TimeRange range, int limit) {
    return of(stream)
        .filter(segment -> segment.range().overlaps(range))
        .sorted(BY_START)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Segment> last(StreamId stream) {
    return Stream.concat(of(stream), marked.values().stream().filter(of -> is(of, stream)))
        .max(BY_START);
  }

  @Override
  public synchronized List<TimeRange> coverage(StreamId stream, TimeRange range, long joinMillis) {
    List<TimeRange> joined = new ArrayList<>();
    for (Segment segment : find(stream, range, Integer.MAX_VALUE)) {
      TimeRange next = segment.range().intersection(range).orElseThrow();
      if (!joined.isEmpty() && near(joined.getLast(), next, joinMillis)) {
        TimeRange before = joined.removeLast();
        Instant end = before.end().isAfter(next.end()) ? before.end() : next.end();
        joined.add(new TimeRange(before.start(), end));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  @Override
  public synchronized Totals totals() {
    return new Totals(live.size(), live.values().stream().mapToLong(Segment::sizeBytes).sum());
  }

  @Override
  public synchronized List<Expired> markExpired(
      @Nullable StreamId stream, Instant endingBefore, int limit) {
    List<Segment> expired =
        live.values().stream()
            .filter(segment -> stream == null || is(segment, stream))
            .filter(segment -> !segment.range().end().isAfter(endingBefore))
            .sorted(BY_START)
            .limit(limit)
            .toList();
    for (Segment segment : expired) {
      live.remove(segment.key());
      marked.put(segment.key(), segment);
    }
    return expired.stream().map(InMemoryRecordingIndex::expired).toList();
  }

  @Override
  public synchronized List<Expired> marked(int limit) {
    return marked.values().stream()
        .sorted(BY_START)
        .limit(limit)
        .map(InMemoryRecordingIndex::expired)
        .toList();
  }

  @Override
  public synchronized void remove(Collection<Expired> gone) {
    gone.forEach(expired -> marked.remove(expired.key()));
  }

  /** Every row that is not marked for deletion, by start. */
  public synchronized List<Segment> all() {
    return live.values().stream().sorted(BY_START).toList();
  }

  private Stream<Segment> of(StreamId stream) {
    return live.values().stream().filter(segment -> is(segment, stream));
  }

  private static boolean near(TimeRange before, TimeRange next, long joinMillis) {
    return !next.start().isAfter(before.end())
        || next.start().isBefore(before.end().plusMillis(joinMillis));
  }

  private static boolean is(Segment segment, StreamId stream) {
    return segment.stream().equals(stream);
  }

  private static Expired expired(Segment segment) {
    return new Expired(
        segment.key(), segment.stream(), segment.range().start(), segment.sizeBytes());
  }
}
