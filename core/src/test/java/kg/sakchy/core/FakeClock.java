package kg.sakchy.core;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.time.VmsClock;

/** A clock whose hands a test turns. Threads: safe for use by many threads. */
public final class FakeClock implements VmsClock {
  private Instant now;
  private long nanos;

  public FakeClock(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  /** Time passes: both hands move. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  /** Somebody sets the wall clock; the monotonic one goes on. */
  public synchronized void step(Duration duration) {
    now = now.plus(duration);
  }
}
