package kg.sakchy.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import kg.sakchy.core.access.BuiltInRoles;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.access.RoleGrant;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/** Roles and who has them in the heap. Threads: safe for use by many threads. */
public final class InMemoryRoles implements Roles {
  private final Organisation organisation;
  private final Function<AccountId, Optional<Account>> accounts;
  private final VmsClock clock;
  private final SortedMap<String, Role> roles = new TreeMap<>();
  private final SortedMap<Long, RoleAssignment> assignments = new TreeMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long lastNumber;

  /**
   * @param accounts finds an account
   */
  public InMemoryRoles(
      Organisation organisation, Function<AccountId, Optional<Account>> accounts, VmsClock clock) {
    this.organisation = organisation;
    this.accounts = accounts;
    this.clock = clock;
    BuiltInRoles.ALL.forEach(role -> roles.put(role.name(), role));
  }

  /** Assignments of accounts that are not disabled. */
  synchronized List<RoleAssignment> ofTheEnabled() {
    return assignments.values().stream()
        .filter(given -> accounts.apply(given.account()).filter(a -> !a.disabled()).isPresent())
        .toList();
  }

  /** Deletes a unit unless somebody has, had or will have a role over it. */
  synchronized void withoutUnit(UnitId unit, Runnable delete) {
    if (assignments.values().stream().anyMatch(given -> given.unit().equals(unit))) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "somebody has rights over the unit: " + unit);
    }
    delete.run();
  }

  /** Disables an account unless that would leave no guardian. */
  synchronized Account withoutAccount(AccountId account, Supplier<Account> disable) {
    requireGuardian(
        roles,
        assignments.values().stream().filter(given -> !given.account().equals(account)).toList());
    return disable.get();
  }

  @Override
  public synchronized List<Role> list() {
    return List.copyOf(roles.values());
  }

  @Override
  public synchronized Optional<Role> find(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  @Override
  public void put(Role role) {
    synchronized (this) {
      SortedMap<String, Role> next = new TreeMap<>(roles);
      next.put(role.name(), role);
      if (next.size() > MAX_ROLES) {
        throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "there are 200 roles already");
      }
      requireGuardian(next, assignments.values());
      roles.put(role.name(), role);
    }
    tell();
  }

  @Override
  public boolean remove(String name) {
    boolean existed;
    synchronized (this) {
      if (assignments.values().stream().anyMatch(given -> given.role().equals(name))) {
        throw new VmsException(ErrorKind.FAILED_PRECONDITION, "somebody has the role: " + name);
      }
      existed = roles.remove(name) != null;
    }
    if (existed) {
      tell();
    }
    return existed;
  }

  @Override
  public RoleAssignment assign(
      AccountId account,
      String role,
      UnitId unit,
      @Nullable Instant from,
      @Nullable Instant until) {
    RoleAssignment given;
    synchronized (this) {
      require(accounts.apply(account).isPresent(), "no such account: " + account);
      require(roles.containsKey(role), "no such role");
      require(organisation.find(unit).isPresent(), "no such unit: " + unit);
      RoleAssignment next =
          new RoleAssignment(lastNumber + 1, account, role, unit, from, until, false);
      if (assignments(account).stream().anyMatch(other -> isSame(other, next))) {
        throw new VmsException(ErrorKind.CONFLICT, "the account has the role there already");
      }
      if (assignments(account).size() >= MAX_ASSIGNMENTS) {
        throw new VmsException(
            ErrorKind.RESOURCE_EXHAUSTED, "an account has at most 100 assignments");
      }
      given = next;
      lastNumber++;
      assignments.put(given.number(), given);
    }
    tell();
    return given;
  }

  @Override
  public boolean revoke(long number) {
    boolean existed;
    synchronized (this) {
      Map<Long, RoleAssignment> next = new TreeMap<>(assignments);
      next.remove(number);
      requireGuardian(roles, next.values());
      existed = assignments.remove(number) != null;
    }
    if (existed) {
      tell();
    }
    return existed;
  }

  @Override
  public Provided provide(AccountId account, Set<RoleGrant> grants) {
    Provided done;
    synchronized (this) {
      require(accounts.apply(account).isPresent(), "no such account: " + account);
      List<RoleGrant> unknown = new ArrayList<>(grants);
      unknown.removeIf(
          each -> roles.containsKey(each.role()) && organisation.find(each.unit()).isPresent());
      List<RoleGrant> taken = new ArrayList<>();
      for (RoleAssignment old : assignments(account)) {
        RoleGrant grant = new RoleGrant(old.role(), old.unit());
        if (old.provided() && !grants.contains(grant)) {
          assignments.remove(old.number());
          taken.add(grant);
        }
      }
      List<RoleGrant> given = new ArrayList<>(grants);
      given.removeAll(unknown);
      assignments(account).stream()
          .filter(old -> old.from() == null && old.until() == null)
          .forEach(old -> given.remove(new RoleGrant(old.role(), old.unit())));
      if (assignments(account).size() + given.size() > MAX_ASSIGNMENTS) {
        throw new VmsException(
            ErrorKind.RESOURCE_EXHAUSTED, "an account has at most 100 assignments");
      }
      for (RoleGrant each : given) {
        lastNumber++;
        assignments.put(
            lastNumber,
            new RoleAssignment(lastNumber, account, each.role(), each.unit(), null, null, true));
      }
      done = new Provided(given, taken, unknown);
    }
    if (!done.given().isEmpty() || !done.taken().isEmpty()) {
      tell();
    }
    return done;
  }

  @Override
  public synchronized Optional<RoleAssignment> assignment(long number) {
    return Optional.ofNullable(assignments.get(number));
  }

  @Override
  public synchronized List<RoleAssignment> assignments(AccountId account) {
    return assignments.values().stream().filter(given -> given.account().equals(account)).toList();
  }

  @Override
  public synchronized List<RoleAssignment> assignments(UnitId within, long after, int limit) {
    List<RoleAssignment> page = new ArrayList<>();
    for (RoleAssignment given : assignments.tailMap(after + 1).values()) {
      if (page.size() < limit
          && organisation
              .find(given.unit())
              .filter(unit -> unit.path().isWithin(within))
              .isPresent()) {
        page.add(given);
      }
    }
    return page;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** There must be a guardian after a change if there was one before. */
  private void requireGuardian(
      Map<String, Role> thenRoles, Collection<RoleAssignment> thenAssignments) {
    if (anyGuardian(roles, assignments.values()) && !anyGuardian(thenRoles, thenAssignments)) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "somebody must be able to manage people");
    }
  }

  private boolean anyGuardian(Map<String, Role> in, Collection<RoleAssignment> given) {
    Instant now = clock.now();
    return given.stream()
        .filter(one -> one.unit().equals(UnitId.ROOT) && one.until() == null && one.holdsAt(now))
        .filter(one -> isEnabledPerson(one.account()))
        .map(one -> in.get(one.role()))
        .anyMatch(role -> role != null && role.rights().contains(Right.MANAGE_PEOPLE));
  }

  private boolean isEnabledPerson(AccountId id) {
    return accounts
        .apply(id)
        .filter(
            account ->
                account.kind() == Account.Kind.PERSON
                    && !account.disabled()
                    && account.subject() == null)
        .isPresent();
  }

  private static boolean isSame(RoleAssignment one, RoleAssignment other) {
    return one.role().equals(other.role())
        && one.unit().equals(other.unit())
        && Objects.equals(one.from(), other.from())
        && Objects.equals(one.until(), other.until());
  }

  private static void require(boolean there, String otherwise) {
    if (!there) {
      throw new VmsException(ErrorKind.NOT_FOUND, otherwise);
    }
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }
}
