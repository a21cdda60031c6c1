package kg.sakchy.web.role;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.AccessRules;
import kg.sakchy.web.access.Permissions;
import org.jspecify.annotations.Nullable;

/**
 * Nobody gives away more than he has: each right over the same unit, as far back, with as much
 * priority, for as long. Nor does he take away what he could not give, so that nobody gets rid of
 * who is set over him. Who manages people everywhere makes the roles, and so may give any.
 *
 * <p>Threads: safe for use by many threads; blocks as its ports do.
 */
final class Delegation {
  private static final Set<Right> BACK = EnumSet.of(Right.VIEW_ARCHIVE, Right.EXPORT);

  private final Roles roles;
  private final Organisation organisation;
  private final Permissions permissions;
  private final VmsClock clock;

  Delegation(Roles roles, Organisation organisation, Permissions permissions, VmsClock clock) {
    this.roles = roles;
    this.organisation = organisation;
    this.permissions = permissions;
    this.clock = clock;
  }

  /**
   * Lets somebody give or take away a role.
   *
   * @param until how long it is given for, or null for ever
   * @throws VmsException PERMISSION_DENIED when it is more than he has
   */
  void require(Caller caller, Role role, UnitId unit, @Nullable Instant until) {
    if (permissions.allows(caller, Right.MANAGE_PEOPLE, UnitId.ROOT)) {
      return;
    }
    List<RoleAssignment> own =
        roles.assignments(caller.account()).stream()
            .filter(each -> each.holdsAt(clock.now()) && isOver(each, unit))
            .toList();
    for (Right right : role.rights()) {
      boolean has =
          caller.scope().contains(right)
              && own.stream().anyMatch(each -> covers(each, right, role, until));
      if (!has) {
        throw new VmsException(
            ErrorKind.PERMISSION_DENIED,
            "the role %s holds %s, which you do not have over the unit %s to that extent"
                .formatted(role.name(), right.code(), unit));
      }
    }
  }

  private boolean isOver(RoleAssignment assignment, UnitId unit) {
    return organisation
        .find(unit)
        .orElseThrow(() -> AccessRules.noUnit(unit))
        .path()
        .isWithin(assignment.unit());
  }

  private boolean covers(RoleAssignment own, Right right, Role given, @Nullable Instant until) {
    Instant end = own.until();
    boolean asLong = end == null || (until != null && !until.isAfter(end));
    return asLong
        && roles
            .find(own.role())
            .filter(role -> role.rights().contains(right) && isEnough(role, right, given))
            .isPresent();
  }

  private static boolean isEnough(Role own, Right right, Role given) {
    if (BACK.contains(right)) {
      Duration depth = own.archiveDepth();
      Duration wanted = given.archiveDepth();
      return depth == null || (wanted != null && wanted.compareTo(depth) <= 0);
    }
    return right != Right.STEER || given.steerPriority() <= own.steerPriority();
  }
}
