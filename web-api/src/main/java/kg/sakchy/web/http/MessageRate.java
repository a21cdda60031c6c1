package kg.sakchy.web.http;

import kg.sakchy.core.time.VmsClock;

/**
 * So many messages a second in the long run, and twice that for a moment (a token bucket).
 *
 * <p>Threads: one.
 */
final class MessageRate {
  private static final double NANOS = 1e9;

  private final VmsClock clock;
  private final int perSecond;
  private double left;
  private long at;

  MessageRate(VmsClock clock, int perSecond) {
    this.clock = clock;
    this.perSecond = perSecond;
    left = 2.0 * perSecond;
    at = clock.nanoTime();
  }

  /** Counts one message; false when it is one too many. */
  boolean take() {
    long now = clock.nanoTime();
    left = Math.min(2.0 * perSecond, left + (now - at) / NANOS * perSecond);
    at = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
