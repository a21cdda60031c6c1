package kg.sakchy.sim.onvif.event;

import java.time.Instant;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XsdTime;

/**
 * Writes documents of a metadata stream (ONVIF Analytics §5.3): what is seen in a picture, for
 * {@link kg.sakchy.sim.MetadataMedia#send}. Threads: pure functions.
 */
public final class MetadataDocument {
  /**
   * Where something is in the picture, -1 to 1; y grows upwards.
   *
   * @param top over {@code bottom}
   */
  public record Box(double left, double top, double right, double bottom) {}

  private MetadataDocument() {}

  /** A vehicle with its number plate. */
  public static String vehicle(Instant time, int objectId, Box box, String type, String plate) {
    Xml xml = begin(time);
    object(xml, objectId, box, "Vehicle");
    xml.begin("tt:VehicleInfo")
        .leaf("tt:Type", type, "Likelihood", "0.9")
        .end()
        .begin("tt:LicensePlateInfo")
        .leaf("tt:PlateNumber", plate, "Likelihood", "0.95")
        .leaf("tt:CountryCode", "KG", "Likelihood", "0.8")
        .end();
    return end(xml);
  }

  /** A face. */
  public static String face(Instant time, int objectId, Box box) {
    Xml xml = begin(time);
    object(xml, objectId, box, "Face");
    return end(xml);
  }

  /** A person. */
  public static String human(Instant time, int objectId, Box box) {
    Xml xml = begin(time);
    object(xml, objectId, box, "Human");
    return end(xml);
  }

  /** A frame in which nothing is seen. */
  public static String nothing(Instant time) {
    return begin(time).end().end().end().finish();
  }

  private static Xml begin(Instant time) {
    return new Xml()
        .begin("tt:MetadataStream", "xmlns:tt", Ns.SCHEMA.uri())
        .begin("tt:VideoAnalytics")
        .begin("tt:Frame", "UtcTime", XsdTime.format(time));
  }

  /** Leaves the element Appearance open. */
  private static void object(Xml xml, int objectId, Box box, String type) {
    xml.begin("tt:Object", "ObjectId", String.valueOf(objectId))
        .begin("tt:Appearance")
        .begin("tt:Shape")
        .empty(
            "tt:BoundingBox",
            "left",
            Xml.text(box.left()),
            "top",
            Xml.text(box.top()),
            "right",
            Xml.text(box.right()),
            "bottom",
            Xml.text(box.bottom()))
        .empty(
            "tt:CenterOfGravity",
            "x",
            Xml.text((box.left() + box.right()) / 2),
            "y",
            Xml.text((box.top() + box.bottom()) / 2))
        .end()
        .begin("tt:Class")
        .leaf("tt:Type", type, "Likelihood", "0.9")
        .end();
  }

  private static String end(Xml xml) {
    return xml.end().end().end().end().end().finish();
  }
}
