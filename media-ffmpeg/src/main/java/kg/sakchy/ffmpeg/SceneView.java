package kg.sakchy.ffmpeg;

/**
 * Where a dome in the middle of a round scene looks.
 *
 * @param panDegrees clockwise seen from above; any number of turns
 * @param tiltDegrees above the horizon
 * @param zoomFactor 1 shows {@link #WIDEST_DEGREES} across
 */
public record SceneView(double panDegrees, double tiltDegrees, double zoomFactor) {
  /** Horizontal angle of view at zoom factor 1. */
  public static final double WIDEST_DEGREES = 60;
}
