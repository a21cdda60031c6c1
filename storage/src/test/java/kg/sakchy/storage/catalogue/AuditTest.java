package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import kg.sakchy.core.AuditLogContract;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.AuditExportReader;
import kg.sakchy.storage.audit.AuditFinding;
import kg.sakchy.storage.audit.AuditFinding.Kind;
import kg.sakchy.storage.audit.AuditReport;
import kg.sakchy.storage.audit.MerkleProof;
import kg.sakchy.storage.audit.SignedNote;
import kg.sakchy.storage.audit.VerifierKey;
import kg.sakchy.storage.embedded.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit on a real PostgreSQL: acts and their records, tampering, proofs, retention. */
class AuditTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final int SIX_YEARS = 2_192;

  @TempDir private Path directory;
  private DatabaseConfig config;
  private Catalogue catalogue;

  @BeforeEach
  void open() throws SQLException {
    config = TestPostgres.database(directory);
    reopen();
  }

  private void reopen() {
    catalogue = Catalogue.open(config, directory, new SimpleMeterRegistry());
    assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  @Nested
  class Log implements AuditLogContract {
    @Override
    public AuditLog log() {
      return catalogue.audit();
    }
  }

  @Test
  void anActAndItsRecordAreBothThereAndListenersHearAfterwards() {
    Camera camera = SampleDevices.camera("gate", 1);
    List<Integer> recordsWhenTold = new ArrayList<>();
    catalogue.cameras().onChange((id, changed) -> recordsWhenTold.add(all().size()));
    catalogue
        .audit()
        .inOneAct(
            act("camera gate"),
            () -> {
              catalogue.registry().register(camera, null, null);
              assertThat(recordsWhenTold).isEmpty();
              return camera;
            });
    assertThat(recordsWhenTold).containsExactly(1);
    assertThat(catalogue.cameras().find(camera.id())).isPresent();
    assertThat(all()).extracting(AuditEvent::result).containsExactly(AuditEvent.Result.DONE);
  }

  @Test
  void whatFailsIsUndoneAndOnlyThatItWasTriedIsWritten() {
    Camera camera = SampleDevices.camera("gate", 1);
    List<CameraId> told = new ArrayList<>();
    catalogue.cameras().onChange((id, changed) -> told.add(id));
    assertThatThrownBy(
            () ->
                catalogue
                    .audit()
                    .inOneAct(
                        act("camera gate"),
                        () -> {
                          catalogue.cameras().create(camera);
                          throw new VmsException(ErrorKind.CONFLICT, "changed my mind");
                        }))
        .hasMessage("changed my mind");
    assertThat(catalogue.cameras().find(camera.id())).isEmpty();
    assertThat(told).isEmpty();
    assertThat(all())
        .singleElement()
        .satisfies(event -> assertThat(event.result()).isEqualTo(AuditEvent.Result.FAILED))
        .satisfies(event -> assertThat(event.details()).containsEntry("problem", "conflict"));
  }

  @Test
  void anActThatCannotBeRecordedDoesNotHappen() throws SQLException {
    execute("alter table audit_head rename to elsewhere");
    Camera camera = SampleDevices.camera("gate", 1);
    assertThatThrownBy(
            () ->
                catalogue
                    .audit()
                    .inOneAct(
                        act("camera gate"),
                        () -> {
                          catalogue.cameras().create(camera);
                          return camera;
                        }))
        .isInstanceOf(VmsException.class);
    assertThat(catalogue.cameras().find(camera.id())).isEmpty();
  }

  @Test
  void whoCatchesAFailureInsideAnActCanGoOn() {
    Camera camera = SampleDevices.camera("gate", 1);
    catalogue.cameras().create(camera);
    String found =
        catalogue
            .audit()
            .inOneAct(
                act("camera gate"),
                () -> {
                  assertThatThrownBy(() -> catalogue.registry().register(camera, null, null))
                      .isInstanceOf(VmsException.class);
                  catalogue.audit().append(act("inside"));
                  return catalogue.cameras().find(camera.id()).orElseThrow().name();
                });
    assertThat(found).isEqualTo(camera.name());
    assertThat(all()).extracting(AuditEvent::object).containsExactly("camera gate", "inside");
  }

  @Test
  void actsThatTakeLongDoNotStandInEachOthersWay() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(
                () ->
                    catalogue
                        .audit()
                        .inOneAct(
                            act("slow"),
                            () -> {
                              inside.countDown();
                              await(release);
                              return true;
                            }));
    inside.await();
    catalogue.audit().append(act("quick"));
    release.countDown();
    slow.join();
    assertThat(all()).extracting(AuditEvent::object).containsExactly("slow", "quick");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDatabaseThatNobodyTouchedIsProvenAndSoIsItsExport() {
    AuditEvidence evidence = keep();
    fill(2_600);
    evidence.checkpoint();
    AuditReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.provenUpTo()).isEqualTo(report.last()).isGreaterThanOrEqualTo(2_600);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    evidence.export(0, out);
    assertThat(verify(out).findings()).isEmpty();
    assertThat(verify(out).provenUpTo()).isGreaterThanOrEqualTo(2_600);
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    evidence.export(1_777, part);
    assertThat(verify(part).findings()).isEmpty();
    assertThat(verify(part).first()).isEqualTo(1_778);
  }

  @Test
  void proofsConvinceWhoHasOnlyCheckpoints() {
    AuditEvidence evidence = keep();
    fill(700);
    SignedNote early = SignedNote.parse(evidence.checkpoint());
    fill(900);
    SignedNote late = SignedNote.parse(evidence.checkpoint());
    long from = early.checkpoint().size();
    long to = late.checkpoint().size();
    assertThat(late.isSignedBy(VerifierKey.parse(evidence.key()))).isTrue();
    assertThat(
            MerkleProof.continues(
                from,
                early.checkpoint().root(),
                to,
                late.checkpoint().root(),
                evidence.consistency(from, to)))
        .isTrue();
    Bytes hash = hashOf(300);
    assertThat(
            MerkleProof.includes(
                hash, 299, to, evidence.inclusion(300, to), late.checkpoint().root()))
        .isTrue();
    assertThatThrownBy(() -> evidence.inclusion(300, to + 1))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
  }

  @Test
  void aByteChangedByHandIsFoundAndTheRecordIsNamed() throws SQLException {
    signedLog();
    execute("update audit_records set actor = 'aidb' where number = 1500");
    assertThat(verify().findings())
        .containsExactly(
            new AuditFinding(
                Kind.CHANGED, 1_500, "record 1500 was changed: it is not what its hash is of"));
    execute("update audit_records set details = '[1]' where number = 1600");
    execute("update audit_records set action = 'nothing' where number = 1601");
    execute("update audit_records set hash = '\\x00' where number = 1700");
    assertThat(verify().findings())
        .extracting(AuditFinding::number)
        .contains(1_500L, 1_600L, 1_601L, 1_700L);
  }

  @Test
  void deletedMovedAndCutOffRecordsAreFound() throws SQLException {
    signedLog();
    execute("delete from audit_records where number = 1500");
    assertThat(verify().findings())
        .containsExactly(new AuditFinding(Kind.MISSING, 1_500, "record 1500 is missing"));
    execute("update audit_records set number = 1000005 where number = 5");
    execute("update audit_records set number = 5 where number = 6");
    execute("update audit_records set number = 6 where number = 1000005");
    assertThat(verify().findings()).extracting(AuditFinding::number).contains(5L, 6L, 1_500L);
  }

  @Test
  void aCutOffEndIsFoundAlsoWhenTheHeadWasSetBack() throws SQLException {
    signedLog();
    execute("delete from audit_records where number > 1900");
    assertThat(verify().findings())
        .anyMatch(found -> found.kind() == Kind.MISSING && found.number() == 1_901);
  }

  @Test
  void aDatabasePutBackIsFoundByTheFileBesideIt() throws SQLException {
    AuditEvidence evidence = keep();
    fill(100);
    evidence.checkpoint();
    List<String> tables =
        List.of("audit_head", "audit_records", "audit_nodes", "audit_checkpoints");
    for (String table : tables) {
      execute("create table copy_" + table + " as select * from " + table);
    }
    fill(60);
    evidence.checkpoint();
    catalogue.close();
    for (String table : tables) {
      execute("truncate " + table);
      execute("insert into " + table + " select * from copy_" + table);
    }
    reopen();
    assertThat(verify().findings())
        .anyMatch(found -> found.kind() == Kind.MISSING && found.words().contains("at the end"));
    catalogue.keepAudit(SIX_YEARS);
    awaitRecorded("the log does not go on from what was signed");
    catalogue.close();
    reopen();
    fill(200);
    assertThat(verify().findings()).anyMatch(found -> found.kind() == Kind.NOT_WHAT_WAS_SIGNED);
  }

  private void signedLog() {
    AuditEvidence evidence = keep();
    fill(2_000);
    evidence.checkpoint();
    assertThat(verify().findings()).isEmpty();
  }

  private AuditEvidence keep() {
    AuditEvidence evidence = catalogue.keepAudit(SIX_YEARS);
    awaitRecorded("the key of checkpoints is new");
    return evidence;
  }

  private void fill(int records) {
    Thread[] writers = new Thread[20];
    for (int writer = 0; writer < writers.length; writer++) {
      int count = records / writers.length;
      writers[writer] =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < count; i++) {
                      catalogue.audit().append(act("camera " + i));
                    }
                  });
    }
    for (Thread writer : writers) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitRecorded(String reason) {
    while (all().stream().noneMatch(event -> event.reason().equals(reason))) {
      Thread.onSpinWait();
    }
  }

  private AuditReport verify() {
    return catalogue.verifyAudit(List.of(), List.of());
  }

  private static AuditReport verify(ByteArrayOutputStream export) {
    return AuditExportReader.verify(
        new ByteArrayInputStream(export.toByteArray()), List.of(), List.of());
  }

  private Bytes hashOf(long number) {
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery("select hash from audit_records where number = " + number)) {
      assertThat(row.next()).isTrue();
      return Bytes.copyOf(row.getBytes(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private List<AuditEvent> all() {
    return catalogue
        .audit()
        .find(
            new AuditLog.Query(
                null,
                null,
                Set.of(),
                new TimeRange(NOW.minus(Duration.ofDays(400)), NOW.plus(Duration.ofDays(4_000))),
                Long.MAX_VALUE,
                1_000))
        .stream()
        .map(AuditLog.Entry::event)
        .toList();
  }

  private static AuditEvent act(String object) {
    return AuditEvent.of(
        VmsClock.system().now(),
        "aida",
        "test",
        AuditAction.CHANGE_CAMERA,
        object,
        AuditEvent.Result.DONE);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
