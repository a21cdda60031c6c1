package kg.sakchy.web;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads will bring about. */
final class Await {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > LIMIT_NANOS) {
        throw new AssertionError("never came: " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
