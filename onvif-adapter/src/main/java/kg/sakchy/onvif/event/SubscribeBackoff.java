package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a camera may be asked for another subscription. Some freeze when asked often, and forget
 * subscriptions only when they restart: one a minute at most, and more rarely the more it fails. A
 * camera that does not answer at all has not been asked, and is tried again sooner.
 *
 * <p>Time is monotonic nanoseconds, given by the caller. Threads: confined to the event loop.
 */
final class SubscribeBackoff {
  /** Between two subscriptions that the camera has heard of. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration UNREACHABLE_FIRST = Duration.ofSeconds(2);
  private static final Duration UNREACHABLE_LONGEST = Duration.ofMinutes(1);
  private static final double JITTER = 0.25;
  private static final int MAX_DOUBLINGS = 10;

  private final RandomGenerator random;
  private long earliestNanos;
  private boolean asked;
  private int failures;

  SubscribeBackoff(RandomGenerator random) {
    this.random = random;
  }

  /** How long to wait before the next attempt. */
  Duration untilNext(long nowNanos) {
    return asked && earliestNanos - nowNanos > 0
        ? Duration.ofNanos(earliestNanos - nowNanos)
        : Duration.ZERO;
  }

  /** The camera has granted one. */
  void granted(long nowNanos) {
    failures = 0;
    wait(EVERY, nowNanos);
  }

  /** The camera has refused. */
  void refused(long nowNanos) {
    wait(doubled(EVERY, LONGEST), nowNanos);
  }

  /** The camera did not answer. */
  void unreachable(long nowNanos) {
    wait(doubled(UNREACHABLE_FIRST, UNREACHABLE_LONGEST), nowNanos);
  }

  private Duration doubled(Duration first, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  private void wait(Duration least, long nowNanos) {
    asked = true;
    long jitter = random.nextLong((long) (least.toNanos() * JITTER) + 1);
    earliestNanos = nowNanos + least.toNanos() + jitter;
  }
}
