package kg.sakchy.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.Credential;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.account.PasswordHash;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Credentials in the heap. Threads: safe for use by many threads. */
public final class InMemoryCredentialStore implements CredentialStore {
  private final AccountStore accounts;
  private final Map<AccountId, Credential> credentials = new HashMap<>();
  private final Map<AccountId, Long> usedSteps = new HashMap<>();

  public InMemoryCredentialStore(AccountStore accounts) {
    this.accounts = accounts;
  }

  @Override
  public synchronized Optional<Credential> find(AccountId account) {
    return Optional.ofNullable(credentials.get(account));
  }

  @Override
  public synchronized void setPassword(
      AccountId account, PasswordHash password, boolean mustChange) {
    put(account, old -> new Credential(account, password, mustChange, old.totp(), 0, null));
  }

  @Override
  public synchronized void setTotp(AccountId account, @Nullable TotpSecret secret) {
    put(
        account,
        old ->
            new Credential(
                account,
                old.password(),
                old.mustChange(),
                secret,
                old.failures(),
                old.lastFailureAt()));
    usedSteps.remove(account);
  }

  @Override
  public synchronized boolean useTotpStep(AccountId account, long step) {
    Credential credential = credentials.get(account);
    if (credential == null || credential.totp() == null) {
      return false;
    }
    if (usedSteps.getOrDefault(account, -1L) >= step) {
      return false;
    }
    usedSteps.put(account, step);
    return true;
  }

  @Override
  public synchronized void failed(AccountId account, Instant at) {
    credentials.computeIfPresent(account, (id, old) -> withFailures(old, old.failures() + 1, at));
  }

  @Override
  public synchronized void succeeded(AccountId account) {
    credentials.computeIfPresent(account, (id, old) -> withFailures(old, 0, null));
  }

  private void put(AccountId account, UnaryOperator<Credential> change) {
    if (accounts.find(account).isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such account: " + account);
    }
    Credential none = new Credential(account, null, false, null, 0, null);
    credentials.put(account, change.apply(credentials.getOrDefault(account, none)));
  }

  private static Credential withFailures(Credential old, int failures, @Nullable Instant at) {
    return new Credential(
        old.account(), old.password(), old.mustChange(), old.totp(), failures, at);
  }
}
