package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.SessionStore;
import org.jdbi.v3.core.statement.StatementContext;

/** Sessions in PostgreSQL. Times keep microseconds. */
final class PostgresSessionStore implements SessionStore {
  private static final String INSERT =
      """
      insert into sessions (secret, account, stage, address, created_us, expires_us, seen_us)
      values (:secret, :account, :stage, :address, :created_us, :expires_us, :seen_us)
      """;

  private static final String GIVE_WAY =
      """
      delete from sessions where secret in (
        select secret from sessions where account = :account and secret <> :secret
        order by seen_us desc, secret offset :others)
      """;

  private final Database database;

  PostgresSessionStore(Database database) {
    this.database = database;
  }

  @Override
  public void open(Session session) {
    database.inTransaction(
        "opening a session",
        handle -> {
          handle
              .createUpdate(INSERT)
              .bind("secret", session.secret().bytes())
              .bind("account", session.account().value())
              .bind("stage", session.stage().name().toLowerCase(Locale.ROOT))
              .bind("address", session.address())
              .bind("created_us", Micros.of(session.createdAt()))
              .bind("expires_us", Micros.of(session.expiresAt()))
              .bind("seen_us", Micros.of(session.lastSeenAt()))
              .execute();
          return handle
              .createUpdate(GIVE_WAY)
              .bind("account", session.account().value())
              .bind("secret", session.secret().bytes())
              .bind("others", SESSIONS_PER_ACCOUNT - 1)
              .execute();
        });
  }

  @Override
  public Optional<Session> find(SecretHash secret) {
    return database.call(
        "looking for a session",
        handle ->
            handle
                .select("select * from sessions where secret = ?", (Object) secret.bytes())
                .map(PostgresSessionStore::read)
                .findOne());
  }

  @Override
  public void seen(SecretHash secret, Instant at) {
    change("update sessions set seen_us = ? where secret = ?", Micros.of(at), secret.bytes());
  }

  @Override
  public void end(SecretHash secret) {
    change("delete from sessions where secret = ?", (Object) secret.bytes());
  }

  @Override
  public void endAll(AccountId account) {
    change("delete from sessions where account = ?", account.value());
  }

  @Override
  public void forgetExpired(Instant before) {
    change("delete from sessions where expires_us < ?", Micros.of(before));
  }

  private void change(String sql, Object... values) {
    database.call("changing sessions", handle -> handle.execute(sql, values));
  }

  private static Session read(ResultSet row, StatementContext context) throws SQLException {
    return new Session(
        new SecretHash(row.getBytes("secret")),
        new AccountId(row.getString("account")),
        Session.Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
        row.getString("address"),
        Micros.instant(row.getLong("created_us")),
        Micros.instant(row.getLong("expires_us")),
        Micros.instant(row.getLong("seen_us")));
  }
}
