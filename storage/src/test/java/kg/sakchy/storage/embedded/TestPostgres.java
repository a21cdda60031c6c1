package kg.sakchy.storage.embedded;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.storage.catalogue.Catalogue;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL for all tests of this JVM, and a database of its own for each that asks.
 *
 * <p>Threads: one test at a time.
 */
public final class TestPostgres {
  /** Programs unpacked once for all test runs. */
  public static final Path BINARIES =
      Path.of(System.getProperty("java.io.tmpdir"), "postgres-binaries");

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String TEMPLATE = "migrated";
  private static @Nullable EmbeddedPostgres server;

  private TestPostgres() {}

  /** A database without a schema. */
  public static synchronized DatabaseConfig emptyDatabase() throws SQLException {
    return create("");
  }

  /** A database with the newest schema and no rows. */
  public static synchronized DatabaseConfig database(Path directory) throws SQLException {
    if (DATABASES.get() == 0) {
      DATABASES.incrementAndGet();
      execute("create database " + TEMPLATE);
      try (Catalogue catalogue =
          Catalogue.open(config(TEMPLATE), directory, new SimpleMeterRegistry())) {
        if (!catalogue.awaitReady(Duration.ofSeconds(60))) {
          catalogue.check();
        }
      }
    }
    return create(" template " + TEMPLATE);
  }

  /** A connection to a database made here. */
  public static Connection connect(DatabaseConfig config) throws SQLException {
    return DriverManager.getConnection(config.url(), config.user(), config.password().value());
  }

  private static DatabaseConfig create(String how) throws SQLException {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("create database " + name + how);
    return config(name);
  }

  private static DatabaseConfig config(String name) {
    EmbeddedPostgres running = server();
    return new DatabaseConfig(
        running.url().replaceFirst("postgres$", name), running.user(), running.password(), 4);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect(config("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      try {
        Path directory = Files.createTempDirectory("test-postgres");
        EmbeddedPostgres started = EmbeddedPostgres.start(directory, BINARIES, 100);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(directory)));
        server = started;
        return started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return running;
  }

  /** Nobody wants the data any more, so there is no orderly shutdown to wait for. */
  private static void discard(Path directory) {
    try {
      ProcessHandle postmaster =
          ProcessHandle.of(PostmasterFile.read(directory.resolve("cluster")).orElseThrow().pid())
              .orElseThrow();
      List<ProcessHandle> all = postmaster.descendants().toList();
      postmaster.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
