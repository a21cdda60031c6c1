package kg.sakchy.sim;

/**
 * Where a pan-tilt-zoom camera looks.
 *
 * @param panDegrees -180 to 180, positive to the right
 * @param tiltDegrees 0 is the horizon, positive looks up
 * @param zoomFactor magnification, 1 at the short end
 * @param fieldOfViewDegrees horizontal, at this magnification
 */
public record PtzPosition(
    double panDegrees, double tiltDegrees, double zoomFactor, double fieldOfViewDegrees) {}
