package kg.sakchy.gateway.server;

import java.util.function.BooleanSupplier;

/** Waits for something that comes by itself. */
final class Eventually {
  private static final long WAIT_NANOS = 20_000_000_000L;

  private Eventually() {}

  static void holds(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come: " + what);
      }
      Thread.sleep(5);
    }
  }
}
