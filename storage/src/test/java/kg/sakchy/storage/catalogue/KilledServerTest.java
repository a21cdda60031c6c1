package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a server whose embedded database is at work. */
class KilledServerTest {
  private static final int COMMITS = 50;

  @TempDir private Path directory;

  @Test
  void everyCommitSurvivesAndTheDatabaseOpensAgain() throws Exception {
    Path log = directory.resolve("killed.log");
    Path dataDir = directory.resolve("data");
    Process server = start(dataDir, log);
    int committed = -1;
    try (BufferedReader out = server.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(KilledServer.ADDED)) {
          committed = Integer.parseInt(line.substring(KilledServer.ADDED.length()));
          if (committed == COMMITS) {
            server.toHandle().destroyForcibly(); // what it still printed was committed too
          }
        }
      }
    }
    server.waitFor(30, TimeUnit.SECONDS);
    assertThat(committed)
        .as("see %s: %s", log, Files.readString(log))
        .isGreaterThanOrEqualTo(COMMITS);

    try (Catalogue catalogue =
        Catalogue.open(DatabaseConfig.DEFAULTS, dataDir, new SimpleMeterRegistry())) {
      assertThat(catalogue.awaitReady(Duration.ofSeconds(90))).isTrue();
      List<Segment> found =
          catalogue
              .recordings()
              .find(
                  KilledServer.GATE,
                  new TimeRange(KilledServer.T0, KilledServer.T0.plusSeconds(86_400)),
                  1_000_000);
      assertThat(found).hasSizeBetween(committed + 1, committed + 2);
      assertThat(catalogue.recordings().totals().segments()).isEqualTo(found.size());
      killPostmaster(dataDir);
      awaitTotals(catalogue, found.size());
    }
  }

  /** Kills the database alone; the catalogue is to start it again by itself. */
  private static void killPostmaster(Path dataDir) throws Exception {
    String pid = Files.readAllLines(dataDir.resolve("db/cluster/postmaster.pid")).getFirst();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get(30, TimeUnit.SECONDS);
  }

  private static void awaitTotals(Catalogue catalogue, long segments) {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    boolean lost = false;
    while (true) {
      try {
        long found = catalogue.recordings().totals().segments();
        if (lost) {
          assertThat(found).isEqualTo(segments);
          return;
        }
      } catch (VmsException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        lost = true;
        catalogue.awaitReady(Duration.ofSeconds(1));
      }
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  private static Process start(Path dataDir, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KilledServer.class.getName(),
            dataDir.toString())
        .redirectError(log.toFile())
        .redirectInput(new File("/dev/null"))
        .start();
  }
}
