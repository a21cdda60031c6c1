package kg.sakchy.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what happens on another thread. */
public final class Eventually {
  private static final long LONGEST_NANOS = 20_000_000_000L;

  private Eventually() {}

  /** Returns as soon as the condition holds; fails after twenty seconds. */
  public static void assertEventually(String what, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
