package kg.sakchy.onvif.discovery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a search early, also while it waits.
 *
 * <p>Threads: safe for use by many threads.
 */
final class Cancellation {
  private final CountDownLatch latch = new CountDownLatch(1);

  void cancel() {
    latch.countDown();
  }

  boolean isCancelled() {
    return latch.getCount() == 0;
  }

  /** Waits that long or until cancelled; returns whether the search should go on. */
  boolean pause(Duration duration) {
    try {
      return !latch.await(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      return false;
    }
  }
}
