package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what happens on another thread. */
public final class Eventually {
  private static final long LONGEST_NANOS = 20_000_000_000L;

  private Eventually() {}

  public static void assertEventually(String what, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
