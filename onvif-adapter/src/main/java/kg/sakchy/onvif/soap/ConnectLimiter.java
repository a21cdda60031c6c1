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
    long turn;
    synchronized (this) {
      long now = clock.nanoTime();
      turn = Math.max(next, now);
      next = turn + spacingNanos;
    }
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, turn - clock.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the call was given up", e);
    }
  }
}
