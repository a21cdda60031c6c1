package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import kg.sakchy.core.CameraDirectoryContract;
import kg.sakchy.core.GapLedgerContract;
import kg.sakchy.core.RecordingIndexContract;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.storage.embedded.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports of the catalogue on a real PostgreSQL, each test with a database of its own. */
class PostgresContractsTest {
  @TempDir private Path directory;
  private Catalogue catalogue;

  @BeforeEach
  void open() throws SQLException {
    catalogue =
        Catalogue.open(TestPostgres.database(directory), directory, new SimpleMeterRegistry());
    assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  @Nested
  class Recordings implements RecordingIndexContract {
    @Override
    public RecordingIndex index() {
      return catalogue.recordings();
    }
  }

  @Nested
  class Gaps implements GapLedgerContract {
    @Override
    public GapLedger ledger() {
      return catalogue.gaps();
    }

    @Test
    void aLongDetailIsCut() {
      TimeRange range = new TimeRange(T0, T0.plusSeconds(1));
      ledger().put(new Gap(GATE, Gap.Kind.MISSING, range, GapCause.CAMERA, "x".repeat(5_000)));
      assertThat(ledger().find(GATE, range, 1).getFirst().detail()).hasSize(1_000);
    }
  }

  @Nested
  class Cameras implements CameraDirectoryContract {
    @Override
    public CameraDirectory directory() {
      return catalogue.cameras();
    }

    @Test
    void aNameTheDatabaseCannotHoldIsRefused() {
      Camera camera =
          new Camera(
              new CameraId("gate"),
              "zero \0 byte",
              StreamSource.parse("rtsp://10.0.0.5/1", Transport.TCP),
              null,
              false,
              null,
              T0,
              null,
              1);
      kg.sakchy.core.ObjectStoreContract.assertFails(
          kg.sakchy.core.error.ErrorKind.INVALID_ARGUMENT, () -> directory().create(camera));
    }
  }
}
