package kg.sakchy.onvif.ptz;

/** Names of the coordinate systems of ONVIF PTZ §5.8 that are used here. */
final class SpaceNames {
  private static final String PAN_TILT = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/";
  private static final String ZOOM = "http://www.onvif.org/ver10/tptz/ZoomSpaces/";

  static final String POSITION_GENERIC = PAN_TILT + "PositionGenericSpace";
  static final String POSITION_SPHERICAL = PAN_TILT + "SphericalPositionSpaceDegrees";
  static final String TRANSLATION_GENERIC = PAN_TILT + "TranslationGenericSpace";
  static final String TRANSLATION_FOV = PAN_TILT + "TranslationSpaceFov";
  static final String VELOCITY_GENERIC = PAN_TILT + "VelocityGenericSpace";
  static final String ZOOM_POSITION_GENERIC = ZOOM + "PositionGenericSpace";
  static final String ZOOM_POSITION_MILLIMETRES = ZOOM + "PositionSpaceMillimeter";
  static final String ZOOM_TRANSLATION_GENERIC = ZOOM + "TranslationGenericSpace";
  static final String ZOOM_VELOCITY_GENERIC = ZOOM + "VelocityGenericSpace";

  private SpaceNames() {}
}
