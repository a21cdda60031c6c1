package kg.sakchy.core.time;

import java.time.Instant;

/**
 * Where every class gets its time from, so that tests can turn the hands.
 *
 * <p>Threads: safe for use by many threads.
 */
public interface VmsClock {
  /** UTC as the machine believes it; may step. */
  Instant now();

  /** Monotonic nanoseconds from an arbitrary origin, as {@link System#nanoTime()}; never steps. */
  long nanoTime();

  /** The clock of this machine. */
  static VmsClock system() {
    return SystemClock.INSTANCE;
  }
}
