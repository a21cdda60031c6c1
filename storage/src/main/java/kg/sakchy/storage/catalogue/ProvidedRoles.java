package kg.sakchy.storage.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.access.RoleGrant;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.organisation.UnitId;
import org.jdbi.v3.core.Handle;

/**
 * The assignments of an account that come from the identity provider. No guardian is among those
 * who have them, so that they need not be asked for.
 *
 * <p>Threads: stateless.
 */
final class ProvidedRoles {
  private static final String TAKE =
      "delete from role_assignments where account = ? and role = ? and unit = ? and provided";

  /** What somebody gave by hand is not given again. */
  private static final String GIVE =
      """
      insert into role_assignments (account, role, unit, provided)
      values (?, ?, ?, true)
      on conflict do nothing
      """;

  private ProvidedRoles() {}

  /** Does what {@link Roles#provide} says, for an account that is locked. */
  static Roles.Provided replace(Handle handle, AccountId account, Set<RoleGrant> grants) {
    List<RoleGrant> taken = new ArrayList<>(present(handle, account));
    taken.removeAll(grants);
    taken.forEach(each -> handle.execute(TAKE, account.value(), each.role(), each.unit().value()));
    List<RoleGrant> given = new ArrayList<>();
    List<RoleGrant> unknown = new ArrayList<>();
    for (RoleGrant each : grants) {
      if (!isThere(handle, each)) {
        unknown.add(each);
      } else if (handle.execute(GIVE, account.value(), each.role(), each.unit().value()) > 0) {
        given.add(each);
      }
    }
    return new Roles.Provided(given, taken, unknown);
  }

  private static List<RoleGrant> present(Handle handle, AccountId account) {
    return handle
        .select(
            "select role, unit from role_assignments where account = ? and provided",
            account.value())
        .map(
            (row, context) -> new RoleGrant(row.getString("role"), new UnitId(row.getLong("unit"))))
        .list();
  }

  /** Keeps both as they are until the transaction ends. */
  private static boolean isThere(Handle handle, RoleGrant grant) {
    return PostgresRoles.exists(
            handle, "select 1 from roles where name = ? for key share", grant.role())
        && handle
            .select("select id from units where id = ? for key share", grant.unit().value())
            .mapTo(Long.class)
            .findOne()
            .isPresent();
  }
}
