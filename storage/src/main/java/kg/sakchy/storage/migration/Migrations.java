package kg.sakchy.storage.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the schema this server needs. Threads: stateless. */
public final class Migrations {
  /** The newest file beside this class; a test compares. */
  static final String NEWEST = "10";

  private static final String HISTORY = "flyway_schema_history";

  private Migrations() {}

  /**
   * Applies what is missing. A schema that is up to date is recognised by one query, because
   * loading the migration engine would cost most of a second of each start.
   *
   * @throws org.flywaydb.core.api.FlywayException when a migration fails, or the database is newer
   *     than this server
   */
  public static void apply(DataSource database) throws SQLException {
    if (!upToDate(database)) {
      Flyway.configure()
          .dataSource(database)
          .table(HISTORY)
          .locations("classpath:kg/sakchy/storage/migration")
          .validateMigrationNaming(true)
          .ignoreMigrationPatterns(new String[0]) // not even those of a newer server
          .load()
          .migrate();
    }
  }

  private static boolean upToDate(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return exists(connection) && newest(connection);
    }
  }

  private static boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select to_regclass(?) is not null")) {
      query.setString(1, HISTORY);
      try (ResultSet answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  /** Whether the last migration is the newest known and none has failed. */
  private static boolean newest(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select bool_and(success)"
                + " and (array_agg(version order by installed_rank desc))[1] = ?"
                + " from "
                + HISTORY)) {
      query.setString(1, NEWEST);
      try (ResultSet answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
