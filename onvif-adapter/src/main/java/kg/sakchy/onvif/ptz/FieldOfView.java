package kg.sakchy.onvif.ptz;

/**
 * What the lens sees, and where a point of the picture lies. A rectilinear (pinhole) picture is
 * assumed, which a zoom lens is except at its widest.
 *
 * @param horizontalDegrees angle between the left and right edge, over 0 and under 180
 * @param verticalDegrees angle between the upper and lower edge, over 0 and under 180
 */
record FieldOfView(double horizontalDegrees, double verticalDegrees) {
  FieldOfView {
    if (!(horizontalDegrees > 0 && horizontalDegrees < 180)
        || !(verticalDegrees > 0 && verticalDegrees < 180)) {
      throw new IllegalArgumentException(
          "field of view " + horizontalDegrees + " x " + verticalDegrees);
    }
  }

  /** The picture of a 16:9 camera whose widest angle is known. */
  static FieldOfView wide(double horizontalDegrees) {
    double halfHeight = Math.tan(Math.toRadians(horizontalDegrees / 2)) * 9 / 16;
    return new FieldOfView(horizontalDegrees, Math.toDegrees(2 * Math.atan(halfHeight)));
  }

  /** What is left of a widest field when zoomed in. */
  FieldOfView zoomed(double factor) {
    return new FieldOfView(narrowed(horizontalDegrees, factor), narrowed(verticalDegrees, factor));
  }

  private static double narrowed(double degrees, double factor) {
    return Math.toDegrees(2 * Math.atan(Math.tan(Math.toRadians(degrees / 2)) / factor));
  }

  /**
   * Where the camera must look so that a point of its picture comes to the middle. Exact also when
   * it looks steeply down, where a small step aside is a great turn.
   *
   * @param from where it looks now
   * @param x -1 (left edge) to 1 (right edge)
   * @param y -1 (lower edge) to 1 (upper edge)
   */
  Direction towards(Direction from, double x, double y) {
    double right = x * Math.tan(Math.toRadians(horizontalDegrees / 2));
    double up = y * Math.tan(Math.toRadians(verticalDegrees / 2));
    double tilt = Math.toRadians(from.tiltDegrees());
    double forward = Math.cos(tilt) - up * Math.sin(tilt);
    double height = Math.sin(tilt) + up * Math.cos(tilt);
    double turn = Math.atan2(right, forward);
    return new Direction(
        Degrees.wrap(from.panDegrees() + Math.toDegrees(turn)),
        Math.toDegrees(Math.atan2(height, Math.hypot(forward, right))));
  }

  /**
   * A line of sight.
   *
   * @param panDegrees to the right, any whole turns away
   * @param tiltDegrees up from the horizon, -90 to 90
   */
  record Direction(double panDegrees, double tiltDegrees) {}
}
