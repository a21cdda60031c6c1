package kg.sakchy.storage.catalogue;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.storage.TcpRelay;
import kg.sakchy.storage.embedded.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is not there at the start, or goes away later, and comes back. */
class DatabaseLossTest {
  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  private static final StreamId GATE = StreamId.main(new CameraId("gate"));

  @TempDir private Path directory;
  private DatabaseConfig direct;
  private TcpRelay relay;

  @BeforeEach
  void prepare() throws SQLException, IOException {
    direct = TestPostgres.database(directory.resolve("template"));
    relay = new TcpRelay(URI.create(direct.url().substring("jdbc:".length())).getPort());
  }

  @AfterEach
  void shut() throws IOException {
    relay.close();
  }

  @Test
  void aServerStartsWithoutItsDatabaseAndFindsItLater() throws IOException {
    try (Catalogue catalogue = open(directory)) {
      assertThat(catalogue.awaitReady(Duration.ofMillis(300))).isFalse();
      assertFails(ErrorKind.UNAVAILABLE, catalogue::check);
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.recordings().totals());
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.cameras().list(null, 10));
      relay.open();
      assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
      catalogue.check();
      assertThat(catalogue.cameras().list(null, 10)).isEmpty();
    }
  }

  @Test
  void camerasOfTheLastTimeAreKnownBeforeTheDatabaseIs() throws IOException {
    relay.open();
    Camera camera = camera();
    CameraDevice device = SampleDevices.device(camera.id().value(), 1);
    try (Catalogue catalogue = open(directory)) {
      assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
      catalogue.registry().register(camera, device, SampleDevices.placement());
    }
    relay.shut();
    try (Catalogue catalogue = open(directory)) {
      assertThat(catalogue.cameras().list(null, 10)).containsExactly(camera);
      assertThat(catalogue.cameras().find(camera.id())).contains(camera);
      assertThat(catalogue.cameras().list(camera.id(), 10)).isEmpty();
      assertThat(catalogue.registry().devices(null, 10)).containsExactly(device);
      assertThat(catalogue.registry().device(camera.id())).contains(device);
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.cameras().create(camera));
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.cameras().delete(camera.id()));
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.registry().putDevice(device));
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.events().append(List.of(event())));
    }
  }

  @Test
  void aDatabaseThatGoesAwayIsUnavailableUntilItIsBack() throws IOException {
    relay.open();
    Segment segment = SampleSegments.segment(GATE, T0, 60, 1, 0);
    try (Catalogue catalogue = open(directory)) {
      assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
      catalogue.recordings().add(segment);
      relay.shut();
      Segment next = SampleSegments.segment(GATE, T0.plusSeconds(60), 60, 1, 1);
      assertFails(ErrorKind.UNAVAILABLE, () -> catalogue.recordings().add(next));
      relay.open();
      await(() -> added(catalogue, next));
      assertThat(catalogue.recordings().find(GATE, segment.range(), 10)).containsExactly(segment);
      assertThat(catalogue.recordings().totals().segments()).isEqualTo(2);
    }
  }

  @Test
  void wrongPasswordAndMissingDatabaseAreNamed() {
    assertProblem(
        new DatabaseConfig(direct.url(), direct.user(), new Secret("wrong"), 2),
        "refused user or password");
    assertProblem(
        new DatabaseConfig(direct.url() + "_gone", direct.user(), direct.password(), 2),
        "does not exist");
    assertProblem(
        new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/x", "user", Secret.NONE, 2),
        "cannot be reached");
  }

  private void assertProblem(DatabaseConfig config, String words) {
    try (Catalogue catalogue = Catalogue.open(config, directory, new SimpleMeterRegistry())) {
      await(() -> !problem(catalogue).contains("starting"));
      assertThatThrownBy(catalogue::check)
          .hasMessageContaining(words)
          .hasMessageNotContaining("wrong\"");
    }
  }

  private static String problem(Catalogue catalogue) {
    try {
      catalogue.check();
      return "none";
    } catch (VmsException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static boolean added(Catalogue catalogue, Segment segment) {
    try {
      catalogue.recordings().add(segment);
      return true;
    } catch (VmsException e) {
      assertThat(e.kind()).isIn(ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT);
      return false;
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private Catalogue open(Path dataDir) {
    DatabaseConfig through =
        new DatabaseConfig(
            direct.url().replaceFirst(":\\d+/", ":" + relay.port() + "/"),
            direct.user(),
            direct.password(),
            2);
    return Catalogue.open(through, dataDir, new SimpleMeterRegistry());
  }

  private static CameraEvent event() {
    return new CameraEvent(
        GATE.camera(),
        EventKind.MOTION,
        CameraEvent.State.PULSE,
        T0,
        null,
        T0,
        "",
        Map.of(),
        Map.of());
  }

  private static Camera camera() {
    return new Camera(
        GATE.camera(),
        "Gate",
        StreamSource.parse("rtsp://admin:secret@10.0.0.5/stream1", Transport.TCP),
        null,
        true,
        14,
        T0,
        T0,
        1);
  }
}
