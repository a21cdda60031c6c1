package kg.sakchy.onvif.soap;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * At most two requests at a time to one camera, besides the one that it holds back on purpose:
 * small cameras fall over when asked more.
 *
 * <p>Threads: safe for use by many threads.
 */
final class Admission {
  private static final int AT_A_TIME = 2;

  private final Semaphore permits = new Semaphore(AT_A_TIME, true);

  /**
   * Waits for room; {@link #leave} must follow.
   *
   * @throws VmsException TIMEOUT, CANCELLED
   */
  void enter(Duration timeout) {
    try {
      if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new VmsException(
            ErrorKind.TIMEOUT, "the camera is still busy with other requests of ours");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the call was given up", e);
    }
  }

  void leave() {
    permits.release();
  }
}
