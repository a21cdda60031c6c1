package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.access.ApiToken;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.statement.StatementContext;

/** API tokens in PostgreSQL. Times keep microseconds. */
final class PostgresApiTokenStore implements ApiTokenStore {
  private static final String INSERT =
      """
      insert into api_tokens (id, account, name, secret, rights, created_us, expires_us, used_us)
      values (:id, :account, :name, :secret, :rights, :created_us, :expires_us, :used_us)
      """;

  private final Database database;

  PostgresApiTokenStore(Database database) {
    this.database = database;
  }

  @Override
  public void create(ApiToken token) {
    database.inTransaction(
        "making an API token",
        handle -> {
          String account = token.account().value();
          if (handle
              .select("select id from accounts where id = ? for no key update", account)
              .mapTo(String.class)
              .findOne()
              .isEmpty()) {
            throw new VmsException(ErrorKind.NOT_FOUND, "no such account: " + account);
          }
          if (handle
                  .select("select count(*) from api_tokens where account = ?", account)
                  .mapTo(Long.class)
                  .one()
              >= TOKENS_PER_ACCOUNT) {
            throw new VmsException(
                ErrorKind.RESOURCE_EXHAUSTED, "an account has at most 100 API tokens");
          }
          return handle
              .createUpdate(INSERT)
              .bind("id", token.id())
              .bind("account", account)
              .bind("name", token.name())
              .bind("secret", token.secret().bytes())
              .bindArray("rights", String.class, Rights.codes(token.scope()))
              .bind("created_us", Micros.of(token.createdAt()))
              .bindByType("expires_us", Micros.ofNullable(token.expiresAt()), Long.class)
              .bindByType("used_us", Micros.ofNullable(token.lastUsedAt()), Long.class)
              .execute();
        });
  }

  @Override
  public Optional<ApiToken> find(SecretHash secret) {
    return database.call(
        "looking for an API token",
        handle ->
            handle
                .select("select * from api_tokens where secret = ?", (Object) secret.bytes())
                .map(PostgresApiTokenStore::read)
                .findOne());
  }

  @Override
  public List<ApiToken> list(AccountId account) {
    return database.call(
        "listing API tokens",
        handle ->
            handle
                .select(
                    "select * from api_tokens where account = ? order by created_us desc, id desc",
                    account.value())
                .map(PostgresApiTokenStore::read)
                .list());
  }

  @Override
  public void used(SecretHash secret, Instant at) {
    database.call(
        "noting the use of an API token",
        handle ->
            handle.execute(
                "update api_tokens set used_us = ? where secret = ?",
                Micros.of(at),
                secret.bytes()));
  }

  @Override
  public void revoke(AccountId account, String id) {
    int rows =
        database.call(
            "revoking an API token",
            handle ->
                handle.execute(
                    "delete from api_tokens where account = ? and id = ?", account.value(), id));
    if (rows == 0) {
      throw new VmsException(ErrorKind.NOT_FOUND, "the account has no such API token");
    }
  }

  private static ApiToken read(ResultSet row, StatementContext context) throws SQLException {
    return new ApiToken(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("name"),
        new SecretHash(row.getBytes("secret")),
        Rights.read(row),
        Micros.instant(row.getLong("created_us")),
        Micros.instantOrNull(row.getObject("expires_us", Long.class)),
        Micros.instantOrNull(row.getObject("used_us", Long.class)));
  }
}
