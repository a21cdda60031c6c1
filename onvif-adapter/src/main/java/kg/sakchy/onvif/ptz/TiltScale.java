package kg.sakchy.onvif.ptz;

/**
 * Turns tilt angles into a camera's numbers and back: degrees, 0 the horizon, up positive, as far
 * as the camera counts so itself.
 */
sealed interface TiltScale {
  /** The camera's number for an angle; what it cannot reach becomes the nearer end. */
  double toCamera(double angle);

  double toAngle(double number);

  /**
   * The scale that fits a space.
   *
   * @param sweep the angles at the ends of the range where it is no degrees
   */
  static TiltScale of(PanTiltSpace space, FloatRange sweep) {
    return space.countsDegrees()
        ? new InDegrees(space.tilt())
        : new Proportional(space.tilt(), sweep);
  }

  /** The camera counts degrees. */
  record InDegrees(FloatRange range) implements TiltScale {
    @Override
    public double toCamera(double angle) {
      return range.clamp(angle);
    }

    @Override
    public double toAngle(double number) {
      return number;
    }
  }

  /** The camera's range, whatever its ends, is one sweep. */
  record Proportional(FloatRange range, FloatRange sweep) implements TiltScale {
    @Override
    public double toCamera(double angle) {
      return range.at(sweep.shareOf(angle));
    }

    @Override
    public double toAngle(double number) {
      return sweep.at(range.shareOf(number));
    }
  }
}
