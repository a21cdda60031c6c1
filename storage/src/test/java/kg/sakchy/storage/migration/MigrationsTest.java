package kg.sakchy.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.storage.embedded.TestPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
  @Test
  void anEmptyDatabaseGetsTheSchemaAndARepeatChangesNothing() throws SQLException {
    DatabaseConfig config = TestPostgres.emptyDatabase();
    Migrations.apply(dataSource(config));
    assertThat(number(config, "select count(*) from cameras")).isZero();
    long applied = number(config, "select count(*) from flyway_schema_history");
    Migrations.apply(dataSource(config));
    assertThat(number(config, "select count(*) from flyway_schema_history")).isEqualTo(applied);
  }

  @Test
  void aDatabaseOfTheFirstServerKeepsItsDataAndGetsTheRest() throws SQLException {
    DatabaseConfig config = TestPostgres.emptyDatabase();
    Flyway.configure()
        .dataSource(dataSource(config))
        .locations("classpath:kg/sakchy/storage/migration")
        .target("1")
        .load()
        .migrate();
    execute(
        config,
        "insert into cameras values ('gate', 'Gate', 'rtsp://a/b', 'u', 'p', 'TCP', null, null,"
            + " null, null, true, 5, null, 4, 7)");
    execute(config, "insert into streams (camera, name) values ('gate', 'main')");
    execute(
        config,
        "create table segments_p20261122 partition of segments for values from"
            + " (1795305600000000) to (1795392000000000)");
    execute(
        config,
        "insert into segments values (1, 1795305600000000, 1795305660000000, 1, 0, 0, 1, 0, 0, 0,"
            + " null, 0, 1500, 0, 15000000, '', '', '\\x00', null)");
    execute(config, "insert into gaps values (1, 'missing', 10, 20, 'camera', 'words')");
    Migrations.apply(dataSource(config));
    assertThat(
            number(
                config,
                "select count(*) from cameras, streams, segments, gaps where cameras.version = 7"
                    + " and segments.size_bytes = 15000000 and gaps.detail = 'words'"))
        .isEqualTo(1);
    execute(
        config,
        "insert into devices values ('gate', 'http://a/b', null, null, false, 'urn:uuid:1', '', '',"
            + " '', '', '', 'main', null, '{}')");
    execute(
        config,
        "insert into placements values ('gate', '', 'other', '', '', null, null, null, null, null,"
            + " '')");
    execute(config, "delete from cameras");
    assertThat(number(config, "select (select count(*) from devices) + count(*) from placements"))
        .isZero();
    assertThat(number(config, "select count(*) from segments")).isEqualTo(1);
  }

  @Test
  void aDatabaseOfANewerServerIsRefused() throws SQLException {
    DatabaseConfig config = TestPostgres.emptyDatabase();
    Migrations.apply(dataSource(config));
    execute(
        config,
        "insert into flyway_schema_history"
            + " select 1000, '1000', 'of the future', type, 'V1000__of_the_future.sql', 1,"
            + " installed_by, installed_on, 1, true from flyway_schema_history limit 1");
    assertThatThrownBy(() -> Migrations.apply(dataSource(config)))
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void theNewestFileIsTheOneTheShortcutLooksFor() throws IOException, URISyntaxException {
    URL directory = Objects.requireNonNull(Migrations.class.getResource("V1__catalogue.sql"));
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()).resolveSibling(""))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.matches("V\\d+__.*[.]sql"))
                  .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_'))))
                  .max())
          .hasValue(Integer.parseInt(Migrations.NEWEST));
    }
  }

  @Test
  void theSchemaRefusesWhatMakesNoSense() throws SQLException {
    DatabaseConfig config = TestPostgres.emptyDatabase();
    Migrations.apply(dataSource(config));
    for (String nonsense :
        new String[] {
          "insert into gaps values (1, 'missing', 10, 10, 'camera', '')",
          "insert into gaps values (1, 'torn', 10, 20, 'camera', '')",
          "insert into gaps values (1, 'missing', 10, 20, 'nobody', '')",
          "insert into stream_totals values (1, -1, 0, 1)",
          "insert into streams (camera, name) values ('gate', 'side')",
          "insert into cameras values ('Gate', 'x', 'rtsp://a/b', null, null, 'TCP', null, null,"
              + " null, null, false, null, null, 0, 1)",
          "insert into cameras values ('gate', 'x', 'http://a/b', null, null, 'TCP', null, null,"
              + " null, null, false, null, null, 0, 1)",
          "insert into cameras values ('gate', 'x', 'rtsp://a/b', null, null, 'TCP', null, null,"
              + " null, null, true, null, null, 0, 1)",
          "insert into devices values ('gate', 'rtsp://a/b', null, null, false, '', '', '', '', '',"
              + " '', 'main', null, '{}')",
          "insert into devices values ('gate', 'http://a/b', 'u', null, false, '', '', '', '', '',"
              + " '', 'main', null, '{}')",
          "insert into devices values ('gate', 'http://a/b', null, null, false, '', '', '', '', '',"
              + " '', 'main', null, '{flying}')",
          "insert into placements values ('gate', '', 'moon', '', '', null, null, null, null, null,"
              + " '')",
          "insert into placements values ('gate', '', 'other', '', '', 42, null, null, null, null,"
              + " '')",
          "insert into placements values ('gate', '', 'other', '', '', null, null, null, 360, null,"
              + " '')",
          "insert into import_runs values ('x', 'a.csv', false, 'done', 0, null)",
          "insert into import_rows values ('x', 0, 'waiting', null, null, '', null)",
          "insert into import_rows values ('x', 1, 'lost', null, null, '', null)"
        }) {
      assertThatThrownBy(() -> execute(config, nonsense))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    }
  }

  private static PGSimpleDataSource dataSource(DatabaseConfig config) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    source.setUser(config.user());
    source.setPassword(config.password().value());
    return source;
  }

  private static void execute(DatabaseConfig config, String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(DatabaseConfig config, String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
