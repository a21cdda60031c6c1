package kg.sakchy.media.hls;

import kg.sakchy.core.recording.Segment;

/**
 * Which key frames begin a Media Segment. Each says so by itself and the key frame before it: so
 * the live edge, where the next key frame is not known yet, and the archive, where the same media
 * is found later, cut alike, and Media Sequence Numbers mean the same in both.
 *
 * <p>The line of a run is divided into cells of four seconds; the first key frame in a cell begins
 * a segment. With key frames every second or two, segments last four seconds; with rarer ones,
 * every group of pictures is a segment.
 */
public final class SegmentRule {
  /** Length of a cell, 90 kHz. */
  static final long CELL_TICKS = 4L * Segment.TIMESCALE;

  private SegmentRule() {}

  /**
   * Whether a key frame begins a segment.
   *
   * @param previousTicks decode time of the key frame before it in its run
   * @param ticks its own decode time
   */
  public static boolean begins(long previousTicks, long ticks) {
    return Math.floorDiv(previousTicks, CELL_TICKS) != Math.floorDiv(ticks, CELL_TICKS);
  }
}
