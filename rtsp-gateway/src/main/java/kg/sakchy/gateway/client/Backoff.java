package kg.sakchy.gateway.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: drawn at random below a bound that doubles with every
 * failure (full jitter), so that a thousand cameras behind one switch do not come back at once.
 *
 * <p>Cameras lock a user out after a few wrong passwords. Refused credentials are tried twice in a
 * row, then only at long intervals.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class Backoff {
  /** Refusals in a row after which the wait is long. */
  static final int QUICK_REFUSALS = 2;

  /** The long wait in multiples of the longest ordinary one. */
  static final int LOCKOUT_FACTOR = 10;

  private final Duration least;
  private final Duration most;
  private final RandomGenerator random;
  private int failures;
  private int refusals;

  Backoff(Duration least, Duration most, RandomGenerator random) {
    this.least = least;
    this.most = most;
    this.random = random;
  }

  /** The wait after a failure; {@code refused} when the camera refused the credentials. */
  Duration next(boolean refused) {
    refusals = refused ? refusals + 1 : 0;
    if (refusals >= QUICK_REFUSALS) {
      return most.multipliedBy(LOCKOUT_FACTOR);
    }
    int doublings = Math.min(failures++, 30);
    long bound =
        least.toNanos() << Math.min(doublings, Long.numberOfLeadingZeros(least.toNanos()) - 1);
    return Duration.ofNanos(random.nextLong(Math.min(bound, most.toNanos()) + 1));
  }

  /** All is well, or all is new: begin with short waits again. */
  void reset() {
    failures = 0;
    refusals = 0;
  }
}
