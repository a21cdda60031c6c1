package kg.sakchy.recorder.edge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds all fills together to a rate: who spends more waits, and with him the camera, by TCP.
 *
 * <p>Threads: safe for use by many; {@link #spend} blocks.
 */
final class Pace {
  /** Unused time is good for a burst of this length. */
  private static final long BURST_NANOS = 500_000_000L;

  private final long bytesPerSecond;
  private final CountDownLatch ending = new CountDownLatch(1);
  private long paidUntilNanos = System.nanoTime();

  Pace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Waits until so many more bytes may be taken.
   *
   * @return false when the wait was ended by {@link #end}
   */
  boolean spend(long bytes) throws InterruptedException {
    long wait = reserve(bytes, System.nanoTime());
    return ending.getCount() > 0 && (wait <= 0 || !ending.await(wait, TimeUnit.NANOSECONDS));
  }

  private synchronized long reserve(long bytes, long now) {
    long from = Math.max(paidUntilNanos, now - BURST_NANOS);
    paidUntilNanos = from + bytes * 1_000_000_000L / bytesPerSecond;
    return paidUntilNanos - now;
  }

  /** Nobody waits any more. */
  void end() {
    ending.countDown();
  }
}
