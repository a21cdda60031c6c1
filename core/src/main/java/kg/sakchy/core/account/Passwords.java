package kg.sakchy.core.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Checks and sets passwords. An account that does not exist, has no password or is disabled costs
 * the same work and gets the same answer as a wrong password.
 *
 * <p>Threads: safe for use by many threads; calls block (database, hashing).
 */
public final class Passwords {
  private final AccountStore accounts;
  private final CredentialStore credentials;
  private final PasswordHashing hashing;
  private final SignInGuard guard;
  private final VmsClock clock;
  private volatile @Nullable PasswordHash nobodys;

  public Passwords(
      AccountStore accounts, CredentialStore credentials, PasswordHashing hashing, VmsClock clock) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.hashing = hashing;
    this.clock = clock;
    guard = new SignInGuard(clock);
  }

  /**
   * Whose name and password these are.
   *
   * @param name as it was typed
   * @param password as it was typed
   * @param address where from, as text
   * @throws VmsException UNAUTHENTICATED when they are nobody's; RESOURCE_EXHAUSTED while the
   *     account or the address must wait, or when too many passwords are being checked
   */
  public Proved check(String name, String password, String address) {
    SignInGuard.Attempt attempt = guard.begin(name, address);
    try {
      Proved proved = judge(name, password, attempt);
      attempt.succeeded();
      return proved;
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.UNAUTHENTICATED) {
        attempt.abandoned();
      }
      throw e;
    }
  }

  private Proved judge(String name, String password, SignInGuard.Attempt attempt) {
    Optional<AccountId> id = parsed(name);
    Optional<Account> account = id.flatMap(accounts::find);
    Optional<Credential> credential = id.flatMap(credentials::find);
    if (!attempt.isFamiliar()) {
      credential.ifPresent(this::requirePatience);
    }
    PasswordHash hash = credential.map(Credential::password).orElse(null);
    String typed = PasswordRules.normalized(password);
    boolean matches = hashing.matches(typed, hash == null ? nobodys() : hash);
    if (!matches || hash == null || account.isEmpty() || account.get().disabled()) {
      id.ifPresent(known -> credentials.failed(known, clock.now()));
      throw new VmsException(ErrorKind.UNAUTHENTICATED, "the name or the password is wrong");
    }
    settle(account.get(), credential.get(), hash, typed);
    return new Proved(account.get(), credential.get());
  }

  /** Failures that were stored count over a restart too. */
  private void requirePatience(Credential credential) {
    Instant last = credential.lastFailureAt();
    if (last == null) {
      return;
    }
    Duration delay = SignInGuard.ACCOUNT.delay(credential.failures());
    Duration left = delay.minus(Duration.between(last, clock.now()));
    if (left.isPositive()) {
      // A clock that was set back makes nobody wait longer than the delay itself.
      throw Throttle.heldOff(left.compareTo(delay) < 0 ? left : delay);
    }
  }

  private void settle(Account account, Credential credential, PasswordHash hash, String typed) {
    if (hashing.isOutdated(hash)) {
      credentials.setPassword(account.id(), hashing.hash(typed), credential.mustChange());
    } else if (credential.failures() > 0) {
      credentials.succeeded(account.id());
    }
  }

  /**
   * Sets a password that its owner chose.
   *
   * @throws VmsException INVALID_ARGUMENT when the rules do not allow it
   */
  public void choose(AccountId account, String password) {
    String normalized = PasswordRules.normalized(password);
    PasswordRules.check(normalized, account);
    credentials.setPassword(account, hashing.hash(normalized), false);
  }

  /**
   * Sets a password that is good for choosing another one.
   *
   * @return the password, which is stored nowhere
   */
  public String issueOneTime(AccountId account) {
    String password = RandomSecret.oneTimePassword();
    credentials.setPassword(account, hashing.hash(password), true);
    return password;
  }

  /** A hash that no password is known of, to spend the time on. */
  private PasswordHash nobodys() {
    PasswordHash hash = nobodys;
    if (hash == null) {
      hash = hashing.hash(RandomSecret.key());
      nobodys = hash;
    }
    return hash;
  }

  private static Optional<AccountId> parsed(String name) {
    try {
      return Optional.of(new AccountId(name));
    } catch (VmsException e) {
      return Optional.empty(); // nobody's name has that form
    }
  }

  /**
   * Somebody whose password was right.
   *
   * @param account who
   * @param credential what is stored of how it proves itself
   */
  public record Proved(Account account, Credential credential) {}
}
