package kg.sakchy.onvif.ptz;

import java.util.List;

/**
 * What is known of a camera's lens and mount beyond what ONVIF tells.
 *
 * @param maxZoomFactor the optical zoom, over 1
 * @param wideDegrees horizontal field of view at the widest
 * @param measured whether these are this model's figures and not assumed ones
 * @param zoomCurve measured points of the zoom range, or empty where none were measured
 */
public record Lens(
    double maxZoomFactor, double wideDegrees, boolean measured, List<ZoomPoint> zoomCurve) {
  /** What most domes are near: a 28-fold zoom whose widest view is 60 degrees. */
  public static final Lens ASSUMED = new Lens(28, 60, false, List.of());

  public Lens {
    zoomCurve = List.copyOf(zoomCurve);
    if (!(maxZoomFactor > 1) || !(wideDegrees > 0 && wideDegrees < 180)) {
      throw new IllegalArgumentException("lens " + maxZoomFactor + ", " + wideDegrees);
    }
  }

  /**
   * A point of a zoom curve.
   *
   * @param share of the camera's zoom range, 0 to 1
   * @param factor the optical zoom there, 1 and up
   */
  public record ZoomPoint(double share, double factor) {}
}
