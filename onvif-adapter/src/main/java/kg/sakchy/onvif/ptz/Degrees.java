package kg.sakchy.onvif.ptz;

/** Arithmetic on a circle of 360 degrees. */
final class Degrees {
  private Degrees() {}

  /** The same direction in [-180, 180). */
  static double wrap(double degrees) {
    double turned = (degrees + 180) % 360;
    return (turned < 0 ? turned + 360 : turned) - 180;
  }

  /** How far to turn from one direction to another by the shorter way: [-180, 180). */
  static double shortestTurn(double from, double to) {
    return wrap(to - from);
  }

  /**
   * The same direction, some whole turns away, inside a range; of several the one nearest to {@code
   * from}. A direction the range does not hold becomes the nearer of its ends.
   */
  static double within(FloatRange range, double from, double direction) {
    double nearest = from + shortestTurn(from, direction);
    if (nearest < range.min()) {
      nearest += 360 * Math.ceil((range.min() - nearest) / 360);
    } else if (nearest > range.max()) {
      nearest -= 360 * Math.ceil((nearest - range.max()) / 360);
    }
    if (nearest >= range.min() && nearest <= range.max()) {
      return nearest;
    }
    double toMin = Math.abs(shortestTurn(range.min(), direction));
    double toMax = Math.abs(shortestTurn(range.max(), direction));
    return toMin <= toMax ? range.min() : range.max();
  }
}
