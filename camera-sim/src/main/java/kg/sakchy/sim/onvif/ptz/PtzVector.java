package kg.sakchy.sim.onvif.ptz;

import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * A PTZVector or PTZSpeed of a request.
 *
 * @param panTilt null if it says nothing of it
 * @param zoom null if it says nothing of it
 */
record PtzVector(@Nullable Part panTilt, @Nullable Part zoom) {
  /**
   * One half of it.
   *
   * @param y 0 for the zoom
   * @param space its coordinate system, or the default
   */
  record Part(double x, double y, String space) {}

  static final PtzVector NONE = new PtzVector(null, null);

  /**
   * Reads one.
   *
   * @param panTiltDefault space of a half that names none
   * @throws SoapFault if a number is missing or none
   */
  static PtzVector read(@Nullable XmlElement element, String panTiltDefault, String zoomDefault) {
    if (element == null) {
      return NONE;
    }
    XmlElement panTilt = element.child("PanTilt");
    XmlElement zoom = element.child("Zoom");
    return new PtzVector(
        panTilt == null
            ? null
            : new Part(
                panTilt.attributeNumber("x"),
                panTilt.attributeNumber("y"),
                space(panTilt, panTiltDefault)),
        zoom == null ? null : new Part(zoom.attributeNumber("x"), 0, space(zoom, zoomDefault)));
  }

  private static String space(XmlElement element, String orElse) {
    String space = element.attributes().getOrDefault("space", "");
    return space.isEmpty() ? orElse : space;
  }
}
