package kg.sakchy.onvif.discovery;

import java.time.Duration;
import kg.sakchy.core.time.VmsClock;

/**
 * Spreads steps evenly over time, at most so many a second. Who comes late, because threads wake
 * late, catches up a little.
 *
 * <p>Threads: safe for use by many threads, whose steps share the rate.
 */
final class Pace {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long CATCH_UP_NANOS = SECOND_NANOS / 20;

  private final VmsClock clock;
  private final long stepNanos;
  private long nextNanos;

  Pace(VmsClock clock, int perSecond) {
    this.clock = clock;
    stepNanos = SECOND_NANOS / perSecond;
    nextNanos = clock.nanoTime();
  }

  /** Takes the next place in time; how long until it comes. */
  synchronized Duration next() {
    long now = clock.nanoTime();
    long mine = Math.max(now - CATCH_UP_NANOS, nextNanos);
    nextNanos = mine + stepNanos;
    return Duration.ofNanos(Math.max(0, mine - now));
  }
}
