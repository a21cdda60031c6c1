package kg.sakchy.sim.onvif.ptz;

import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.Xml;

/**
 * The coordinate systems of a head (ONVIF PTZ §5.9), as its node and its configuration options list
 * them.
 */
final class PtzSpaces {
  private static final String PAN_TILT = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/";
  private static final String ZOOM = "http://www.onvif.org/ver10/tptz/ZoomSpaces/";

  static final String POSITION = PAN_TILT + "PositionGenericSpace";
  static final String SPHERICAL = PAN_TILT + "SphericalPositionSpaceDegrees";
  static final String TRANSLATION = PAN_TILT + "TranslationGenericSpace";
  static final String TRANSLATION_DEGREES = PAN_TILT + "SphericalTranslationSpaceDegrees";
  static final String TRANSLATION_FOV = PAN_TILT + "TranslationSpaceFov";
  static final String VELOCITY = PAN_TILT + "VelocityGenericSpace";
  static final String VELOCITY_DEGREES = PAN_TILT + "VelocitySpaceDegrees";
  static final String SPEED = PAN_TILT + "GenericSpeedSpace";
  static final String ZOOM_POSITION = ZOOM + "PositionGenericSpace";
  static final String ZOOM_MILLIMETERS = ZOOM + "PositionSpaceMillimeter";
  static final String ZOOM_TRANSLATION = ZOOM + "TranslationGenericSpace";
  static final String ZOOM_VELOCITY = ZOOM + "VelocityGenericSpace";
  static final String ZOOM_SPEED = ZOOM + "ZoomGenericSpeedSpace";

  /** Focal length at magnification 1. */
  static final double SHORTEST_MILLIMETERS = 4.8;

  static final PtzSpec.Range SIGNED = new PtzSpec.Range(-1, 1);
  private static final PtzSpec.Range UNSIGNED = new PtzSpec.Range(0, 1);
  private static final PtzSpec.Range NOTHING = new PtzSpec.Range(0, 0);

  private final DeviceState device;
  private final PtzSpec spec;

  PtzSpaces(DeviceState device, PtzSpec spec) {
    this.device = device;
    this.spec = spec;
  }

  PtzSpec.Range zoomRange() {
    return device.has(SimQuirk.ZOOM_RANGE_EMPTY) ? NOTHING : spec.genericZoom();
  }

  /** All spaces, in the order of the schema's type PTZSpaces. */
  void write(Xml xml) {
    plane(xml, "tt:AbsolutePanTiltPositionSpace", POSITION, spec.genericPan(), spec.genericTilt());
    plane(
        xml,
        "tt:AbsolutePanTiltPositionSpace",
        SPHERICAL,
        new PtzSpec.Range(spec.panMin(), spec.panMax()),
        new PtzSpec.Range(spec.tiltMin(), spec.tiltMax()));
    line(xml, "tt:AbsoluteZoomPositionSpace", ZOOM_POSITION, zoomRange());
    line(
        xml,
        "tt:AbsoluteZoomPositionSpace",
        ZOOM_MILLIMETERS,
        new PtzSpec.Range(SHORTEST_MILLIMETERS, SHORTEST_MILLIMETERS * spec.zoomMax()));
    plane(xml, "tt:RelativePanTiltTranslationSpace", TRANSLATION, SIGNED, SIGNED);
    plane(
        xml,
        "tt:RelativePanTiltTranslationSpace",
        TRANSLATION_DEGREES,
        new PtzSpec.Range(spec.panMin(), spec.panMax()),
        new PtzSpec.Range(spec.tiltMin(), spec.tiltMax()));
    plane(xml, "tt:RelativePanTiltTranslationSpace", TRANSLATION_FOV, SIGNED, SIGNED);
    boolean empty = device.has(SimQuirk.ZOOM_RANGE_EMPTY);
    line(xml, "tt:RelativeZoomTranslationSpace", ZOOM_TRANSLATION, empty ? NOTHING : SIGNED);
    plane(xml, "tt:ContinuousPanTiltVelocitySpace", VELOCITY, SIGNED, SIGNED);
    plane(
        xml,
        "tt:ContinuousPanTiltVelocitySpace",
        VELOCITY_DEGREES,
        new PtzSpec.Range(-spec.maxPanSpeed(), spec.maxPanSpeed()),
        new PtzSpec.Range(-spec.maxTiltSpeed(), spec.maxTiltSpeed()));
    line(xml, "tt:ContinuousZoomVelocitySpace", ZOOM_VELOCITY, empty ? NOTHING : SIGNED);
    line(xml, "tt:PanTiltSpeedSpace", SPEED, UNSIGNED);
    line(xml, "tt:ZoomSpeedSpace", ZOOM_SPEED, UNSIGNED);
  }

  private static void plane(Xml xml, String element, String uri, PtzSpec.Range x, PtzSpec.Range y) {
    xml.begin(element).leaf("tt:URI", uri);
    range(xml, "tt:XRange", x);
    range(xml, "tt:YRange", y);
    xml.end();
  }

  private static void line(Xml xml, String element, String uri, PtzSpec.Range x) {
    xml.begin(element).leaf("tt:URI", uri);
    range(xml, "tt:XRange", x);
    xml.end();
  }

  private static void range(Xml xml, String element, PtzSpec.Range range) {
    xml.begin(element).leaf("tt:Min", range.min()).leaf("tt:Max", range.max()).end();
  }

  /** The limits of a configuration, in the generic spaces. */
  void writeLimits(Xml xml) {
    xml.begin("tt:PanTiltLimits");
    plane(xml, "tt:Range", POSITION, spec.genericPan(), spec.genericTilt());
    xml.end().begin("tt:ZoomLimits");
    line(xml, "tt:Range", ZOOM_POSITION, zoomRange());
    xml.end();
  }
}
