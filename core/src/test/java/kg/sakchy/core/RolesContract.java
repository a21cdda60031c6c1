package kg.sakchy.core;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.access.BuiltInRoles;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.access.RoleGrant;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import org.junit.jupiter.api.Test;

/**
 * What all {@link Roles} promise together with accounts and the organisation. A test class
 * implements it and names all three.
 */
public interface RolesContract {
  Instant SPRING = Instant.parse("2026-03-01T00:00:00Z");
  Instant SUMMER = Instant.parse("2026-06-01T00:00:00Z");

  /** The roles under test, nobody has one at the beginning of each test. */
  Roles roles();

  AccountStore accounts();

  Organisation organisation();

  /** Makes an account. */
  private AccountId account(String id, Account.Kind kind) {
    AccountId name = new AccountId(id);
    accounts().create(new Account(name, kind, "Account " + id, false, null, SPRING, 1));
    return name;
  }

  private AccountId person(String id) {
    return account(id, Account.Kind.PERSON);
  }

  private RoleAssignment administrator(AccountId account) {
    return roles().assign(account, BuiltInRoles.ADMINISTRATOR.name(), UnitId.ROOT, null, null);
  }

  private void disable(AccountId id, boolean disabled) {
    Account old = accounts().find(id).orElseThrow();
    accounts()
        .change(
            new Account(
                id,
                old.kind(),
                old.displayName(),
                disabled,
                old.subject(),
                old.createdAt(),
                old.version()));
  }

  @Test
  default void theBuiltInOnesAreThere() {
    assertThat(roles().list()).containsExactlyInAnyOrderElementsOf(BuiltInRoles.ALL);
    assertThat(roles().list()).extracting(Role::name).isSorted();
    assertThat(roles().find("operator")).contains(BuiltInRoles.OPERATOR);
    assertThat(roles().find("Operator")).isEmpty();
  }

  @Test
  default void keepsEveryFieldAndReplacesWhatHasTheName() {
    Role all = new Role("Всё 'и' больше", Set.of(Right.values()), Duration.ofSeconds(1), 100);
    roles().put(all);
    assertThat(roles().find(all.name())).contains(all);
    Role none = new Role(all.name(), Set.of(), null, 0);
    roles().put(none);
    assertThat(roles().find(all.name())).contains(none);
    assertThat(roles().list()).hasSize(BuiltInRoles.ALL.size() + 1);
    assertThat(roles().remove(all.name())).isTrue();
    assertThat(roles().remove(all.name())).isFalse();
    assertThat(roles().find(all.name())).isEmpty();
  }

  @Test
  default void thereIsAnEndOfRoles() {
    for (int i = BuiltInRoles.ALL.size(); i < Roles.MAX_ROLES; i++) {
      roles().put(new Role("role " + i, Set.of(), null, 0));
    }
    assertFails(
        ErrorKind.RESOURCE_EXHAUSTED, () -> roles().put(new Role("one more", Set.of(), null, 0)));
    roles().put(new Role("role 100", Set.of(Right.AUDIT), null, 0));
    assertThat(roles().list()).hasSize(Roles.MAX_ROLES);
  }

  @Test
  default void givesAndTakesRoles() {
    AccountId aida = person("aida");
    UnitId north = organisation().create(UnitId.ROOT, OrganisationContract.region("North")).id();
    RoleAssignment always = roles().assign(aida, "operator", north, null, null);
    RoleAssignment once = roles().assign(aida, "operator", north, SPRING, SUMMER);
    assertThat(always.number()).isPositive().isLessThan(once.number());
    assertThat(once)
        .isEqualTo(
            new RoleAssignment(once.number(), aida, "operator", north, SPRING, SUMMER, false));
    assertThat(roles().assignment(once.number())).contains(once);
    assertThat(roles().assignments(aida)).containsExactly(always, once);
    assertThat(roles().revoke(always.number())).isTrue();
    assertThat(roles().revoke(always.number())).isFalse();
    assertThat(roles().assignment(always.number())).isEmpty();
    assertThat(roles().assignments(aida)).containsExactly(once);
  }

