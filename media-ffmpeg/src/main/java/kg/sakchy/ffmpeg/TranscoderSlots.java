package kg.sakchy.ffmpeg;

import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * How many streams may be coded anew at a time, live and recorded ones together.
 *
 * <p>Threads: safe for use by many threads.
 */
final class TranscoderSlots {
  private final int most;
  private final AtomicInteger taken;
  private final TranscodeMetrics metrics;

  /**
   * @param most at a time, 0 for none
   * @param taken how many are, which somebody shows
   */
  TranscoderSlots(int most, AtomicInteger taken, TranscodeMetrics metrics) {
    this.most = most;
    this.taken = taken;
    this.metrics = metrics;
  }

  /**
   * Takes one.
   *
   * @throws VmsException RESOURCE_EXHAUSTED when all are taken
   */
  void take() {
    int before = taken.getAndUpdate(now -> Math.min(most, now + 1));
    if (before >= most) {
      metrics.refused();
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED,
          "this stream must be coded anew for you, and all %d transcoders are busy"
              .formatted(most));
    }
  }

  /** Gives one back. */
  void give() {
    taken.decrementAndGet();
  }
}
