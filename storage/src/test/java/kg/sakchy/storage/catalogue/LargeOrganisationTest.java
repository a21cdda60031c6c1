package kg.sakchy.storage.catalogue;

import static kg.sakchy.storage.LargeOrganisation.REGION;
import static kg.sakchy.storage.LargeOrganisation.camera;
import static kg.sakchy.storage.LargeOrganisation.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.OrganisationContract;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.storage.LargeOrganisation;
import kg.sakchy.storage.embedded.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights and the organisation among 20,000 sites. How fast they are says {@code AccessBench}. */
class LargeOrganisationTest {
  private static final AccountId REGIONAL = new AccountId("regional");
  private static final AccountId TEACHER = new AccountId("teacher");

  @TempDir static Path directory;
  private static DatabaseConfig config;
  private static Catalogue catalogue;

  @BeforeAll
  static void fill() throws SQLException {
    config = TestPostgres.database(directory);
    LargeOrganisation.fill(config);
    catalogue = Catalogue.open(config, directory, new SimpleMeterRegistry());
    assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
    give(REGIONAL, REGION);
    give(TEACHER, site(4_711));
  }

  private static void give(AccountId account, UnitId unit) {
    catalogue
        .accounts()
        .create(new Account(account, Account.Kind.PERSON, "P", false, null, Instant.EPOCH, 1));
    catalogue.roles().assign(account, "operator", unit, null, null);
  }

  @AfterAll
  static void close() {
    catalogue.close();
  }

  @Test
  void everybodyHasHisOwnCamerasAmongAll() {
    AccessPolicy policy = catalogue.policy();
    assertThat(policy.allows(TEACHER, Right.VIEW_LIVE, camera(4_711))).isTrue();
    assertThat(policy.allows(TEACHER, Right.VIEW_LIVE, camera(4_712))).isFalse();
    assertThat(policy.cameras(TEACHER, Right.VIEW_LIVE, null, 100)).containsExactly(camera(4_711));
    assertThat(policy.cameras(REGIONAL, Right.VIEW_LIVE, null, 1_000)).hasSize(1_000);
  }

  @Test
  void unitsAreFoundByIndex() {
    assertThat(catalogue.organisation().search("NUMBER 4711 of", UnitId.ROOT, null, 100))
        .hasSize(1);
    assertThat(plan()).contains("units_search").doesNotContain("Seq Scan on units");
  }

  @Test
  void aMoveOfASiteIsSeenByThePolicy() {
    UnitId district =
        catalogue.organisation().create(UnitId.ROOT, OrganisationContract.region("Other")).id();
    catalogue.organisation().move(site(0), district);
    assertThat(catalogue.organisation().pathOf(camera(0)).isWithin(district)).isTrue();
    AccountId other = new AccountId("other");
    give(other, district);
    assertThat(catalogue.policy().allows(other, Right.VIEW_LIVE, camera(0))).isTrue();
  }

  private static String plan() {
    try (Database database = CatalogueFixture.database(config)) {
      return database.call("explaining", LargeOrganisationTest::explain);
    }
  }

  private static String explain(Handle handle) {
    try (Query query = handle.createQuery("explain (costs off) " + PostgresOrganisation.SEARCH)) {
      return String.join(
          "\n",
          query
              .bind("text", "number 4711")
              .bindArray("pieces", String.class, UnitRow.pieces("number 4711"))
              .bind("within", 1)
              .bind("after", 0)
              .bind("limit", 100)
              .mapTo(String.class)
              .list());
    }
  }
}
