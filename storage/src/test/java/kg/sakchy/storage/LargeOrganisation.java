package kg.sakchy.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.storage.embedded.TestPostgres;

/** 20,000 sites of nine regions, with a camera each. Threads: stateless. */
public final class LargeOrganisation {
  public static final int CAMERAS = 20_000;

  /** One of the regions. */
  public static final UnitId REGION = new UnitId(12);

  /** Regions are 11 to 19, sites from 100 on. */
  private static final String UNITS =
      """
      insert into units (id, parent, path, kind, name, name_key, site_class, address,
        geographic_code, cadastre_id, officer, search_text, search_pieces, version)
      select id, parent, path, kind, name, sha256(convert_to(lower(name), 'UTF8')), site_class,
        '', '', '', '', lower(name) || E'\\n',
        array(select distinct substr(lower(name), i, 3) from generate_series(1, length(name) - 2) i),
        1
      from (
        select 10 + r as id, 1 as parent, '/1/' || 10 + r || '/' as path, 'region' as kind,
          'Region ' || r as name, null as site_class
        from generate_series(1, 9) r
        union all
        select 100 + s, 11 + s % 9, '/1/' || 11 + s % 9 || '/' || 100 + s || '/', 'site',
          'School number ' || s || ' of somebody famous', 'school'
        from generate_series(0, 19999) s) made
      """;

  private LargeOrganisation() {}

  /** Puts it into a database with the newest schema and no rows. */
  public static void fill(DatabaseConfig config) throws SQLException {
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute(UNITS);
      statement.execute(
          "insert into cameras (id, name, main_uri, main_transport, recording, created_us, version)"
              + " select 'cam-' || lpad(s::text, 5, '0'), 'Camera', 'rtsp://10.0.0.1/', 'TCP',"
              + " false, 0, 1 from generate_series(0, 19999) s");
      statement.execute(
          "insert into camera_units select 'cam-' || lpad(s::text, 5, '0'), 100 + s"
              + " from generate_series(0, 19999) s");
      statement.execute("vacuum analyze");
    }
  }

  /** The camera of a site, from 0. */
  public static CameraId camera(int number) {
    return new CameraId("cam-%05d".formatted(number));
  }

  /** The site of a camera, from 0. */
  public static UnitId site(int number) {
    return new UnitId(100 + number);
  }
}
