package kg.sakchy.storage.catalogue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import kg.sakchy.core.config.DatabaseConfig;

/** A database connection for tests of parts of the catalogue. */
final class CatalogueFixture {
  private CatalogueFixture() {}

  /** Connected, with the newest schema. */
  static Database database(DatabaseConfig config) {
    Database database =
        new Database(
            new DatabaseSource.External(
                new DatabaseSource.Address(config.url(), config.user(), config.password())),
            config.poolSize(),
            new SimpleMeterRegistry());
    database.start();
    if (!database.awaitReady(Duration.ofSeconds(60))) {
      database.check();
    }
    return database;
  }
}
