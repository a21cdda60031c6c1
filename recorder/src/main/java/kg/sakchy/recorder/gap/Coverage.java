package kg.sakchy.recorder.gap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kg.sakchy.core.time.TimeRange;

/** Sets of stretches of time. Threads: pure functions. */
public final class Coverage {
  private Coverage() {}

  /** Sorted by start, overlapping ones and those closer than {@code join} made one. */
  public static List<TimeRange> join(List<TimeRange> ranges, Duration join) {
    List<TimeRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(TimeRange::start));
    List<TimeRange> joined = new ArrayList<>();
    for (TimeRange next : sorted) {
      TimeRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && !next.start().isAfter(last.end().plus(join))) {
        Instant end = next.end().isAfter(last.end()) ? next.end() : last.end();
        joined.set(joined.size() - 1, new TimeRange(last.start(), end));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  /**
   * What of {@code whole} is in none of {@code covered}; stretches under {@code least} left out.
   */
  public static List<TimeRange> missing(TimeRange whole, List<TimeRange> covered, Duration least) {
    List<TimeRange> missing = new ArrayList<>();
    Instant from = whole.start();
    for (TimeRange range : join(covered, Duration.ZERO)) {
      if (!range.end().isAfter(from)) {
        continue;
      }
      if (!range.start().isBefore(whole.end())) {
        break;
      }
      add(missing, from, range.start(), least);
      from = range.end();
    }
    add(missing, from, whole.end(), least);
    return missing;
  }

  /** The parts of {@code ranges} inside {@code whole}. */
  public static List<TimeRange> clip(List<TimeRange> ranges, TimeRange whole) {
    List<TimeRange> inside = new ArrayList<>();
    ranges.forEach(range -> range.intersection(whole).ifPresent(inside::add));
    return inside;
  }

  private static void add(List<TimeRange> to, Instant from, Instant until, Duration least) {
    if (Duration.between(from, until).compareTo(least) >= 0 && from.isBefore(until)) {
      to.add(new TimeRange(from, until));
    }
  }
}
