package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Accounts in PostgreSQL. Times keep microseconds. */
final class PostgresAccountStore implements AccountStore {
  private static final String INSERT =
      """
      insert into accounts (id, kind, display_name, disabled, subject, created_us, version)
      values (:id, :kind, :display_name, :disabled, :subject, :created_us, 1)
      on conflict do nothing
      returning *
      """;

  private static final String UPDATE =
      """
      update accounts set display_name = :display_name, disabled = :disabled, version = version + 1
      where id = :id and version = :version
      returning *
      """;

  private final Database database;
  private final VmsClock clock;
  private final AccessKeeper keeper;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param keeper hears of every committed change
   */
  PostgresAccountStore(Database database, VmsClock clock, AccessKeeper keeper) {
    this.database = database;
    this.clock = clock;
    this.keeper = keeper;
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return find("select * from accounts where id = ?", id.value());
  }

  @Override
  public Optional<Account> findBySubject(String subject) {
    return find("select * from accounts where subject = ?", subject);
  }

  @Override
  public List<Account> list(@Nullable AccountId after, int limit) {
    return database.call(
        "listing accounts",
        handle ->
            handle
                .select(
                    "select * from accounts where id > ? order by id limit ?",
                    after == null ? "" : after.value(),
                    limit)
                .map(PostgresAccountStore::read)
                .list());
  }

  @Override
  public Account create(Account account) {
    Account created =
        database
            .call(
                "making account " + account.id(),
                handle ->
                    handle
                        .createQuery(INSERT)
                        .bind("id", account.id().value())
                        .bind("kind", code(account.kind()))
                        .bind("display_name", account.displayName())
                        .bind("disabled", account.disabled())
                        .bindByType("subject", account.subject(), String.class)
                        .bind("created_us", Micros.of(account.createdAt()))
                        .map(PostgresAccountStore::read)
                        .findOne())
            .orElseThrow(
                () ->
                    new VmsException(
                        ErrorKind.CONFLICT,
                        "there is an account of this name or subject: " + account.id()));
    changed();
    return created;
  }

  @Override
  public Account change(Account changed) {
    Account stored =
        database.inTransaction(
            "changing account " + changed.id(),
            handle -> Guardians.keep(handle, clock.now(), () -> update(handle, changed)));
    changed();
    return stored;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private Optional<Account> find(String sql, String value) {
    return database.call(
        "looking for an account",
        handle -> handle.select(sql, value).map(PostgresAccountStore::read).findOne());
  }

  private static Account update(Handle handle, Account changed) {
    return handle
        .createQuery(UPDATE)
        .bind("id", changed.id().value())
        .bind("version", changed.version())
        .bind("display_name", changed.displayName())
        .bind("disabled", changed.disabled())
        .map(PostgresAccountStore::read)
        .findOne()
        .orElseThrow(
            () ->
                exists(handle, changed.id())
                    ? new VmsException(
                        ErrorKind.CONFLICT, "somebody else changed the account: " + changed.id())
                    : unknown(changed.id()));
  }

  /** Keeps the account as it is named until the transaction ends. */
  static void require(Handle handle, AccountId id) {
    if (!exists(handle, id)) {
      throw unknown(id);
    }
  }

  private static boolean exists(Handle handle, AccountId id) {
    return handle
        .select("select id from accounts where id = ? for key share", id.value())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private static VmsException unknown(AccountId id) {
    return new VmsException(ErrorKind.NOT_FOUND, "no such account: " + id);
  }

  private static Account read(ResultSet row, StatementContext context) throws SQLException {
    return new Account(
        new AccountId(row.getString("id")),
        Account.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("display_name"),
        row.getBoolean("disabled"),
        row.getString("subject"),
        Micros.instant(row.getLong("created_us")),
        row.getLong("version"));
  }

  private static String code(Account.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
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
