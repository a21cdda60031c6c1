package kg.sakchy.media.codec;

import kg.sakchy.core.stream.TrackFormat;

/**
 * What parameter sets say about a stream.
 *
 * @param format for the muxer
 * @param reorderDepth how many pictures may precede another in decoding order and follow it in
 *     output order, as announced; 0 if nothing is announced
 * @param frameTicks announced duration of a frame in ticks of 90 kHz, or 0
 */
public record VideoParameters(TrackFormat.Video format, int reorderDepth, long frameTicks) {
  /** RTP clock of every video payload. */
  public static final int CLOCK_RATE = 90_000;

  /**
   * Duration of a frame from a time base of the parameter sets, 0 if that makes no sense.
   *
   * @param unitsInTick length of a frame in units
   * @param timeScale units per second
   */
  public static long frameTicks(long unitsInTick, long timeScale) {
    if (unitsInTick <= 0 || timeScale <= 0) {
      return 0;
    }
    long ticks = unitsInTick * CLOCK_RATE / timeScale;
    return ticks > CLOCK_RATE ? 0 : ticks;
  }
}
