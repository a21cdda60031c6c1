package kg.sakchy.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.organisation.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * The roles there are, and who has them where and when. A new server has {@link BuiltInRoles}.
 *
 * <p>Somebody can always manage people. A <i>guardian</i> is a person who is not disabled, signs in
 * here and not at the identity provider, and has now, and without an end, a role with {@link
 * Right#MANAGE_PEOPLE} over {@link UnitId#ROOT}. What would leave no guardian is refused with
 * FAILED_PRECONDITION, here and where accounts are disabled, also when two do it at the same time.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface Roles {
  /** There are at most so many roles. */
  int MAX_ROLES = 200;

  /** An account has at most so many assignments. */
  int MAX_ASSIGNMENTS = 100;

  /** All roles in the order of names. */
  List<Role> list();

  /** The role of exactly this name. */
  Optional<Role> find(String name);

  /**
   * Adds a role, or changes what the role of that name allows to all who have it.
   *
   * @throws kg.sakchy.core.error.VmsException RESOURCE_EXHAUSTED for one more than {@link
   *     #MAX_ROLES}; FAILED_PRECONDITION when nobody could manage people any more
   */
  void put(Role role);

  /**
   * Removes a role; returns whether it existed.
   *
   * @throws kg.sakchy.core.error.VmsException FAILED_PRECONDITION while somebody has it
   */
  boolean remove(String name);

  /**
   * Gives a role.
   *
   * @param from as in {@link RoleAssignment}
   * @param until as in {@link RoleAssignment}
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND without the account, the role or the unit;
   *     CONFLICT when the account has exactly that; RESOURCE_EXHAUSTED for one more than {@link
   *     #MAX_ASSIGNMENTS}
   */
  RoleAssignment assign(
      AccountId account, String role, UnitId unit, @Nullable Instant from, @Nullable Instant until);

  /**
   * Takes a role away; returns whether the assignment existed.
   *
   * @throws kg.sakchy.core.error.VmsException FAILED_PRECONDITION when nobody could manage people
   *     any more
   */
  boolean revoke(long number);

  /**
   * Gives an account exactly these roles as those that come from the identity provider, for ever;
   * what it has from there beside them is taken away. What was given to it otherwise stays, and is
   * not given twice. A role or unit that does not exist is left out.
   *
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND without the account; RESOURCE_EXHAUSTED for
   *     more than {@link #MAX_ASSIGNMENTS}
   */
  Provided provide(AccountId account, Set<RoleGrant> grants);

  /**
   * What {@link #provide} did.
   *
   * @param given what the account did not have before
   * @param taken what it had before
   * @param unknown what names a role or unit that does not exist
   */
  record Provided(List<RoleGrant> given, List<RoleGrant> taken, List<RoleGrant> unknown) {
    public Provided {
      given = List.copyOf(given);
      taken = List.copyOf(taken);
      unknown = List.copyOf(unknown);
    }

    /** Whether nothing changed, and nothing was left out. */
    public boolean isNothing() {
      return given.isEmpty() && taken.isEmpty() && unknown.isEmpty();
    }
  }

  Optional<RoleAssignment> assignment(long number);

  /** Everything an account has, had and will have, in the order of numbers. */
  List<RoleAssignment> assignments(AccountId account);

  /**
   * One page of the assignments over units of a part of the organisation, in the order of numbers.
   *
   * @param within this unit and everything below it
   * @param after the last number of the page before, or 0 for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<RoleAssignment> assignments(UnitId within, long after, int limit);

  /** Calls {@code listener} after every committed change; it must be quick. */
  void onChange(Runnable listener);
}
