package kg.sakchy.storage;

import static kg.sakchy.storage.LargeOrganisation.CAMERAS;
import static kg.sakchy.storage.LargeOrganisation.REGION;
import static kg.sakchy.storage.LargeOrganisation.camera;
import static kg.sakchy.storage.LargeOrganisation.site;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.storage.embedded.TestPostgres;

/**
 * Prints how fast rights and the organisation are among 20,000 sites with a camera each.
 *
 * <p>Run with the test class path and an empty directory as the argument.
 */
public final class AccessBench {
  private static final Map<AccountId, UnitId> PEOPLE =
      Map.of(
          new AccountId("minister"),
          UnitId.ROOT,
          new AccountId("regional"),
          REGION,
          new AccountId("teacher"),
          site(4_711));

  private AccessBench() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    DatabaseConfig config = TestPostgres.database(directory);
    LargeOrganisation.fill(config);
    try (Catalogue catalogue = Catalogue.open(config, directory, new SimpleMeterRegistry())) {
      if (!catalogue.awaitReady(Duration.ofMinutes(2))) {
        catalogue.check();
      }
      PEOPLE.forEach((account, unit) -> give(catalogue, account, unit));
      PEOPLE.keySet().stream().sorted().forEach(each -> rights(catalogue.policy(), each));
      organisation(catalogue.organisation());
    }
  }

  private static void give(Catalogue catalogue, AccountId account, UnitId unit) {
    catalogue
        .accounts()
        .create(new Account(account, Account.Kind.PERSON, "P", false, null, Instant.EPOCH, 1));
    catalogue.roles().assign(account, "operator", unit, null, null);
  }

  private static void rights(AccessPolicy policy, AccountId account) {
    tell(
        "right of " + account,
        20_000,
        i -> policy.allows(account, Right.VIEW_LIVE, camera(i * 31 % CAMERAS)));
    tell(
        "page of the cameras of " + account,
        300,
        i -> policy.cameras(account, Right.VIEW_LIVE, camera(i * 977 % CAMERAS), 100));
  }

  private static void organisation(Organisation organisation) {
    tell(
        "search of one site",
        100,
        i -> organisation.search("number " + i * 199, REGION, null, 100));
    tell("search of what all have", 100, i -> organisation.search("famous", REGION, null, 100));
    tell("cameras of a region", 100, i -> organisation.cameras(REGION, camera(i * 199), 100));
    List<UnitId> regions = List.of(REGION, new UnitId(13));
    tell("move of a site", 20, i -> organisation.move(site(0), regions.get(i % 2)));
  }

  /** Times so many calls, after as many to warm up. */
  private static void tell(String what, int calls, IntConsumer call) {
    for (int i = 0; i < calls; i++) {
      call.accept(i);
    }
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      long begin = System.nanoTime();
      call.accept(i);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%s: p50 %.3f, p95 %.3f, p99 %.3f ms%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 95 / 100] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }
}
