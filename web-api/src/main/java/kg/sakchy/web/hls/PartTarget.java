package kg.sakchy.web.hls;

import kg.sakchy.core.recording.Segment;

/**
 * How long the parts of a stream are (RFC 8216bis §4.4.3.7): whole pictures, a quarter of a second:
 * a player holds back three of them, and one second more when it ever ran dry.
 */
final class PartTarget {
  private static final double MOST_SECONDS = 0.25;
  private static final double USUAL_RATE = 25;

  /** Cameras' clocks shiver: so much longer than its pictures a part may be. */
  private static final double ROOM = 1.02;

  private PartTarget() {}

  /**
   * The part target in ticks of 90 kHz. Every part but the last of a segment must reach 85 % of it
   * (§4.4.4.9), so it is a whole number of pictures.
   *
   * @param framesPerSecond as measured, or 0 when unknown
   */
  static long ticks(double framesPerSecond) {
    double rate = framesPerSecond < 0.2 ? USUAL_RATE : framesPerSecond;
    double pictures = Math.max(1, Math.floor(MOST_SECONDS * rate));
    return Math.round(pictures / rate * ROOM * Segment.TIMESCALE);
  }
}
