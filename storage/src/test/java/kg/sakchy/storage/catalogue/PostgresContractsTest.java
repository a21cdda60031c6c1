package kg.sakchy.storage.catalogue;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.AccountStoresContract;
import kg.sakchy.core.ApprovalStoreContract;
import kg.sakchy.core.CameraDirectoryContract;
import kg.sakchy.core.CameraImportStoreContract;
import kg.sakchy.core.CameraRegistryContract;
import kg.sakchy.core.EventLogContract;
import kg.sakchy.core.GapLedgerContract;
import kg.sakchy.core.OrganisationContract;
import kg.sakchy.core.RecordingIndexContract;
import kg.sakchy.core.RolesContract;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.account.SessionStore;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
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
  class Registry implements CameraRegistryContract {
    @Override
    public CameraRegistry registry() {
      return catalogue.registry();
    }

    @Override
    public CameraDirectory cameras() {
      return catalogue.cameras();
    }
  }

  @Nested
  class Imports implements CameraImportStoreContract {
    @Override
    public CameraImportStore imports() {
      return catalogue.imports();
    }
  }

  @Nested
  class Events implements EventLogContract {
    @Override
    public EventLog log() {
      return catalogue.events();
    }

    @Test
    void whatNoDatabaseCanHoldIsCutAndNothingFails() {
      Map<String, String> many = new HashMap<>();
      for (int i = 0; i < 500; i++) {
        many.put("item-" + i, "\0\ud800x" + "я".repeat(9_000));
      }
      Instant now = Instant.parse("2026-11-22T10:00:00Z");
      CameraEvent hostile =
          new CameraEvent(
              GATE,
              EventKind.OTHER,
              CameraEvent.State.PULSE,
              Instant.MAX,
              Instant.MIN,
              now,
              "t\0" + "x".repeat(5_000),
              Map.of("\0", "\ud800"),
              many);
      CameraEvent past = at(now, Instant.EPOCH);
      log().append(List.of(hostile, past));
      List<EventLog.Entry> found =
          log()
              .find(
                  new EventLog.Query(
                      Set.of(),
                      Set.of(),
                      new TimeRange(now, now.plusNanos(1_000)),
                      Long.MAX_VALUE,
                      10));
      assertThat(found).hasSize(2);
      CameraEvent kept = found.getLast().event();
      assertThat(kept.at()).isEqualTo(now);
      assertThat(kept.cameraTime()).isNull();
      assertThat(kept.topic()).hasSize(999);
      assertThat(kept.source()).isEqualTo(Map.of("", ""));
      assertThat(kept.data()).hasSize(64);
      assertThat(kept.data().values()).allMatch(value -> value.matches("xя{3997}"));
      assertThat(found.getFirst().event().cameraTime()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void eventsOutliveTheirCamera() {
      Camera camera = SampleDevices.camera("gate", 1);
      catalogue.registry().register(camera, SampleDevices.device("gate", 1), null);
      CameraEvent event = at(T0, T0);
      log().append(List.of(event));
      catalogue.cameras().delete(camera.id());
      assertThat(
              log()
                  .find(
                      new EventLog.Query(
                          Set.of(camera.id()),
                          Set.of(),
                          new TimeRange(T0, T0.plusSeconds(1)),
                          Long.MAX_VALUE,
                          10)))
          .extracting(EventLog.Entry::event)
          .containsExactly(event);
    }

    private static CameraEvent at(Instant arrived, Instant at) {
      return new CameraEvent(
          GATE, EventKind.MOTION, CameraEvent.State.PULSE, at, at, arrived, "", Map.of(), Map.of());
    }
  }

  @Nested
  class Units implements OrganisationContract {
    @Override
    public Organisation organisation() {
      return catalogue.organisation();
    }

    @Override
    public CameraDirectory cameras() {
      return catalogue.cameras();
    }

    @Test
    void aTextTheDatabaseCannotHoldIsRefused() {
      assertFails(
          ErrorKind.INVALID_ARGUMENT,
          () -> organisation().create(UnitId.ROOT, OrganisationContract.region("zero \0 byte")));
    }
  }

  @Nested
  class RolesAndWhoHasThem implements RolesContract {
    @Override
    public Roles roles() {
      return catalogue.roles();
    }

    @Override
    public AccountStore accounts() {
      return catalogue.accounts();
    }

    @Override
    public Organisation organisation() {
      return catalogue.organisation();
    }
  }

  @Nested
  class Accounts implements AccountStoresContract {
    @Override
    public AccountStore accounts() {
      return catalogue.accounts();
    }

    @Override
    public CredentialStore credentials() {
      return catalogue.credentials();
    }

    @Override
    public SessionStore sessions() {
      return catalogue.sessions();
    }

    @Override
    public ApiTokenStore tokens() {
      return catalogue.tokens();
    }
  }

  @Nested
  class Approvals implements ApprovalStoreContract {
    @Override
    public ApprovalStore approvals() {
      return catalogue.approvals();
    }

    @Override
    public AccountStore accounts() {
      return catalogue.accounts();
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
      assertFails(ErrorKind.INVALID_ARGUMENT, () -> directory().create(camera));
    }
  }
}