  @Test
  default void refusesWhatCannotBeGiven() {
    AccountId aida = person("aida");
    roles().assign(aida, "operator", UnitId.ROOT, null, SUMMER);
    assertFails(
        ErrorKind.CONFLICT, () -> roles().assign(aida, "operator", UnitId.ROOT, null, SUMMER));
    assertFails(
        ErrorKind.NOT_FOUND, () -> roles().assign(aida, "astronaut", UnitId.ROOT, null, null));
    assertFails(
        ErrorKind.NOT_FOUND,
        () -> roles().assign(aida, "operator", OrganisationContract.NOBODY, null, null));
    assertFails(
        ErrorKind.NOT_FOUND,
        () -> roles().assign(new AccountId("nobody"), "operator", UnitId.ROOT, null, null));
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () -> roles().assign(aida, "operator", UnitId.ROOT, SUMMER, SUMMER));
    for (int i = 1; i < Roles.MAX_ASSIGNMENTS; i++) {
      roles().assign(aida, "operator", UnitId.ROOT, null, SUMMER.plusSeconds(i));
    }
    assertFails(
        ErrorKind.RESOURCE_EXHAUSTED,
        () -> roles().assign(aida, "operator", UnitId.ROOT, null, null));
  }

  @Test
  default void aRoleThatSomebodyHasAndAUnitWithRightsStay() {
    AccountId aida = person("aida");
    UnitId north = organisation().create(UnitId.ROOT, OrganisationContract.region("North")).id();
    RoleAssignment given = roles().assign(aida, "operator", north, null, null);
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> roles().remove("operator"));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().delete(north));
    roles().revoke(given.number());
    assertThat(roles().remove("operator")).isTrue();
    organisation().delete(north);
  }

  @Test
  default void listsWhatIsGivenOverAPartOfTheTree() {
    AccountId aida = person("aida");
    UnitId north = organisation().create(UnitId.ROOT, OrganisationContract.region("North")).id();
    UnitId school = organisation().create(north, OrganisationContract.school("School")).id();
    UnitId south = organisation().create(UnitId.ROOT, OrganisationContract.region("South")).id();
    RoleAssignment top = roles().assign(aida, "operator", UnitId.ROOT, null, null);
    RoleAssignment low = roles().assign(aida, "operator", school, null, null);
    RoleAssignment beside = roles().assign(aida, "operator", south, null, null);
    RoleAssignment middle = roles().assign(aida, "operator", north, null, null);
    assertThat(roles().assignments(UnitId.ROOT, 0, 10)).containsExactly(top, low, beside, middle);
    assertThat(roles().assignments(UnitId.ROOT, top.number(), 2)).containsExactly(low, beside);
    assertThat(roles().assignments(north, 0, 10)).containsExactly(low, middle);
    assertThat(roles().assignments(north, low.number(), 10)).containsExactly(middle);
  }

  @Test
  default void theLastGuardianStays() {
    AccountId aida = person("aida");
    RoleAssignment given = administrator(aida);
    AccountId program = account("program", Account.Kind.SERVICE);
    administrator(program);
    AccountId guest = person("guest");
    roles()
        .assign(guest, "administrator", UnitId.ROOT, null, Instant.parse("2999-01-01T00:00:00Z"));
    UnitId north = organisation().create(UnitId.ROOT, OrganisationContract.region("North")).id();
    AccountId local = person("local");
    roles().assign(local, "administrator", north, null, null);
    Role toothless = new Role("administrator", Set.of(Right.VIEW_LIVE), null, 0);
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> roles().revoke(given.number()));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> disable(aida, true));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> roles().put(toothless));
    assertThat(accounts().find(aida).orElseThrow().disabled()).isFalse();
    AccountId bakyt = person("bakyt");
    RoleAssignment second = administrator(bakyt);
    disable(aida, true);
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> roles().revoke(second.number()));
    disable(aida, false);
    assertThat(roles().revoke(second.number())).isTrue();
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> disable(aida, true));
  }

  @Test
  default void ofTwoAdministratorsWhoRemoveEachOtherOneStays() throws Exception {
    AccountId aida = person("aida");
    AccountId bakyt = person("bakyt");
    RoleAssignment first = administrator(aida);
    administrator(bakyt);
    for (int round = 0; round < 20; round++) {
      RoleAssignment his = first;
      List<Callable<Boolean>> tasks =
          List.of(
              () -> succeeds(() -> roles().revoke(his.number())),
              () -> succeeds(() -> disable(bakyt, true)));
      List<Boolean> results = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (Future<Boolean> done : threads.invokeAll(tasks)) {
          results.add(done.get());
        }
      }
      assertThat(results).containsExactlyInAnyOrder(true, false);
      if (results.getFirst()) {
        first = administrator(aida);
      } else {
        disable(bakyt, false);
      }
    }
  }

  private AccountId provided(String id) {
    AccountId name = new AccountId(id);
    accounts()
        .create(new Account(name, Account.Kind.PERSON, id, false, "https://id " + id, SPRING, 1));
    return name;
  }

  @Test
  default void whatTheProviderGivesItTakesAndNothingElse() {
    AccountId aida = provided("aida");
    UnitId north = organisation().create(UnitId.ROOT, OrganisationContract.region("North")).id();
    RoleAssignment byHand = roles().assign(aida, "operator", north, null, null);
    RoleGrant operator = new RoleGrant("operator", north);
    RoleGrant auditor = new RoleGrant("auditor", UnitId.ROOT);
    RoleGrant astronaut = new RoleGrant("astronaut", north);
    RoleGrant nowhere = new RoleGrant("operator", OrganisationContract.NOBODY);
    Roles.Provided first = roles().provide(aida, Set.of(operator, auditor, astronaut, nowhere));
    assertThat(first.given()).containsExactly(auditor);
    assertThat(first.taken()).isEmpty();
    assertThat(first.unknown()).containsExactlyInAnyOrder(astronaut, nowhere);
    List<RoleAssignment> both = roles().assignments(aida);
    assertThat(both).hasSize(2).contains(byHand);
    assertThat(both.getLast().provided()).isTrue();
    assertThat(roles().provide(aida, Set.of(operator, auditor)).isNothing()).isTrue();
    assertThat(roles().assignments(aida)).isEqualTo(both);
    Roles.Provided last = roles().provide(aida, Set.of());
    assertThat(last.taken()).containsExactly(auditor);
    assertThat(roles().assignments(aida)).containsExactly(byHand);
    assertFails(ErrorKind.NOT_FOUND, () -> roles().provide(new AccountId("nobody"), Set.of()));
  }

  @Test
  default void theProviderGivesNoMoreThanAnAccountCanHave() {
    AccountId aida = provided("aida");
    for (int i = 0; i < Roles.MAX_ASSIGNMENTS; i++) {
      roles().assign(aida, "operator", UnitId.ROOT, null, SUMMER.plusSeconds(i));
    }
    assertFails(
        ErrorKind.RESOURCE_EXHAUSTED,
        () -> roles().provide(aida, Set.of(new RoleGrant("auditor", UnitId.ROOT))));
    assertThat(roles().assignments(aida)).noneMatch(RoleAssignment::provided);
  }

  @Test
  default void whoSignsInAtTheProviderIsNoGuardian() {
    AccountId aida = person("aida");
    RoleAssignment given = administrator(aida);
    AccountId guest = provided("guest");
    administrator(guest);
    roles().provide(guest, Set.of(new RoleGrant("administrator", UnitId.ROOT)));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> roles().revoke(given.number()));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> disable(aida, true));
  }

  @Test
  default void tellsOfChanges() {
    AtomicInteger told = new AtomicInteger();
    roles().onChange(told::incrementAndGet);
    AccountId aida = person("aida");
    RoleAssignment given = roles().assign(aida, "operator", UnitId.ROOT, null, null);
    roles().revoke(given.number());
    roles().revoke(given.number());
    roles().put(new Role("new", Set.of(), null, 0));
    roles().remove("new");
    roles().remove("new");
    assertThat(told).hasValue(4);
  }

  private static boolean succeeds(Runnable change) {
    try {
      change.run();
      return true;
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION);
      return false;
    }
  }
}
