package kg.sakchy.recorder.time;

/**
 * The least value of the last one to two windows of time, in constant memory. Threads: confined to
 * one thread.
 */
final class SlidingMinimum {
  private final long windowNanos;
  private long windowBegan;
  private long current = Long.MAX_VALUE;
  private long before = Long.MAX_VALUE;

  SlidingMinimum(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /**
   * Adds a value.
   *
   * @param atNanos monotonic time, not falling
   */
  void add(long atNanos, long value) {
    if (current == Long.MAX_VALUE && before == Long.MAX_VALUE) {
      windowBegan = atNanos;
    } else if (atNanos - windowBegan >= windowNanos) {
      before = atNanos - windowBegan >= 2 * windowNanos ? Long.MAX_VALUE : current;
      current = Long.MAX_VALUE;
      windowBegan = atNanos;
    }
    current = Math.min(current, value);
  }

  /** The least value; there must be one. */
  long value() {
    return Math.min(current, before);
  }
}
