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
              + " null, null, true, null, null, 0, 1)"
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
