package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.storage.audit.AuditReport;
import kg.sakchy.storage.audit.Checkpoint;
import kg.sakchy.storage.audit.CheckpointKey;
import kg.sakchy.storage.audit.SignedNote;
import kg.sakchy.storage.embedded.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final int DAYS = 30;

  @TempDir private Path directory;
  private Database database;
  private DayPartitions partitions;
  private PostgresAuditLog log;
  private CheckpointKey key;
  private AuditRetention retention;

  @BeforeEach
  void open() throws SQLException {
    database = CatalogueFixture.database(TestPostgres.database(directory));
    partitions = new DayPartitions(database, "audit_records");
    log = new PostgresAuditLog(database, partitions);
    key = CheckpointKey.in(directory.resolve("audit.key"));
    retention = new AuditRetention(database, log, partitions, this::sign, DAYS, new FakeClock(NOW));
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  @Test
  void wholeOldDaysGoAndTheRestIsProven() {
    append(300, Duration.ofDays(40));
    append(200, Duration.ofDays(35));
    append(100, Duration.ofDays(30));
    append(50, Duration.ZERO);
    retention.drop(TODAY);
    SignedNote end = database.inTransaction("signing", h -> sign(h, AuditHead.last(h)));
    AuditReport report = verify(end);
    assertThat(report.findings()).isEmpty();
    assertThat(report.first()).isEqualTo(501);
    assertThat(report.provenUpTo()).isEqualTo(651);
    AuditEvent said = newest();
    assertThat(said.actor()).isEqualTo(AuditEvent.SYSTEM);
    assertThat(said.details())
        .containsEntry("lastRecord", "500")
        .containsEntry("firstDay", "2026-10-13");
    assertThat(partitions.daysBefore(TODAY)).containsExactly(TODAY.minusDays(30));
    retention.drop(TODAY);
    assertThat(newest()).isEqualTo(said);
  }

  @Test
  void whatIsLeftStillNamesWhatWasDropped() {
    append(10, Duration.ofDays(40));
    append(10, Duration.ZERO);
    SignedNote before = database.inTransaction("signing", h -> sign(h, AuditHead.last(h)));
    retention.drop(TODAY);
    assertThat(verify(before).findings()).isEmpty();
    assertThat(verify(before).provenUpTo()).isEqualTo(20);
  }

  @Test
  void daysOfAClockThatWasSetWaitSoThatNoHoleIsMade() {
    append(10, Duration.ofDays(40));
    append(10, Duration.ZERO);
    append(10, Duration.ofDays(40));
    retention.drop(TODAY);
    assertThat(verify(database.inTransaction("signing", h -> sign(h, AuditHead.last(h)))).first())
        .isEqualTo(1);
  }

  @Test
  void aLogOfOldDaysOnlyGoesWhole() {
    append(10, Duration.ofDays(40));
    retention.drop(TODAY);
    append(5, Duration.ZERO);
    AuditReport report = verify(database.inTransaction("signing", h -> sign(h, AuditHead.last(h))));
    assertThat(report.findings()).isEmpty();
    assertThat(report.first()).isEqualTo(11);
    assertThat(report.provenUpTo()).isEqualTo(16);
  }

  private AuditReport verify(SignedNote note) {
    return new AuditArchive(database).verify(List.of(key.verifier()), List.of(note));
  }

  private SignedNote sign(Handle handle, AuditHead head) {
    return SignedNote.sign(
        new Checkpoint(AuditHead.origin(handle), head.tree().size(), head.tree().root(), NOW), key);
  }

  private void append(int count, Duration ago) {
    for (int i = 0; i < count; i++) {
      log.append(
          AuditEvent.of(
              NOW.minus(ago), "aida", "test", AuditAction.VIEW_LIVE, "", AuditEvent.Result.DONE));
    }
  }

  private AuditEvent newest() {
    return log.find(
            new AuditLog.Query(
                null,
                null,
                Set.of(),
                new TimeRange(Instant.EPOCH, NOW.plusSeconds(9)),
                Long.MAX_VALUE,
                1))
        .getFirst()
        .event();
  }
}
