package kg.sakchy.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.storage.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Proof of who did what, as an auditor gets it: a real database, an export, and a forger. */
@Isolated("replaces standard output and error")
class AuditCommandTest {
  private static final int RECORDS = 40;

  @TempDir Path dir;
  private Path data;
  private String config;

  private record Said(int code, String words) {}

  @BeforeEach
  void recordSomething() throws IOException {
    data = dir.resolve("data");
    config = Files.writeString(dir.resolve("vms.yaml"), "dataDir: " + data + "\n").toString();
    try (Catalogue catalogue =
        Catalogue.open(DatabaseConfig.DEFAULTS, data, new SimpleMeterRegistry())) {
      assertThat(catalogue.awaitReady(Duration.ofMinutes(2))).isTrue();
      AuditEvidence evidence = catalogue.keepAudit(2_192);
      for (int i = 0; i < RECORDS; i++) {
        catalogue
            .audit()
            .append(
                AuditEvent.of(
                    Instant.now(),
                    "aida",
                    "test",
                    AuditAction.VIEW_LIVE,
                    "camera gate",
                    AuditEvent.Result.DONE));
      }
      evidence.checkpoint();
    }
  }

  @Test
  void theDatabaseAndItsExportAreProvenAndAByteChangedByHandIsFound() throws Exception {
    Said fine = run("audit", "verify", "--config", config);
    assertThat(fine.words()).contains("proven up to").contains("nothing is wrong");
    assertThat(fine.code()).isZero();

    Path export = dir.resolve("audit.jsonl");
    assertThat(run("audit", "export", "--config", config, export.toString()).code()).isZero();
    Said exported = run("audit", "verify", export.toString());
    assertThat(exported.words()).contains("nothing is wrong");
    assertThat(exported.code()).isZero();
    assertThat(run("audit", "export", "--config", config, export.toString()).code()).isEqualTo(75);

    String changed =
        Files.readString(export)
            .replaceFirst("(\"actor\":\")aida(\".{0,200}\"number\":17,)", "$1aidb$2");
    Path forged = Files.writeString(dir.resolve("forged.jsonl"), changed);
    Said found = run("audit", "verify", forged.toString());
    assertThat(found.words()).contains("record 17 was changed");
    assertThat(found.code()).isEqualTo(74);

    changeByHand();
    Said inDatabase = run("audit", "verify", "--config", config);
    assertThat(inDatabase.words()).contains("record 23 was changed");
    assertThat(inDatabase.code()).isEqualTo(74);
  }

  @Test
  void whatIsNoExportIsRefusedInOneSentence() throws IOException {
    assertThat(run("audit", "verify", dir.resolve("nothing").toString()))
        .isEqualTo(new Said(66, "vms: there is no file " + dir.resolve("nothing") + "\n"));
    assertThat(run("audit", "verify", config))
        .isEqualTo(new Said(78, "vms: this is no export of an audit\n"));
    assertThat(run("audit", "verify", "--key", "x", config).code()).isEqualTo(78);
  }

  private void changeByHand() throws SQLException {
    Path cluster = data.resolve("db");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(cluster, cluster, 3);
        Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password().value());
        Statement statement = connection.createStatement()) {
      statement.execute("update audit_records set object = 'camera gat' where number = 23");
    }
  }

  private static Said run(String... command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      int code = Vms.run(command);
      return new Said(code, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
