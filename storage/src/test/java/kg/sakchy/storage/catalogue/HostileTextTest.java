package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import kg.sakchy.core.OrganisationContract;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.storage.embedded.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Texts made to be taken for SQL are kept and found as the texts they are, and do nothing else. */
class HostileTextTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

  /** What texts are put together from. */
  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\"",
          "\\",
          "\\'",
          ";",
          "--",
          "/*",
          "*/",
          "%",
          "_",
          "$1",
          "$$",
          ":id",
          "?",
          "??",
          "{",
          "}",
          "[",
          "E'",
          "\n",
          "\r\n",
          "\t",
          "\u2028",
          "\u02bc",
          "\uff07",
          "x",
          " or 1=1 ",
          "; drop table units cascade; ",
          "'); delete from accounts; --",
          " union select ",
          "pg_sleep(9)",
          "кёр",
          "\ud83c\uddf0");

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

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder("a");
    for (int i = random.nextInt(8); i >= 0 && text.length() < 60; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text + "z"; // at most 100 characters
  }

  @RepeatedTest(5)
  void isKeptAndFoundAndDoesNothing(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 20; i++) {
      String text = hostile(random);
      unit(text);
      role(text);
      account(text, new AccountId("a-" + i));
      record(text);
    }
    assertThat(catalogue.accounts().list(null, 100)).hasSize(20);
    assertThat(catalogue.organisation().find(UnitId.ROOT)).isPresent();
  }

  private void unit(String text) {
    Unit made = catalogue.organisation().create(UnitId.ROOT, OrganisationContract.region(text));
    assertThat(catalogue.organisation().find(made.id())).contains(made);
    assertThat(made.name()).isEqualTo(text);
    assertThat(catalogue.organisation().search(text, UnitId.ROOT, null, 100))
        .as(text)
        .containsExactly(made);
    catalogue.organisation().delete(made.id());
  }

  private void role(String text) {
    Role role = new Role(text, Set.of(Right.VIEW_LIVE), null, 0);
    catalogue.roles().put(role);
    assertThat(catalogue.roles().find(text)).contains(role);
    assertThat(catalogue.roles().remove(text)).isTrue();
  }

  private void account(String text, AccountId id) {
    Account account = new Account(id, Account.Kind.PERSON, text, false, text, NOW, 1);
    catalogue.accounts().create(account);
    assertThat(catalogue.accounts().findBySubject(text)).contains(account);
  }

  private void record(String text) {
    AuditEvent event =
        new AuditEvent(
            NOW,
            text,
            text,
            AuditAction.SYSTEM,
            text,
            text,
            AuditEvent.Result.DONE,
            new TreeMap<>(Map.of(text, text)));
    catalogue.audit().append(event);
    AuditLog.Query query =
        new AuditLog.Query(
            text, text, Set.of(), new TimeRange(NOW, NOW.plusSeconds(1)), Long.MAX_VALUE, 10);
    assertThat(catalogue.audit().find(query)).isNotEmpty();
    assertThat(catalogue.audit().find(query).getFirst().event()).isEqualTo(event);
  }
}
