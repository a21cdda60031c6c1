package kg.sakchy.web.live;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits for several things at once; ringing takes no lock, so that event
 * loops may ring.
 *
 * <p>Threads: one waits, any ring.
 */
final class Bell {
  private volatile @Nullable Thread waiting;

  /** Something has changed. */
  void ring() {
    LockSupport.unpark(waiting);
  }

  /** Waits until {@code changed}, which is asked again whenever it rings. */
  void await(BooleanSupplier changed) {
    waiting = Thread.currentThread();
    while (!changed.getAsBoolean()) {
      LockSupport.park(this);
    }
  }

  /** Waits until {@code changed}, but not longer than {@code limit}; returns whether it is. */
  boolean await(BooleanSupplier changed, Duration limit) {
    waiting = Thread.currentThread();
    long begin = System.nanoTime();
    long left = limit.toNanos();
    while (!changed.getAsBoolean()) {
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
      left = limit.toNanos() - (System.nanoTime() - begin);
    }
    return true;
  }
}
