package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table of placements. Threads: stateless. */
final class PlacementRow {
  static final String PUT =
      """
      insert into placements (camera, site, site_class, address, geographic_code, latitude,
        longitude, height_m, azimuth_deg, view_angle_deg, unit)
      values (:camera, :site, :site_class, :address, :geographic_code, :latitude,
        :longitude, :height_m, :azimuth_deg, :view_angle_deg, :unit)
      on conflict (camera) do update set
        site = excluded.site, site_class = excluded.site_class, address = excluded.address,
        geographic_code = excluded.geographic_code, latitude = excluded.latitude,
        longitude = excluded.longitude, height_m = excluded.height_m,
        azimuth_deg = excluded.azimuth_deg, view_angle_deg = excluded.view_angle_deg,
        unit = excluded.unit
      """;

  private PlacementRow() {}

  /** Binds what {@link #PUT} needs. */
  static <T extends SqlStatement<T>> T bind(T statement, CameraId camera, Placement placement) {
    return statement
        .bind("camera", camera.value())
        .bind("site", placement.site())
        .bind("site_class", placement.siteClass().code())
        .bind("address", placement.address())
        .bind("geographic_code", placement.geographicCode())
        .bindByType("latitude", placement.latitude(), Double.class)
        .bindByType("longitude", placement.longitude(), Double.class)
        .bindByType("height_m", placement.heightMetres(), Double.class)
        .bindByType("azimuth_deg", placement.azimuthDegrees(), Double.class)
        .bindByType("view_angle_deg", placement.viewAngleDegrees(), Double.class)
        .bind("unit", placement.unit());
  }

  static Placement read(ResultSet row, StatementContext context) throws SQLException {
    return new Placement(
        row.getString("site"),
        SiteClass.valueOf(row.getString("site_class").toUpperCase(Locale.ROOT)),
        row.getString("address"),
        row.getString("geographic_code"),
        row.getObject("latitude", Double.class),
        row.getObject("longitude", Double.class),
        row.getObject("height_m", Double.class),
        row.getObject("azimuth_deg", Double.class),
        row.getObject("view_angle_deg", Double.class),
        row.getString("unit"));
  }
}
