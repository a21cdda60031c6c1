package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.OrganisationContract;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.storage.embedded.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy of a catalogue is true to the database. */
class AccessKeeperTest {
  private static final AccountId AIDA = new AccountId("aida");
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;
  private DatabaseConfig config;
  private Catalogue catalogue;
  private UnitId north;
  private UnitId school;

  @BeforeEach
  void open() throws SQLException {
    config = TestPostgres.database(directory);
    catalogue = reopened();
    north = catalogue.organisation().create(UnitId.ROOT, OrganisationContract.region("N")).id();
    school = catalogue.organisation().create(north, OrganisationContract.school("S")).id();
    catalogue
        .accounts()
        .create(new Account(AIDA, Account.Kind.PERSON, "Aida", false, null, LONG_AGO, 1));
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  private Catalogue reopened() {
    Catalogue opened = Catalogue.open(config, directory, new SimpleMeterRegistry());
    assertThat(opened.awaitReady(Duration.ofSeconds(60))).isTrue();
    return opened;
  }

  private boolean seesTheGate() {
    return catalogue.policy().allows(AIDA, Right.VIEW_LIVE, GATE);
  }

  @Test
  void everyChangeIsTrueWhenTheCallReturns() {
    catalogue.cameras().create(SampleDevices.camera("gate", 1));
    RoleAssignment given = catalogue.roles().assign(AIDA, "operator", north, null, null);
    assertThat(seesTheGate()).isFalse();
    catalogue.organisation().assign(GATE, school);
    assertThat(seesTheGate()).isTrue();
    assertThat(catalogue.policy().cameras(AIDA, Right.VIEW_LIVE, null, 10)).containsExactly(GATE);
    UnitId south =
        catalogue.organisation().create(UnitId.ROOT, OrganisationContract.region("South")).id();
    catalogue.organisation().move(school, south);
    assertThat(seesTheGate()).isFalse();
    catalogue.organisation().move(school, north);
    Account aida = catalogue.accounts().find(AIDA).orElseThrow();
    aida = catalogue.accounts().change(with(aida, true));
    assertThat(seesTheGate()).isFalse();
    catalogue.accounts().change(with(aida, false));
    assertThat(seesTheGate()).isTrue();
    catalogue.cameras().delete(GATE);
    assertThat(seesTheGate()).isFalse();
    catalogue.cameras().create(SampleDevices.camera("gate", 1));
    catalogue.organisation().assign(GATE, north);
    assertThat(seesTheGate()).isTrue();
    catalogue.roles().revoke(given.number());
    assertThat(seesTheGate()).isFalse();
  }

  @Test
  void theClassOfASiteIsKnown() {
    catalogue.cameras().create(SampleDevices.camera("gate", 1));
    catalogue.organisation().assign(GATE, school);
    assertThat(catalogue.policy().needsApproval(Right.EXPORT, GATE)).isTrue();
    Organisation.Draft street =
        new Organisation.Draft(UnitKind.SITE, "S", SiteClass.STREET, "", "", "", "");
    catalogue.organisation().change(school, 1, street);
    assertThat(catalogue.policy().needsApproval(Right.EXPORT, GATE)).isFalse();
    UnitId other =
        catalogue.organisation().create(north, OrganisationContract.school("Other")).id();
    catalogue.organisation().assign(GATE, other);
    catalogue.close();
    catalogue = reopened();
    await(() -> catalogue.policy().needsApproval(Right.EXPORT, GATE));
  }

  @Test
  void aServerThatStartsKnowsAll() {
    catalogue.cameras().create(SampleDevices.camera("gate", 1));
    catalogue.organisation().assign(GATE, school);
    catalogue.roles().assign(AIDA, "operator", north, null, null);
    catalogue.close();
    catalogue = reopened();
    await(this::seesTheGate);
    assertThat(catalogue.policy().allows(AIDA, Right.STEER, school)).isTrue();
  }

  @Test
  void whatAnotherServerChangesIsSeenAndTold() throws Exception {
    SynchronousQueue<Boolean> told = new SynchronousQueue<>();
    AccessPolicy policy = catalogue.policy();
    try (Catalogue other = reopened();
        AutoCloseable listening =
            policy.onChange(() -> told.offer(policy.allowsSomewhere(AIDA, Right.STEER)))) {
      assertThat(listening).isNotNull();
      RoleAssignment given = other.roles().assign(AIDA, "operator", north, null, null);
      while (!Boolean.TRUE.equals(told.poll(20, TimeUnit.SECONDS))) {
        Thread.onSpinWait();
      }
      other.roles().revoke(given.number());
      while (!Boolean.FALSE.equals(told.poll(20, TimeUnit.SECONDS))) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void rightsEndByThemselvesAndItIsTold() throws Exception {
    catalogue.cameras().create(SampleDevices.camera("gate", 1));
    Instant end = Instant.now().plusMillis(1_500);
    catalogue.roles().assign(AIDA, "operator", UnitId.ROOT, LONG_AGO, end);
    SynchronousQueue<Boolean> told = new SynchronousQueue<>();
    try (AutoCloseable listening = catalogue.policy().onChange(() -> told.offer(seesTheGate()))) {
      assertThat(listening).isNotNull();
      assertThat(seesTheGate()).isTrue();
      Boolean sees;
      do {
        sees = told.poll(20, TimeUnit.SECONDS);
        assertThat(sees).isNotNull();
      } while (sees);
    }
    assertThat(Duration.between(end, Instant.now()))
        .isBetween(Duration.ZERO, Duration.ofSeconds(5));
  }

  @Test
  void whileTheDatabaseIsAwayTheLastRightsHold() throws SQLException {
    catalogue.cameras().create(SampleDevices.camera("gate", 1));
    catalogue.organisation().assign(GATE, school);
    catalogue.roles().assign(AIDA, "operator", north, null, null);
    String name = config.url().substring(config.url().lastIndexOf('/') + 1);
    try (Connection connection = TestPostgres.connect(TestPostgres.emptyDatabase());
        Statement statement = connection.createStatement()) {
      statement.execute("alter database " + name + " allow_connections false");
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
      await(() -> !isReady());
      assertThat(seesTheGate()).isTrue();
      statement.execute("alter database " + name + " allow_connections true");
    }
    await(this::isReady);
    catalogue.organisation().assign(GATE, UnitId.ROOT);
    assertThat(seesTheGate()).isFalse();
  }

  private boolean isReady() {
    try {
      catalogue.check();
      return true;
    } catch (VmsException e) {
      return false;
    }
  }

  private static Account with(Account account, boolean disabled) {
    return new Account(
        account.id(),
        account.kind(),
        account.displayName(),
        disabled,
        account.subject(),
        account.createdAt(),
        account.version());
  }

  private static void await(BooleanSupplier condition) {
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }
}
