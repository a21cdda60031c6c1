package kg.sakchy.onvif.ptz;

/**
 * A coordinate system for pan and tilt with the camera's ranges in it ({@code
 * tt:Space2DDescription}).
 *
 * @param uri its name
 * @param pan range of x
 * @param tilt range of y
 */
record PanTiltSpace(String uri, FloatRange pan, FloatRange tilt) {
  private static final double CIRCLE_TOLERANCE = 5;

  /**
   * Whether its numbers are degrees. Some cameras count degrees in the generic space too, which
   * shows in a pan range of about a full circle.
   */
  boolean countsDegrees() {
    return uri.equals(SpaceNames.POSITION_SPHERICAL)
        || !pan.isFinite()
        || !tilt.isFinite()
        || Math.abs(pan.width() - 360) <= CIRCLE_TOLERANCE;
  }
}
