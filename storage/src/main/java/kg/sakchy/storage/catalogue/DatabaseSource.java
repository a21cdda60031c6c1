package kg.sakchy.storage.catalogue;

import java.nio.file.Path;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.config.Secret;
import kg.sakchy.storage.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/** Where the database is. Threads: used by the one thread that connects. */
sealed interface DatabaseSource extends AutoCloseable {
  /**
   * The address to connect to; starts a server first where that is ours to do.
   *
   * @throws kg.sakchy.core.error.VmsException when it does not start; worth another try later
   */
  Address address();

  @Override
  void close();

  static DatabaseSource of(DatabaseConfig config, Path dataDir) {
    return config.embedded()
        ? new Embedded(dataDir.resolve("db"), config.poolSize())
        : new External(new Address(config.url(), config.user(), config.password()));
  }

  /**
   * How to connect.
   *
   * @param url JDBC address
   */
  record Address(String url, String user, Secret password) {}

  /** Somebody else's server. */
  record External(Address address) implements DatabaseSource {
    @Override
    public void close() {}
  }

  /** A server of our own, started when needed and started again when it died. */
  final class Embedded implements DatabaseSource {
    private final Path directory;
    private final int connections;
    private @Nullable EmbeddedPostgres server;

    Embedded(Path directory, int connections) {
      this.directory = directory;
      this.connections = connections;
    }

    @Override
    public Address address() {
      EmbeddedPostgres running = server;
      if (running != null && !running.alive()) {
        close();
        running = null;
      }
      if (running == null) {
        running = EmbeddedPostgres.start(directory, directory, connections);
        server = running;
      }
      return new Address(running.url(), running.user(), running.password());
    }

    @Override
    public void close() {
      EmbeddedPostgres running = server;
      if (running != null) {
        server = null;
        running.close();
      }
    }
  }
}
