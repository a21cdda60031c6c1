package kg.sakchy.recorder.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import kg.sakchy.core.recording.Segment;
import org.jspecify.annotations.Nullable;

/**
 * How wrong a camera's clock was when it recorded a stretch. What ONVIF tells of a clock has
 * seconds; the sender reports of the live segments before and behind the stretch have the
 * fractions, and include the delay of the picture on its way, as the times of those segments do. So
 * where the two agree within a second and a half, the reports are taken.
 *
 * @param offset the camera's clock minus ours
 * @param uncertainty half-width of the interval around it
 */
record ClockMatch(Duration offset, Duration uncertainty) {
  /** How far a clock that is told in whole seconds, and asked over a network, can be off. */
  static final Duration COARSE = Duration.ofMillis(1_500);

  /** Reports before and behind that differ by more were separated by a step of the clock. */
  private static final Duration STEADY = Duration.ofMillis(250);

  private static final Duration FINE_UNCERTAINTY = Duration.ofMillis(100);

  /**
   * @param told the offset that the camera's date and time gave
   * @param before live segments that end near the beginning of the stretch
   * @param behind live segments that begin near its end
   * @param begin of the stretch
   * @param end of the stretch
   */
  static ClockMatch of(
      Duration told, List<Segment> before, List<Segment> behind, Instant begin, Instant end) {
    Duration first = reported(before, told, segment -> distance(segment.range().end(), begin));
    Duration last = reported(behind, told, segment -> distance(segment.range().start(), end));
    if (first == null) {
      return last == null ? new ClockMatch(told, COARSE) : new ClockMatch(last, FINE_UNCERTAINTY);
    }
    if (last == null) {
      return new ClockMatch(first, FINE_UNCERTAINTY);
    }
    Duration step = last.minus(first);
    return step.abs().compareTo(STEADY) <= 0
        ? new ClockMatch(first.plus(step.dividedBy(2)), FINE_UNCERTAINTY)
        : new ClockMatch(first, FINE_UNCERTAINTY.plus(step.abs()));
  }

  private static long distance(Instant a, Instant b) {
    return Math.abs(Duration.between(a, b).toMillis());
  }

  /** The offset by the reports of the segment nearest to the seam; null without one to believe. */
  private static @Nullable Duration reported(
      List<Segment> segments, Duration told, ToLongFunction<Segment> distance) {
    Duration nearest = null;
    long least = Long.MAX_VALUE;
    for (Segment segment : segments) {
      Instant camera = segment.time().cameraTime();
      if (camera == null) {
        continue;
      }
      Duration offset = Duration.between(segment.range().start(), camera);
      boolean agrees = offset.minus(told).abs().compareTo(COARSE) <= 0;
      if (agrees && distance.applyAsLong(segment) < least) {
        least = distance.applyAsLong(segment);
        nearest = offset;
      }
    }
    return nearest;
  }
}
