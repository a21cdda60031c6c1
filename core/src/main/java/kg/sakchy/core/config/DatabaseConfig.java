package kg.sakchy.core.config;

/**
 * The catalogue.
 *
 * @param url JDBC address of a PostgreSQL database, or empty to run an embedded one below the data
 *     directory
 * @param user its user; unused when embedded
 * @param password its password; unused when embedded
 * @param poolSize most connections, 1 to 100
 */
public record DatabaseConfig(String url, String user, Secret password, int poolSize) {
  public static final DatabaseConfig DEFAULTS = new DatabaseConfig("", "sakchy", Secret.NONE, 8);

  public DatabaseConfig {
    ConfigChecks.check(
        url.isEmpty() || url.startsWith("jdbc:postgresql:"),
        "database.url",
        "an address that begins with jdbc:postgresql:, or nothing for the embedded database");
    ConfigChecks.between("database.poolSize", poolSize, 1, 100);
  }

  public boolean embedded() {
    return url.isEmpty();
  }
}
