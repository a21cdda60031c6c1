package kg.sakchy.storage.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.Durably;
import kg.sakchy.storage.file.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that lives and dies with this process, on a cluster that stays.
 *
 * <p>Below its directory: {@code cluster}, the database itself; {@code password}, made by us and
 * readable by nobody else; {@code server.log}; {@code lock}, held while a server of ours runs; and
 * the programs. It listens on a free port of the loopback and asks for the password. Whatever is
 * committed is on the disk.
 *
 * <p>A PostgreSQL left over from a server that was killed is shut down in order first. Run as root,
 * which PostgreSQL refuses, it starts in a user namespace of its own.
 *
 * <p>Threads: starting and closing from one thread; the rest from any.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String USER = "sakchy";

  /** Long enough for the recovery of a large log after a loss of power. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final long LOG_LIMIT_BYTES = 8L << 20;
  private static final int LOG_TAIL_LINES = 3;

  private final Path directory;
  private final Path cluster;
  private final FileChannel lock;
  private final Programs programs;
  private final Secret password;
  private final Process process;
  private final int port;

  private EmbeddedPostgres(
      Path directory,
      FileChannel lock,
      Programs programs,
      Secret password,
      Process process,
      int port) {
    this.directory = directory;
    this.cluster = cluster(directory);
    this.lock = lock;
    this.programs = programs;
    this.password = password;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the server, making its cluster if there is none; returns when it takes connections.
   *
   * @param directory everything of it is below
   * @param binaries where its programs are, or will be unpacked
   * @param connections most connections at a time
   * @throws VmsException FAILED_PRECONDITION when another server uses the directory or this machine
   *     forbids it; UNAVAILABLE when PostgreSQL does not start, with its own last words
   */
  public static EmbeddedPostgres start(Path directory, Path binaries, int connections) {
    Path home = directory.toAbsolutePath();
    try {
      PrivateFiles.createDirectories(home);
      FileChannel lock = lock(home);
      try {
        Files.createDirectories(binaries);
        Programs programs = new Programs(PostgresBinaries.install(binaries.toAbsolutePath()));
        return launch(home, lock, programs, connections);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE,
          "the embedded database in %s does not start: %s".formatted(home, e.getMessage()),
          e);
    }
  }

  /** JDBC address, without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String user() {
    return USER;
  }

  public Secret password() {
    return password;
  }

  /** Whether the server process is there. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Ends all connections, writes a checkpoint and stops. */
  @Override
  public void close() {
    try (lock) {
      if (process.isAlive()) {
        programs.stop(cluster);
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.atWarn().addKeyValue("directory", directory).log("PostgreSQL does not stop");
        }
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("stopping PostgreSQL failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static EmbeddedPostgres launch(
      Path home, FileChannel lock, Programs programs, int connections) throws IOException {
    Path cluster = cluster(home);
    if (!Files.isDirectory(cluster)) {
      initialise(home, programs);
    }
    Secret password = password(home);
    stopLeftOver(cluster, programs);
    int port = freePort();
    Path log = home.resolve("server.log");
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Durably.move(log, home.resolve("server.log.1"));
    }
    Process process = programs.start(cluster, settings(port, connections), log);
    try {
      awaitReady(process, cluster, log);
    } catch (RuntimeException | IOException e) {
      process.destroy();
      throw e;
    }
    return new EmbeddedPostgres(home, lock, programs, password, process, port);
  }

  /** Small, durable, and reachable from this machine only. */
  private static List<String> settings(int port, int connections) {
    return List.of(
        "listen_addresses=127.0.0.1",
        "port=" + port,
        "unix_socket_directories=",
        "max_connections=" + (connections + 8),
        "superuser_reserved_connections=3",
        "shared_buffers=64MB",
        "work_mem=4MB",
        "maintenance_work_mem=32MB",
        "max_wal_size=512MB",
        "min_wal_size=64MB",
        "wal_compression=on",
        "wal_level=minimal",
        "max_wal_senders=0",
        "io_method=sync",
        "max_parallel_workers=0",
        "max_parallel_workers_per_gather=0",
        "max_parallel_maintenance_workers=0",
        "jit=off",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "max_locks_per_transaction=256",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_checkpoints=off",
        "log_line_prefix=%m [%p] ");
  }

  private static void initialise(Path home, Programs programs) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    PrivateFiles.write(
        home.resolve("password"),
        HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    Path unfinished = home.resolve("cluster.new");
    deleteTree(unfinished);
    programs.initialise(unfinished, USER, home.resolve("password"));
    Durably.move(unfinished, cluster(home));
  }

  private static Secret password(Path home) throws IOException {
    try {
      return new Secret(
          Files.readString(home.resolve("password"), StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "the password of the embedded database is missing: " + home.resolve("password"),
          e);
    }
  }

  private static void stopLeftOver(Path cluster, Programs programs) throws IOException {
    PostmasterFile left = PostmasterFile.read(cluster).orElse(null);
    if (left == null) {
      return;
    }
    if (left.running()) {
      LOG.atWarn()
          .addKeyValue("pid", left.pid())
          .log("stopping a PostgreSQL left over from a server that was killed");
      programs.stop(cluster);
    } else {
      // The lock is ours and no PostgreSQL has that number: the file is of before a crash.
      Files.deleteIfExists(PostmasterFile.path(cluster));
    }
  }

  private static void awaitReady(Process process, Path cluster, Path log) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new VmsException(
              ErrorKind.UNAVAILABLE, "PostgreSQL does not start: " + lastWords(log));
        }
        if (PostmasterFile.read(cluster)
            .filter(file -> file.pid() == process.pid() && file.ready())
            .isPresent()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "interrupted while PostgreSQL starts", e);
    }
    throw new VmsException(
        ErrorKind.TIMEOUT, "PostgreSQL does not become ready: " + lastWords(log));
  }

  private static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return String.join(
        " / ", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
  }

  private static FileChannel lock(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.atDebug().log("locked by this very process");
    }
    if (held == null) {
      channel.close();
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "another server uses the data directory of " + home);
    }
    return channel;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(tree)) {
        walk.sorted(Comparator.reverseOrder()).forEach(files::add);
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static Path cluster(Path home) {
    return home.resolve("cluster");
  }
}
