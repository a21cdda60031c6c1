package kg.sakchy.sim;

import kg.sakchy.core.time.MediaTime;

/** Relates the RTP time of a track to the monotonic clock. Threads: confined to the loop. */
final class FeedClock {
  private final int ssrc;
  private final int clockRate;
  private boolean started;
  private long firstTicks;
  private long firstNanos;

  FeedClock(int ssrc, int clockRate) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  int ssrc() {
    return ssrc;
  }

  int clockRate() {
    return clockRate;
  }

  /** The feed begins anew; the next sample sets the clock. */
  void restart() {
    started = false;
  }

  /** A sample with this time is sent now. Only the first sets the clock: feeds keep real time. */
  void sent(long ticks) {
    if (!started) {
      started = true;
      firstTicks = ticks;
      firstNanos = System.nanoTime();
    }
  }

  boolean started() {
    return started;
  }

  /** The RTP time of this moment, before it is cut to 32 bits. */
  long ticksNow() {
    return firstTicks + MediaTime.rescale(System.nanoTime() - firstNanos, 1_000_000_000, clockRate);
  }
}
