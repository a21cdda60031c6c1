package kg.sakchy.storage.catalogue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.DatabaseConfig;

/**
 * A process to be killed: holds the embedded database of a directory, adds segments for ever, and
 * prints a line after each commit.
 */
final class KilledServer {
  /** What a line about a commit begins with; the number of the segment follows. */
  static final String ADDED = "added ";

  static final StreamId GATE = StreamId.main(new CameraId("gate"));
  static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

  private KilledServer() {}

  public static void main(String[] arguments) {
    Catalogue catalogue =
        Catalogue.open(DatabaseConfig.DEFAULTS, Path.of(arguments[0]), new SimpleMeterRegistry());
    if (!catalogue.awaitReady(Duration.ofSeconds(90))) {
      catalogue.check();
    }
    for (int i = 0; ; i++) {
      catalogue.recordings().add(SampleSegments.segment(GATE, T0.plusSeconds(2L * i), 2, 1, i));
      System.out.println(ADDED + i);
    }
  }
}
