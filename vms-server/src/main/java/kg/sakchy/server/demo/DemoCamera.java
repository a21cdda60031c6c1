package kg.sakchy.server.demo;

import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;

/**
 * One of the demo's cameras.
 *
 * @param id its name, in the simulator and in the server
 * @param name what people call it
 * @param title drawn into its picture
 * @param kind what it is
 * @param siteClass what it watches
 * @param latitude degrees north
 * @param longitude degrees east
 */
record DemoCamera(
    CameraId id,
    String name,
    String title,
    Kind kind,
    SiteClass siteClass,
    double latitude,
    double longitude) {
  /** What a camera of the demo is. */
  enum Kind {
    DOME,
    FIXED,
    /** Fixed, and something moves in front of it now and then. */
    WITH_MOTION,
    H265,
    /** Its network fails now and then. */
    UNRELIABLE
  }

  /** The eight cameras, in the order of their addresses. */
  static final List<DemoCamera> ALL =
      List.of(
          of(
              "ala-too-square",
              "Ала-Тоо аянты",
              "Ala-Too Square",
              Kind.DOME,
              SiteClass.TOURIST_AREA,
              42.8765,
              74.6036),
          of(
              "chuy-avenue",
              "Чүй проспектиси",
              "Chuy Avenue",
              Kind.DOME,
              SiteClass.STREET,
              42.8757,
              74.6108),
          of(
              "school-5",
              "Школа № 5, ворота",
              "School No. 5",
              Kind.WITH_MOTION,
              SiteClass.SCHOOL,
              42.8701,
              74.5951),
          of(
              "kindergarten-12",
              "Детский сад № 12",
              "Kindergarten 12",
              Kind.FIXED,
              SiteClass.KINDERGARTEN,
              42.8662,
              74.6210),
          of(
              "junction",
              "Junction (H.265)",
              "Junction",
              Kind.H265,
              SiteClass.JUNCTION,
              42.8728,
              74.6120),
          of(
              "osh-bazaar",
              "Ош базары",
              "Osh Bazaar",
              Kind.WITH_MOTION,
              SiteClass.OTHER,
              42.8745,
              74.5698),
          of(
              "bus-station",
              "Западный автовокзал",
              "Bus Station",
              Kind.FIXED,
              SiteClass.OTHER,
              42.8733,
              74.5645),
          of(
              "burana-tower",
              "Бурана мунарасы",
              "Burana Tower",
              Kind.UNRELIABLE,
              SiteClass.TOURIST_AREA,
              42.7465,
              75.2503));

  private static DemoCamera of(
      String id,
      String name,
      String title,
      Kind kind,
      SiteClass siteClass,
      double latitude,
      double longitude) {
    return new DemoCamera(new CameraId(id), name, title, kind, siteClass, latitude, longitude);
  }

  Placement placement() {
    return new Placement(name, siteClass, "", "", latitude, longitude, 6.0, 0.0, 60.0, "Sakchy");
  }
}
