package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import kg.sakchy.core.OrganisationContract;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.storage.embedded.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rights and the organisation among 20,000 sites of nine regions with a camera each: how fast they
 * are, printed, and that they are as fast as they must be.
 */
class AccessFiguresTest {
  private static final int CAMERAS = 20_000;
  private static final int FIRST_SITE = 100;
  private static final UnitId REGION = new UnitId(12);
  private static final UnitId SITE = new UnitId(FIRST_SITE + 4_711);
  private static final AccountId MINISTER = new AccountId("minister");
  private static final AccountId REGIONAL = new AccountId("regional");
  private static final AccountId TEACHER = new AccountId("teacher");

  /** Regions are 11 to 19, sites from 100 on. */
  private static final String UNITS =
      """
      insert into units (id, parent, path, kind, name, name_key, site_class, address,
        geographic_code, cadastre_id, officer, search_text, search_pieces, version)
      select id, parent, path, kind, name, sha256(convert_to(lower(name), 'UTF8')), site_class,
        '', '', '', '', lower(name) || E'\\n',
        array(select distinct substr(lower(name), i, 3) from generate_series(1, length(name) - 2) i),
        1
      from (
        select 10 + r as id, 1 as parent, '/1/' || 10 + r || '/' as path, 'region' as kind,
          'Region ' || r as name, null as site_class
        from generate_series(1, 9) r
        union all
        select 100 + s, 11 + s % 9, '/1/' || 11 + s % 9 || '/' || 100 + s || '/', 'site',
          'School number ' || s || ' of somebody famous', 'school'
        from generate_series(0, 19999) s) made
      """;

  @TempDir static Path directory;
  private static DatabaseConfig config;
  private static Catalogue catalogue;

  @BeforeAll
  static void fill() throws SQLException {
    config = TestPostgres.database(directory);
    try (Connection connection = TestPostgres.connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute(UNITS);
      statement.execute(
          "insert into cameras (id, name, main_uri, main_transport, recording, created_us, version)"
              + " select 'cam-' || lpad(s::text, 5, '0'), 'Camera', 'rtsp://10.0.0.1/', 'TCP',"
              + " false, 0, 1 from generate_series(0, 19999) s");
      statement.execute(
          "insert into camera_units select 'cam-' || lpad(s::text, 5, '0'), 100 + s"
              + " from generate_series(0, 19999) s");
      statement.execute("vacuum analyze");
    }
    catalogue = Catalogue.open(config, directory, new SimpleMeterRegistry());
    assertThat(catalogue.awaitReady(Duration.ofSeconds(60))).isTrue();
    give(MINISTER, UnitId.ROOT);
    give(REGIONAL, REGION);
    give(TEACHER, SITE);
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
  void aRightIsCheckedWithinFiftyMicroseconds() {
    AccessPolicy policy = catalogue.policy();
    for (AccountId account : List.of(MINISTER, REGIONAL, TEACHER)) {
      long[] nanos =
          sorted(20_000, i -> policy.allows(account, Right.VIEW_LIVE, camera(i * 31 % CAMERAS)));
      report("right of " + account, nanos, 1e3, "µs");
      assertThat(nanos[nanos.length / 2]).isLessThan(50_000);
    }
    assertThat(policy.allows(TEACHER, Right.VIEW_LIVE, camera(4_711))).isTrue();
    assertThat(policy.allows(TEACHER, Right.VIEW_LIVE, camera(4_712))).isFalse();
  }

  @Test
  void aPageOfOnesCamerasTakesThirtyMilliseconds() {
    AccessPolicy policy = catalogue.policy();
    for (AccountId account : List.of(MINISTER, REGIONAL, TEACHER)) {
      long[] nanos =
          sorted(
              300, i -> policy.cameras(account, Right.VIEW_LIVE, camera(i * 977 % CAMERAS), 100));
      report("page of the cameras of " + account, nanos, 1e6, "ms");
      assertThat(nanos[nanos.length * 95 / 100]).isLessThan(30_000_000);
    }
    assertThat(policy.cameras(TEACHER, Right.VIEW_LIVE, null, 100)).containsExactly(camera(4_711));
    assertThat(policy.cameras(REGIONAL, Right.VIEW_LIVE, null, 1_000)).hasSize(1_000);
  }

  @Test
  void unitsAreFoundByIndexAndCamerasListed() {
    report(
        "search of one site",
        sorted(100, i -> catalogue.organisation().search("number " + i * 199, REGION, null, 100)),
        1e6,
        "ms");
    report(
        "search of what all have",
        sorted(100, i -> catalogue.organisation().search("famous", REGION, null, 100)),
        1e6,
        "ms");
    report(
        "cameras of a region",
        sorted(100, i -> catalogue.organisation().cameras(REGION, camera(i * 199), 100)),
        1e6,
        "ms");
    assertThat(catalogue.organisation().search("NUMBER 4711 of", UnitId.ROOT, null, 100))
        .hasSize(1);
    assertThat(plan()).contains("units_search").doesNotContain("Seq Scan on units");
  }

  @Test
  void aMoveOfARegionsSitesIsSeenByThePolicy() {
    UnitId district =
        catalogue.organisation().create(UnitId.ROOT, OrganisationContract.region("Other")).id();
    long begin = System.nanoTime();
    catalogue.organisation().move(new UnitId(FIRST_SITE), district);
    System.out.printf("move of a site: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
    assertThat(catalogue.organisation().pathOf(camera(0)).isWithin(district)).isTrue();
  }

  private static String plan() {
    try (Database database = CatalogueFixture.database(config)) {
      return database.call("explaining", AccessFiguresTest::explain);
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

  /** Nanoseconds of each of so many calls, after as many to warm up, the shortest first. */
  private static long[] sorted(int calls, IntFunction<Object> call) {
    for (int i = 0; i < calls; i++) {
      assertThat(call.apply(i)).isNotNull();
    }
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      long begin = System.nanoTime();
      Object answer = call.apply(i);
      nanos[i] = System.nanoTime() - begin;
      assertThat(answer).isNotNull();
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void report(String what, long[] nanos, double unit, String name) {
    System.out.printf(
        "%s: p50 %.2f, p95 %.2f, p99 %.2f %s%n",
        what,
        nanos[nanos.length / 2] / unit,
        nanos[nanos.length * 95 / 100] / unit,
        nanos[nanos.length * 99 / 100] / unit,
        name);
  }

  private static CameraId camera(int number) {
    return new CameraId("cam-%05d".formatted(number));
  }
}
