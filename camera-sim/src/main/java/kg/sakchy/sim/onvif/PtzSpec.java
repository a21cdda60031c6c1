package kg.sakchy.sim.onvif;

/**
 * What a pan-tilt-zoom head can do.
 *
 * @param panMin degrees; with an endless pan -180
 * @param panMax degrees; with an endless pan 180
 * @param endlessPan whether it turns on and on
 * @param tiltMin degrees; 0 is the horizon, negative looks down
 * @param tiltMax degrees
 * @param zoomMax magnification at the long end; 1 at the short end
 * @param maxPanSpeed degrees a second
 * @param maxTiltSpeed degrees a second
 * @param fullZoomSeconds from one end of the zoom to the other at full speed
 * @param accelerationSeconds from standstill to full speed of a continuous move; 0 for at once
 * @param fieldOfViewDegrees horizontal, at magnification 1
 * @param genericPan what the ends of the pan are called in the generic space
 * @param genericTilt what the ends of the tilt are called in the generic space
 * @param genericZoom what the ends of the zoom are called in the generic space
 * @param maxPresets how many presets it keeps
 */
public record PtzSpec(
    double panMin,
    double panMax,
    boolean endlessPan,
    double tiltMin,
    double tiltMax,
    double zoomMax,
    double maxPanSpeed,
    double maxTiltSpeed,
    double fullZoomSeconds,
    double accelerationSeconds,
    double fieldOfViewDegrees,
    Range genericPan,
    Range genericTilt,
    Range genericZoom,
    int maxPresets) {
  /** The ends of an axis. */
  public record Range(double min, double max) {
    /** Where a value lies: 0 at {@code min}, 1 at {@code max}. */
    public double share(double value) {
      return max == min ? 0 : (value - min) / (max - min);
    }

    /** The value at a share. */
    public double at(double share) {
      return min + share * (max - min);
    }

    public boolean contains(double value) {
      return value >= min - 1e-9 && value <= max + 1e-9;
    }
  }

  private static final Range SIGNED = new Range(-1, 1);

  /** A dome under a ceiling: turns without end, zooms 28 times. */
  public static final PtzSpec DOME_28X =
      new PtzSpec(
          -180, 180, true, -90, 15, 28, 240, 120, 3, 0, 60, SIGNED, SIGNED, new Range(0, 1), 256);

  /** A turret that looks from -170 to 170 degrees, zooms 4 times, and is slow to start. */
  public static final PtzSpec TURRET_4X =
      new PtzSpec(
          -170, 170, false, -45, 45, 4, 60, 40, 2, 0.3, 80, SIGNED, SIGNED, new Range(0, 1), 16);

  /** With other numbers at the ends of the generic spaces, as some devices have them. */
  public PtzSpec withGenericSpaces(Range pan, Range tilt, Range zoom) {
    return new PtzSpec(
        panMin,
        panMax,
        endlessPan,
        tiltMin,
        tiltMax,
        zoomMax,
        maxPanSpeed,
        maxTiltSpeed,
        fullZoomSeconds,
        accelerationSeconds,
        fieldOfViewDegrees,
        pan,
        tilt,
        zoom,
        maxPresets);
  }
}
