package kg.sakchy.onvif.soap;

import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Lets cameras that are not in contact (after a restart of this server, after a network failure)
 * come back one after the other, evenly spaced. Cameras in contact never wait here.
 *
 * <p>Threads: safe for use by many threads; {@link #await} blocks.
 */
final class ConnectLimiter {
  private final VmsClock clock;
  private final long spacingNanos;
  private long next;

  /**
   * @param perSecond how many cameras a second
   */
  ConnectLimiter(int perSecond, VmsClock clock) {
    this.clock = clock;
    spacingNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    next = clock.nanoTime();
  }

  /** Waits for the turn. Fails with CANCELLED when interrupted. */
  void await() {
    try {
      Thread.sleep(takeTurn());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the call was given up", e);
    }
  }

  /** Takes the next turn; returns how long it is until then. */
  synchronized Duration takeTurn() {
    long now = clock.nanoTime();
    long turn = Math.max(next, now);
    next = turn + spacingNanos;
    return Duration.ofNanos(turn - now);
  }
}
