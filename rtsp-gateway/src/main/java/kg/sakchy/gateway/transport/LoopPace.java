package kg.sakchy.gateway.transport;

import java.time.Duration;

/**
 * How long an event loop lets bytes gather before it asks the kernel for them again. While
 * everything on the loop is only recorded, nobody misses a tenth of a second, and each look at a
 * socket brings several pictures; while it talks to a camera or receives by UDP it looks often, and
 * while somebody watches it hardly waits at all.
 *
 * <p>Measured at 32 recorded cameras: 10 ms take a fifth less CPU than no pause at all, 70 ms again
 * a seventh less of the whole server.
 *
 * <p>Threads: confined to the loop.
 */
public final class LoopPace {
  /** What a user of the loop needs; the most urgent one decides. */
  public enum Pace {
    /** Only recorded. No multiple of usual frame intervals: arrivals are not always equally late */
    PATIENT(Duration.ofMillis(70)),
    /** Being talked to, or sending datagrams. */
    LIVELY(Duration.ofMillis(10)),
    /** Being watched. */
    LIVE(Duration.ofMillis(1));

    private final long pauseNanos;

    Pace(Duration pause) {
      pauseNanos = pause.toNanos();
    }
  }

  /** A socket that held so much fills its buffer before a patient loop comes back. */
  private static final int MUCH_BYTES = 96 * 1024;

  private int lively;
  private int live;
  private boolean full;

  /** One user's need changes; everyone begins with {@link Pace#PATIENT}. */
  public void change(Pace before, Pace now) {
    count(before, -1);
    count(now, 1);
  }

  private void count(Pace pace, int change) {
    switch (pace) {
      case PATIENT -> {}
      case LIVELY -> lively += change;
      case LIVE -> live += change;
    }
  }

  /** So much was read at once. */
  void read(int bytes) {
    full |= bytes >= MUCH_BYTES;
  }

  /** How long to gather before the next look. */
  long nextPauseNanos() {
    boolean wasFull = full;
    full = false;
    if (live > 0) {
      return Pace.LIVE.pauseNanos;
    }
    return (wasFull || lively > 0 ? Pace.LIVELY : Pace.PATIENT).pauseNanos;
  }
}
