package kg.sakchy.gateway.hub;

/**
 * The rate of a counter over the last few seconds, from samples taken about once a second.
 *
 * <p>Threads: confined to one.
 */
final class RateWindow {
  private static final int SAMPLES = 5;
  private static final double NANOS = 1e9;

  private final long[] nanos = new long[SAMPLES];
  private final long[] counts = new long[SAMPLES];
  private int taken;

  /** Notes the counter's value. */
  void sample(long nowNanos, long count) {
    int slot = taken++ % SAMPLES;
    nanos[slot] = nowNanos;
    counts[slot] = count;
  }

  /** Counts per second between the oldest and the newest sample, 0 before there are two. */
  double perSecond() {
    if (taken < 2) {
      return 0;
    }
    int newest = (taken - 1) % SAMPLES;
    int oldest = taken <= SAMPLES ? 0 : taken % SAMPLES;
    long span = nanos[newest] - nanos[oldest];
    return span <= 0 ? 0 : (counts[newest] - counts[oldest]) * NANOS / span;
  }

  /** Forgets all samples. */
  void reset() {
    taken = 0;
  }
}
