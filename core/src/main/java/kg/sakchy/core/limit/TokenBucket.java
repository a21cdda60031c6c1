package kg.sakchy.core.limit;

import java.time.Duration;
import kg.sakchy.core.time.VmsClock;

/**
 * So many in a second in the long run, and more for a moment.
 *
 * <p>Threads: safe for use by many threads; never blocks for long.
 */
public final class TokenBucket {
  private static final double NANOS = 1e9;

  private final VmsClock clock;
  private final Rate rate;
  private double left;
  private long at;

  /**
   * How fast something may go.
   *
   * @param perSecond in the long run
   * @param atOnce after a pause
   */
  public record Rate(int perSecond, int atOnce) {}

  public TokenBucket(VmsClock clock, Rate rate) {
    this.clock = clock;
    this.rate = rate;
    left = rate.atOnce();
    at = clock.nanoTime();
  }

  /** Counts one; false, and nothing counted, when it is one too many. */
  public boolean take() {
    return tryTake().isZero();
  }

  /** Counts one, and returns zero; or counts nothing, and says how long it is until the next. */
  public synchronized Duration tryTake() {
    long now = clock.nanoTime();
    left = Math.min(rate.atOnce(), left + (now - at) / NANOS * rate.perSecond());
    at = now;
    if (left < 1) {
      return Duration.ofNanos(1 + (long) ((1 - left) * NANOS / rate.perSecond()));
    }
    left--;
    return Duration.ZERO;
  }
}
