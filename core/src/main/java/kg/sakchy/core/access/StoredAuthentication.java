package kg.sakchy.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Who somebody is after what is stored of accounts, sessions and tokens. What was found is
 * remembered for moments, so that a player that asks ten times a second is no load; a sign-out, a
 * disabled account and a revoked token are therefore seen after two seconds at the latest.
 */
public final class StoredAuthentication implements Authentication {
  /** How coarsely the use of a token is noted. */
  private static final Duration USED_STEP = Duration.ofMinutes(1);

  private final AccountStore accounts;
  private final ApiTokenStore tokens;
  private final Sessions sessions;
  private final Passwords passwords;
  private final RecentEntries recent;
  private final VmsClock clock;

  public StoredAuthentication(
      AccountStore accounts,
      ApiTokenStore tokens,
      Sessions sessions,
      Passwords passwords,
      VmsClock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.sessions = sessions;
    this.passwords = passwords;
    this.clock = clock;
    recent = new RecentEntries(clock);
  }

  @Override
  public Caller authenticate(Shown shown, String address) {
    return switch (shown) {
      case Nothing nothing -> throw refused();
      case SessionSecret session -> ofSession(session.secret()).from(address);
      case TokenKey token -> ofToken(token.key()).from(address);
      case NameAndPassword both -> ofPassword(both.name(), both.password(), address);
    };
  }

  private RecentEntries.Entry ofSession(String secret) {
    return recent.find(
        SecretHash.of(secret),
        () -> {
          Session session =
              sessions
                  .find(secret)
                  .filter(found -> found.stage() == Session.Stage.COMPLETE)
                  .orElseThrow(StoredAuthentication::refused);
          Caller caller =
              Caller.of(
                  session.account(),
                  enabled(session.account()).displayName(),
                  "session " + session.secret().mark());
          return new RecentEntries.Entry(caller, session.expiresAt());
        });
  }

  private RecentEntries.Entry ofToken(String key) {
    if (!ApiTokenDesk.isKey(key)) {
      throw refused();
    }
    SecretHash secret = SecretHash.of(key);
    return recent.find(
        secret,
        () -> {
          ApiToken token = tokens.find(secret).orElseThrow(StoredAuthentication::refused);
          Instant expires = token.expiresAt() == null ? Instant.MAX : token.expiresAt();
          if (!clock.now().isBefore(expires)) {
            throw refused();
          }
          Caller caller =
              new Caller(
                  token.account(),
                  enabled(token.account()).displayName(),
                  "token " + token.id(),
                  token.scope());
          noteUse(token);
          return new RecentEntries.Entry(caller, expires);
        });
  }

  private void noteUse(ApiToken token) {
    Instant last = token.lastUsedAt();
    Instant now = clock.now();
    if (last == null || !now.isBefore(last.plus(USED_STEP))) {
      tokens.used(token.secret(), now);
    }
  }

  private Caller ofPassword(String name, String password, String address) {
    if (ApiTokenDesk.isKey(password)) {
      Caller caller = ofToken(password).from(address);
      if (!caller.account().value().equals(name)) {
        throw refused();
      }
      return caller;
    }
    Passwords.Proved proved = passwords.check(name, password, address);
    if (proved.credential().mustChange() || proved.credential().totp() != null) {
      throw refused();
    }
    return Caller.of(
        proved.account().id(), proved.account().displayName(), "password from " + address);
  }

  private Account enabled(AccountId id) {
    Optional<Account> account = accounts.find(id).filter(found -> !found.disabled());
    return account.orElseThrow(StoredAuthentication::refused);
  }

  private static VmsException refused() {
    return new VmsException(ErrorKind.UNAUTHENTICATED, "sign in first");
  }
}
