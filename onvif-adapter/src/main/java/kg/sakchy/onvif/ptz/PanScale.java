package kg.sakchy.onvif.ptz;

/**
 * Turns pan directions into a camera's numbers and back.
 *
 * <p>Directions are degrees, rising to the right as the camera counts, any whole turns away.
 */
sealed interface PanScale {
  /**
   * The camera's number for a direction, on the shortest way from where it looks.
   *
   * @param from the camera's number now
   */
  double toCamera(double from, double direction);

  /** The direction of a camera's number, [-180, 180). */
  double toDirection(double number);

  /**
   * The scale that fits a space.
   *
   * @param sweepDegrees what the range means where it is no degrees: how far the camera turns
   */
  static PanScale of(PanTiltSpace space, double sweepDegrees) {
    return space.countsDegrees()
        ? new InDegrees(space.pan())
        : new Proportional(space.pan(), sweepDegrees);
  }

  /** The camera counts degrees, perhaps over many turns. */
  record InDegrees(FloatRange range) implements PanScale {
    @Override
    public double toCamera(double from, double direction) {
      return Degrees.within(range, from, direction);
    }

    @Override
    public double toDirection(double number) {
      return Degrees.wrap(number);
    }
  }

  /** The camera's range, whatever its ends, is one sweep whose middle is direction 0. */
  record Proportional(FloatRange range, double sweepDegrees) implements PanScale {
    @Override
    public double toCamera(double from, double direction) {
      double half = sweepDegrees / 2;
      double reachable = Degrees.within(new FloatRange(-half, half), toDirection(from), direction);
      return range.at((reachable + half) / sweepDegrees);
    }

    @Override
    public double toDirection(double number) {
      return Degrees.wrap((range.shareOf(number) - 0.5) * sweepDegrees);
    }
  }
}
