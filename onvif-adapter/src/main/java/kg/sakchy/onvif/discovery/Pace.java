package kg.sakchy.onvif.discovery;

import java.time.Duration;
import kg.sakchy.core.time.VmsClock;

/**
 * Spreads steps evenly over time, at most so many a second.
 *
 * <p>Threads: safe for use by many threads, whose steps share the rate.
 */
final class Pace {
  private static final long SECOND_NANOS = 1_000_000_000L;

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
    long mine = Math.max(now, nextNanos);
    nextNanos = mine + stepNanos;
    return Duration.ofNanos(mine - now);
  }
}
