package kg.sakchy.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.time.TimeRange;

/** A ledger of gaps in the heap. Threads: safe for use by many threads. */
public final class InMemoryGapLedger implements GapLedger {
  private final Map<Identity, Gap> gaps = new HashMap<>();

  @Override
  public synchronized void put(Gap gap) {
    gaps.put(new Identity(gap.stream(), gap.kind(), gap.range().start()), gap);
  }

  @Override
  public synchronized boolean replace(Gap known, List<Gap> left) {
    Identity identity = new Identity(known.stream(), known.kind(), known.range().start());
    boolean there = gaps.remove(identity, known);
    if (there) {
      left.forEach(this::put);
    }
    return there;
  }

  @Override
  public synchronized List<Gap> find(StreamId stream, TimeRange range, int limit) {
    return gaps.values().stream()
        .filter(gap -> gap.stream().equals(stream) && gap.range().overlaps(range))
        .sorted(Comparator.comparing((Gap gap) -> gap.range().start()).thenComparing(Gap::kind))
        .limit(limit)
        .toList();
  }

  /** Every gap of every stream, by start. */
  public synchronized List<Gap> all() {
    return gaps.values().stream()
        .sorted(Comparator.comparing((Gap gap) -> gap.range().start()).thenComparing(Gap::kind))
        .toList();
  }

  private record Identity(StreamId stream, Gap.Kind kind, Instant start) {}
}
