package kg.sakchy.core.time;

import java.time.Instant;

/** The machine's own clock. */
enum SystemClock implements VmsClock {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
