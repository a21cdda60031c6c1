package kg.sakchy.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kg.sakchy.core.time.TimeRange;

/**
 * Stretches of UTC whose pictures were delivered, joined where they meet.
 *
 * <p>Threads: one at a time.
 */
final class DeliveredRanges {
  /** From so many on they should be written down. */
  static final int MANY = 16;

  /** More are not told apart: the two that are nearest become one. */
  private static final int MOST = 4 * MANY;

  /** Ranges that are not further apart are one. */
  private static final Duration JOINT = Duration.ofSeconds(2);

  private final List<TimeRange> ranges = new ArrayList<>();

  /** Adds a stretch. */
  void add(TimeRange range) {
    int at = 0;
    while (at < ranges.size() && ranges.get(at).end().plus(JOINT).isBefore(range.start())) {
      at++;
    }
    TimeRange joined = range;
    while (at < ranges.size() && !ranges.get(at).start().isAfter(joined.end().plus(JOINT))) {
      joined = hull(ranges.remove(at), joined);
    }
    ranges.add(at, joined);
    if (ranges.size() > MOST) {
      joinNearest();
    }
  }

  /** Adds all of others. */
  void addAll(DeliveredRanges others) {
    others.ranges.forEach(this::add);
  }

  boolean areMany() {
    return ranges.size() >= MANY;
  }

  /** As details of a record: {@code from/to} in the form of ISO 8601, the earliest first. */
  SortedMap<String, String> details() {
    SortedMap<String, String> details = new TreeMap<>();
    for (int first = 0; first < ranges.size(); first += MANY) {
      details.put(
          "ranges" + (first == 0 ? "" : "-" + (first / MANY + 1)),
          ranges.subList(first, Math.min(ranges.size(), first + MANY)).stream()
              .map(range -> range.start() + "/" + range.end())
              .collect(Collectors.joining(" ")));
    }
    return details;
  }

  private void joinNearest() {
    int nearest = 0;
    for (int i = 1; i < ranges.size() - 1; i++) {
      if (gap(i).compareTo(gap(nearest)) < 0) {
        nearest = i;
      }
    }
    ranges.set(nearest, hull(ranges.get(nearest), ranges.remove(nearest + 1)));
  }

  private Duration gap(int index) {
    return Duration.between(ranges.get(index).end(), ranges.get(index + 1).start());
  }

  private static TimeRange hull(TimeRange one, TimeRange other) {
    Instant start = one.start().isBefore(other.start()) ? one.start() : other.start();
    Instant end = one.end().isAfter(other.end()) ? one.end() : other.end();
    return new TimeRange(start, end);
  }
}
