package kg.sakchy.core.account;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.limit.AddressKey;
import kg.sakchy.core.time.VmsClock;

/**
 * The way of a person from a password to a session: the password, the second factor if there is
 * one, another password if it must be changed. Each step that leads further ends the session before
 * it and opens another one, so that a secret somebody saw earlier is worth nothing. Who comes from
 * an identity provider goes it in one step.
 *
 * <p>Threads: safe for use by many threads; calls block (database, hashing).
 */
public final class SignIn {
  private final AccountStore accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SignInGuard codes;
  private final Throttle proofs;
  private final VmsClock clock;

  public SignIn(
      AccountStore accounts,
      CredentialStore credentials,
      Passwords passwords,
      Sessions sessions,
      VmsClock clock) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.passwords = passwords;
    this.sessions = sessions;
    this.clock = clock;
    codes = new SignInGuard(clock);
    proofs = new Throttle(clock, SignInGuard.ADDRESS);
  }

  /**
   * The first step.
   *
   * @param name as it was typed
   * @param password as it was typed
   * @param address where from, as text
   * @return a session whose stage says what is next
   * @throws VmsException as {@link Passwords#check}
   */
  public Sessions.Opened withPassword(String name, String password, String address) {
    Passwords.Proved proved = passwords.check(name, password, address);
    Session.Stage stage =
        proved.credential().totp() != null
            ? Session.Stage.SECOND_FACTOR
            : afterProof(proved.credential());
    return sessions.open(proved.account(), stage, address);
  }

  /**
   * A sign-in that somebody else proves. An account that comes from there is asked for nothing
   * more: a second factor is the provider's business.
   *
   * @param proof says whose account it is, or fails
   * @param address where from, as text
   * @throws VmsException RESOURCE_EXHAUSTED while the address must wait; as {@code proof}
   */
  public Sessions.Opened throughProvider(Supplier<Account> proof, String address) {
    String network = AddressKey.of(address);
    proofs.begin(network);
    try {
      Account account = proof.get();
      proofs.takeBack(network);
      return sessions.open(account, Session.Stage.COMPLETE, address);
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.UNAUTHENTICATED && e.kind() != ErrorKind.PERMISSION_DENIED) {
        proofs.takeBack(network);
      }
      throw e;
    }
  }

  private static Session.Stage afterProof(Credential credential) {
    return credential.mustChange() ? Session.Stage.PASSWORD_CHANGE : Session.Stage.COMPLETE;
  }

  /**
   * The second step, where the account has a second factor.
   *
   * @param secret of the session of the first step
   * @param code what the authenticator shows
   * @throws VmsException UNAUTHENTICATED when the session is over or of another stage, or the code
   *     is wrong or was used before; RESOURCE_EXHAUSTED while the account or the address must wait
   */
  public Sessions.Opened withCode(String secret, String code, String address) {
    Open open = require(secret, Session.Stage.SECOND_FACTOR);
    AccountId id = open.account().id();
    SignInGuard.Attempt attempt = codes.begin(id.value(), address);
    Credential credential = credentials.find(id).orElseThrow(SignIn::over);
    if (!proves(credential, code)) {
      throw new VmsException(
          ErrorKind.UNAUTHENTICATED, "the code is wrong, or was used before: wait for the next");
    }
    attempt.succeeded();
    sessions.end(secret);
    return sessions.open(open.account(), afterProof(credential), address);
  }

  private boolean proves(Credential credential, String code) {
    TotpSecret key = credential.totp();
    if (key == null) {
      return false;
    }
    OptionalLong step = Totp.step(key, code, clock.now());
    return step.isPresent() && credentials.useTotpStep(credential.account(), step.getAsLong());
  }

  /**
   * Changes one's own password; every session of the account ends, and a new one begins.
   *
   * @param secret of a session that is complete or must change the password
   * @param current the password until now
   * @param next the password from now on
   * @throws VmsException UNAUTHENTICATED when the session is over or {@code current} is wrong;
   *     INVALID_ARGUMENT when the rules do not allow {@code next}; RESOURCE_EXHAUSTED as {@link
   *     Passwords#check}
   */
  public Sessions.Opened changePassword(
      String secret, String current, String next, String address) {
    Open open = require(secret, Session.Stage.COMPLETE, Session.Stage.PASSWORD_CHANGE);
    AccountId id = open.account().id();
    passwords.check(id.value(), current, address);
    if (PasswordRules.normalized(current).equals(PasswordRules.normalized(next))) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the new password is the old one");
    }
    passwords.choose(id, next);
    sessions.endAll(id);
    return sessions.open(open.account(), Session.Stage.COMPLETE, address);
  }

  /**
   * Sets one's own second factor, or another one.
   *
   * @param secret of a complete session
   * @param password once more, so that nobody at an open screen does it
   * @param key that the authenticator was given
   * @param code what it shows now: that it works
   * @throws VmsException UNAUTHENTICATED when the session is over or the password is wrong;
   *     INVALID_ARGUMENT when the code is not of the key
   */
  public void enrol(String secret, String password, TotpSecret key, String code, String address) {
    Open open = require(secret, Session.Stage.COMPLETE);
    AccountId id = open.account().id();
    passwords.check(id.value(), password, address);
    OptionalLong step = Totp.step(key, code, clock.now());
    if (step.isEmpty()) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "the authenticator shows another code; check its clock, and the key");
    }
    credentials.setTotp(id, key);
    credentials.useTotpStep(id, step.getAsLong());
  }

  /** Ends a session. Idempotent. */
  public void out(String secret) {
    sessions.end(secret);
  }

  /** The session of a secret with its account, in any stage, unless it is over. */
  public Optional<Open> find(String secret) {
    return sessions
        .find(secret)
        .flatMap(
            session ->
                accounts
                    .find(session.account())
                    .filter(account -> !account.disabled())
                    .map(account -> new Open(session, account)));
  }

  private Open require(String secret, Session.Stage... stages) {
    return find(secret)
        .filter(open -> List.of(stages).contains(open.session().stage()))
        .orElseThrow(SignIn::over);
  }

  private static VmsException over() {
    return new VmsException(ErrorKind.UNAUTHENTICATED, "the session is over; sign in again");
  }

  /**
   * A session that lasts.
   *
   * @param session it
   * @param account whose it is; not disabled
   */
  public record Open(Session session, Account account) {}
}
