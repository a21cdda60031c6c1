package kg.sakchy.onvif.registration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, understood. What is null the row does not say, and importing it leaves that as
 * it is.
 *
 * @param address where the camera is, with the login if the row has one
 * @param id its name for ever, or null to get one
 * @param name what people call it, or null
 * @param recording whether to record it, or null
 * @param retentionDays how long its segments are kept, or null
 * @param placement where it stands
 */
record CameraRow(
    DeviceAddress address,
    @Nullable CameraId id,
    @Nullable String name,
    @Nullable Boolean recording,
    @Nullable Integer retentionDays,
    PlacementChange placement) {
  /** Under this name an exception carries the column that is wrong. */
  static final String COLUMN = "column";

  private static final Set<String> YES = Set.of("yes", "true", "on", "1", "да", "вкл", "ооба");
  private static final Set<String> NO = Set.of("no", "false", "off", "0", "нет", "выкл", "жок");
  private static final Map<String, SiteClass> SITE_CLASSES = siteClasses();

  /**
   * Understands a row.
   *
   * @throws VmsException INVALID_ARGUMENT with the column as {@link #COLUMN}; the message repeats
   *     no password
   */
  static CameraRow of(Map<Column, String> values) {
    Cells cells = new Cells(values);
    String user = values.get(Column.USER);
    String password = values.get(Column.PASSWORD);
    if (user == null && password != null) {
      throw wrong(Column.USER, "there is a password but no user");
    }
    Credentials login =
        user == null ? null : new Credentials(user, password == null ? "" : password);
    DeviceAddress address =
        cells.get(Column.ADDRESS, text -> DeviceAddress.parse(text, login, false));
    if (address == null) {
      throw wrong(Column.ADDRESS, "the address is missing");
    }
    Double latitude = cells.number(Column.LATITUDE, value -> at(value, 0.0));
    Double longitude = cells.number(Column.LONGITUDE, value -> at(0.0, value));
    if ((latitude == null) != (longitude == null)) {
      throw wrong(
          latitude == null ? Column.LATITUDE : Column.LONGITUDE,
          "latitude and longitude go together");
    }
    return new CameraRow(
        address,
        cells.get(Column.ID, CameraId::new),
        cells.get(Column.NAME, text -> limited(text, 200)),
        cells.get(Column.RECORDING, CameraRow::yesOrNo),
        cells.get(Column.RETENTION_DAYS, CameraRow::days),
        new PlacementChange(
            cells.text(Column.SITE),
            cells.get(Column.SITE_CLASS, CameraRow::siteClass),
            cells.text(Column.POSTAL_ADDRESS),
            cells.text(Column.GEOGRAPHIC_CODE),
            latitude,
            longitude,
            cells.number(Column.HEIGHT, value -> seeing(value, null, null)),
            cells.number(Column.AZIMUTH, value -> seeing(null, value, null)),
            cells.number(Column.VIEW_ANGLE, value -> seeing(null, null, value)),
            cells.text(Column.UNIT)));
  }

  /** An error in a column. */
  static VmsException wrong(Column column, String words) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, words).with(COLUMN, column.code());
  }

  private static boolean yesOrNo(String text) {
    String bare = Column.bare(text);
    if (text.equals("+") || YES.contains(bare)) {
      return true;
    }
    if (text.equals("-") || NO.contains(bare)) {
      return false;
    }
    throw TableLine.wrong("\"" + text + "\" is neither yes nor no");
  }

  private static int days(String text) {
    double days = parse(text);
    if (days != Math.rint(days) || days < 1 || days > 36_500) {
      throw TableLine.wrong("retention is 1 to 36500 whole days");
    }
    return (int) days;
  }

  private static SiteClass siteClass(String text) {
    SiteClass siteClass = SITE_CLASSES.get(Column.bare(text));
    if (siteClass == null) {
      throw TableLine.wrong(
          "\""
              + text
              + "\" is no class of sites; there are street, tourist area, school, kindergarten,"
              + " junction, other");
    }
    return siteClass;
  }

  private static String limited(String text, int most) {
    if (text.length() > most) {
      throw TableLine.wrong("the text has over " + most + " characters");
    }
    return text;
  }

  /** A number with a point or a comma; a sign of degrees or metres behind it does not count. */
  private static double parse(String text) {
    String bare = text.replaceFirst("\\s*(°|м|m)\\.?$", "").replace(',', '.');
    if (!bare.matches("[+-]?\\d{1,20}(\\.\\d{0,20})?")) {
      throw TableLine.wrong("\"" + text + "\" is not a number");
    }
    return Double.parseDouble(bare);
  }

  private static Placement at(Double latitude, Double longitude) {
    return new Placement("", SiteClass.OTHER, "", "", latitude, longitude, null, null, null, "");
  }

  private static Placement seeing(
      @Nullable Double height, @Nullable Double azimuth, @Nullable Double viewAngle) {
    return new Placement("", SiteClass.OTHER, "", "", null, null, height, azimuth, viewAngle, "");
  }

  private static Map<String, SiteClass> siteClasses() {
    Map<SiteClass, String> names =
        Map.of(
            SiteClass.STREET,
            "street, улица, көчө",
            SiteClass.TOURIST_AREA,
            "tourist area, tourism, туристическая зона, туристическая территория, туризм,"
                + " туристтик аймак, туристтик зона",
            SiteClass.SCHOOL,
            "school, школа, мектеп",
            SiteClass.KINDERGARTEN,
            "kindergarten, nursery, детский сад, детсад, бала бакча, балдар бакчасы",
            SiteClass.JUNCTION,
            "junction, crossroads, intersection, перекрёсток, жол кесилиши, кесилиш",
            SiteClass.OTHER,
            "other, другое, прочее, иное, башка");
    Map<String, SiteClass> byName = new HashMap<>();
    names.forEach(
        (siteClass, all) ->
            Arrays.stream(all.split(",\\s*"))
                .forEach(name -> byName.put(Column.bare(name), siteClass)));
    return Map.copyOf(byName);
  }

  /** Reads cells, and names the column when one is wrong. */
  private record Cells(Map<Column, String> values) {
    <T> @Nullable T get(Column column, Function<String, T> reading) {
      String text = values.get(column);
      if (text == null) {
        return null;
      }
      try {
        return reading.apply(text);
      } catch (VmsException e) {
        throw wrong(column, String.valueOf(e.getMessage()));
      }
    }

    @Nullable String text(Column column) {
      return get(column, text -> limited(text, 300));
    }

    /**
     * @param check builds a placement of the number alone, which knows what is in range
     */
    @Nullable Double number(Column column, Consumer<Double> check) {
      return get(
          column,
          text -> {
            double value = parse(text);
            check.accept(value);
            return value;
          });
    }
  }
}
