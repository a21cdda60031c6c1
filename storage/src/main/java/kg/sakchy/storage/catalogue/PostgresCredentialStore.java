package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Credential;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.account.PasswordHash;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.storage.secret.SecretBox;
import org.jspecify.annotations.Nullable;

/** Credentials in PostgreSQL; keys of second factors are sealed. Times keep microseconds. */
final class PostgresCredentialStore implements CredentialStore {
  private static final String SET_PASSWORD =
      """
      insert into credentials (account, password, must_change, failures)
      values (:account, :password, :must_change, 0)
      on conflict (account) do update set password = excluded.password,
        must_change = excluded.must_change, failures = 0, last_failure_us = null
      """;

  private static final String SET_TOTP =
      """
      insert into credentials (account, must_change, totp_sealed, failures)
      values (:account, false, :totp_sealed, 0)
      on conflict (account) do update set totp_sealed = excluded.totp_sealed, totp_step = null
      """;

  private static final String USE_STEP =
      """
      update credentials set totp_step = :step
      where account = :account and totp_sealed is not null
        and (totp_step is null or totp_step < :step)
      """;

  private final Database database;
  private final SecretBox box;

  PostgresCredentialStore(Database database, SecretBox box) {
    this.database = database;
    this.box = box;
  }

  @Override
  public Optional<Credential> find(AccountId account) {
    return database.call(
        "looking for credentials",
        handle ->
            handle
                .select("select * from credentials where account = ?", account.value())
                .map((row, context) -> read(row))
                .findOne());
  }

  @Override
  public void setPassword(AccountId account, PasswordHash password, boolean mustChange) {
    database.inTransaction(
        "setting the password of " + account,
        handle -> {
          PostgresAccountStore.require(handle, account);
          return handle
              .createUpdate(SET_PASSWORD)
              .bind("account", account.value())
              .bind("password", password.text())
              .bind("must_change", mustChange)
              .execute();
        });
  }

  @Override
  public void setTotp(AccountId account, @Nullable TotpSecret secret) {
    byte[] sealed = secret == null ? null : box.seal(secret.bytes(), words(account));
    database.inTransaction(
        "setting the second factor of " + account,
        handle -> {
          PostgresAccountStore.require(handle, account);
          return handle
              .createUpdate(SET_TOTP)
              .bind("account", account.value())
              .bindByType("totp_sealed", sealed, byte[].class)
              .execute();
        });
  }

  @Override
  public boolean useTotpStep(AccountId account, long step) {
    return database.call(
            "using a code of " + account,
            handle ->
                handle
                    .createUpdate(USE_STEP)
                    .bind("account", account.value())
                    .bind("step", step)
                    .execute())
        > 0;
  }

  @Override
  public void failed(AccountId account, Instant at) {
    database.call(
        "counting a failed sign-in",
        handle ->
            handle.execute(
                "update credentials set failures = least(failures, 2147483646) + 1,"
                    + " last_failure_us = ? where account = ?",
                Micros.of(at),
                account.value()));
  }

  @Override
  public void succeeded(AccountId account) {
    database.call(
        "forgetting failed sign-ins",
        handle ->
            handle.execute(
                "update credentials set failures = 0, last_failure_us = null where account = ?"
                    + " and failures > 0",
                account.value()));
  }

  private Credential read(ResultSet row) throws SQLException {
    AccountId account = new AccountId(row.getString("account"));
    String password = row.getString("password");
    byte[] totp = row.getBytes("totp_sealed");
    return new Credential(
        account,
        password == null ? null : new PasswordHash(password),
        row.getBoolean("must_change"),
        totp == null ? null : new TotpSecret(box.open(totp, words(account))),
        row.getInt("failures"),
        Micros.instantOrNull(row.getObject("last_failure_us", Long.class)));
  }

  /** What the key of a second factor is sealed with. */
  static String words(AccountId account) {
    return "second factor of " + account;
  }
}
