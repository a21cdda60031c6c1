package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.access.RoleGrant;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Roles and who has them in PostgreSQL. Times keep microseconds. */
final class PostgresRoles implements Roles {
  private static final String PUT =
      """
      insert into roles (name, rights, archive_depth_us, steer_priority)
      values (:name, :rights, :archive_depth_us, :steer_priority)
      on conflict (name) do update set rights = excluded.rights,
        archive_depth_us = excluded.archive_depth_us, steer_priority = excluded.steer_priority
      """;

  private static final String ASSIGN =
      """
      insert into role_assignments (account, role, unit, from_us, until_us)
      values (:account, :role, :unit, :from_us, :until_us)
      on conflict do nothing
      returning *
      """;

  private static final String OVER =
      """
      select role_assignments.* from role_assignments join units on units.id = unit
      where number > :after
        and path like (select path from units where id = :within) || '%'
      order by number limit :limit
      """;

  private final Database database;
  private final VmsClock clock;
  private final AccessKeeper keeper;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param keeper hears of every committed change
   */
  PostgresRoles(Database database, VmsClock clock, AccessKeeper keeper) {
    this.database = database;
    this.clock = clock;
    this.keeper = keeper;
  }

  @Override
  public List<Role> list() {
    return database.call(
        "listing roles",
        handle ->
            handle.select("select * from roles order by name").map(PostgresRoles::role).list());
  }

  @Override
  public Optional<Role> find(String name) {
    return database.call(
        "looking for a role",
        handle ->
            handle
                .select("select * from roles where name = ?", name)
                .map(PostgresRoles::role)
                .findOne());
  }

  @Override
  public void put(Role role) {
    database.inTransaction(
        "changing a role", handle -> Guardians.keep(handle, clock.now(), () -> put(handle, role)));
    changed();
  }

  @Override
  public boolean remove(String name) {
    int rows =
        database.inTransaction(
            "removing a role",
            handle -> {
              if (exists(handle, "select 1 from roles where name = ? for update", name)
                  && exists(
                      handle, "select 1 from role_assignments where role = ? limit 1", name)) {
                throw new VmsException(
                    ErrorKind.FAILED_PRECONDITION, "somebody has the role: " + name);
              }
              return handle.execute("delete from roles where name = ?", name);
            });
    if (rows > 0) {
      changed();
    }
    return rows > 0;
  }

  @Override
  public RoleAssignment assign(
      AccountId account,
      String role,
      UnitId unit,
      @Nullable Instant from,
      @Nullable Instant until) {
    RoleAssignment wish = new RoleAssignment(0, account, role, unit, from, until, false);
    RoleAssignment given =
        database.inTransaction("giving a role to " + account, handle -> insert(handle, wish));
    changed();
    return given;
  }

  @Override
  public boolean revoke(long number) {
    int rows =
        database.inTransaction(
            "taking a role away",
            handle ->
                Guardians.keep(
                    handle,
                    clock.now(),
                    () -> handle.execute("delete from role_assignments where number = ?", number)));
    if (rows > 0) {
      changed();
    }
    return rows > 0;
  }

  @Override
  public Provided provide(AccountId account, Set<RoleGrant> grants) {
    Provided done =
        database.inTransaction(
            "giving the roles of groups to " + account,
            handle -> {
              lockAccount(handle, account);
              Provided changes = ProvidedRoles.replace(handle, account, grants);
              requireRoom(handle, account);
              return changes;
            });
    if (!done.given().isEmpty() || !done.taken().isEmpty()) {
      changed();
    }
    return done;
  }

  @Override
  public Optional<RoleAssignment> assignment(long number) {
    return database.call(
        "looking for an assignment",
        handle ->
            handle
                .select("select * from role_assignments where number = ?", number)
                .map(PostgresRoles::assignment)
                .findOne());
  }

  @Override
  public List<RoleAssignment> assignments(AccountId account) {
    return database.call(
        "listing the roles of " + account,
        handle ->
            handle
                .select(
                    "select * from role_assignments where account = ? order by number",
                    account.value())
                .map(PostgresRoles::assignment)
                .list());
  }

  @Override
  public List<RoleAssignment> assignments(UnitId within, long after, int limit) {
    return database.call(
        "listing who has roles",
        handle ->
            handle
                .createQuery(OVER)
                .bind("within", within.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(PostgresRoles::assignment)
                .list());
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  static Role role(ResultSet row, StatementContext context) throws SQLException {
    Long depth = row.getObject("archive_depth_us", Long.class);
    return new Role(
        row.getString("name"),
        Rights.read(row),
        depth == null ? null : Micros.duration(depth),
        row.getInt("steer_priority"));
  }

  static RoleAssignment assignment(ResultSet row, StatementContext context) throws SQLException {
    return new RoleAssignment(
        row.getLong("number"),
        new AccountId(row.getString("account")),
        row.getString("role"),
        new UnitId(row.getLong("unit")),
        Micros.instantOrNull(row.getObject("from_us", Long.class)),
        Micros.instantOrNull(row.getObject("until_us", Long.class)),
        row.getBoolean("provided"));
  }

  private static int put(Handle handle, Role role) {
    int rows =
        handle
            .createUpdate(PUT)
            .bind("name", role.name())
            .bindArray("rights", String.class, Rights.codes(role.rights()))
            .bindByType(
                "archive_depth_us",
                role.archiveDepth() == null ? null : Micros.of(role.archiveDepth()),
                Long.class)
            .bind("steer_priority", role.steerPriority())
            .execute();
    if (handle.select("select count(*) from roles").mapTo(Long.class).one() > MAX_ROLES) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "there are 200 roles already");
    }
    return rows;
  }

  private static RoleAssignment insert(Handle handle, RoleAssignment wish) {
    lockAccount(handle, wish.account());
    require(
        exists(handle, "select 1 from roles where name = ? for key share", wish.role()),
        "no such role");
    PostgresOrganisation.require(handle, wish.unit(), " for key share");
    RoleAssignment given =
        handle
            .createQuery(ASSIGN)
            .bind("account", wish.account().value())
            .bind("role", wish.role())
            .bind("unit", wish.unit().value())
            .bindByType("from_us", Micros.ofNullable(wish.from()), Long.class)
            .bindByType("until_us", Micros.ofNullable(wish.until()), Long.class)
            .map(PostgresRoles::assignment)
            .findOne()
            .orElseThrow(
                () ->
                    new VmsException(ErrorKind.CONFLICT, "the account has the role there already"));
    requireRoom(handle, wish.account());
    return given;
  }

  /** Nobody else gives or takes roles of the account until the transaction ends. */
  private static void lockAccount(Handle handle, AccountId account) {
    require(
        exists(handle, "select 1 from accounts where id = ? for no key update", account.value()),
        "no such account: " + account);
  }

  private static void requireRoom(Handle handle, AccountId account) {
    long assigned =
        handle
            .select("select count(*) from role_assignments where account = ?", account.value())
            .mapTo(Long.class)
            .one();
    if (assigned > MAX_ASSIGNMENTS) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "an account has at most 100 assignments");
    }
  }

  static boolean exists(Handle handle, String sql, String value) {
    return !handle.select(sql, value).mapTo(Integer.class).list().isEmpty();
  }

  private static void require(boolean there, String otherwise) {
    if (!there) {
      throw new VmsException(ErrorKind.NOT_FOUND, otherwise);
    }
  }

  /** First the policy knows, then everybody hears of it. */
  private void changed() {
    database.afterCommit(
        () -> {
          keeper.peopleChanged();
          listeners.forEach(Runnable::run);
        });
  }
}
