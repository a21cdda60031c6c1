package kg.sakchy.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A stretch of UTC: {@code start} inclusive, {@code end} exclusive, never empty.
 *
 * @param start first instant inside
 * @param end first instant after it; later than {@code start}
 */
public record TimeRange(Instant start, Instant end) {
  public TimeRange {
    if (!start.isBefore(end)) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "a time range must end after its start: " + start + " to " + end);
    }
  }

  public Duration duration() {
    return Duration.between(start, end);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  public boolean overlaps(TimeRange other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /** The common part, if there is one. */
  public Optional<TimeRange> intersection(TimeRange other) {
    Instant from = start.isAfter(other.start) ? start : other.start;
    Instant to = end.isBefore(other.end) ? end : other.end;
    return from.isBefore(to) ? Optional.of(new TimeRange(from, to)) : Optional.empty();
  }
}
