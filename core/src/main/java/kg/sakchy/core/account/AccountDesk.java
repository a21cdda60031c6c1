package kg.sakchy.core.account;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * What administrators do with accounts of others. Whether they may is asked before.
 *
 * <p>Threads: safe for use by many threads; calls block (database, hashing).
 */
public final class AccountDesk {
  private final AccountStore accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final Sessions sessions;
  private final VmsClock clock;

  public AccountDesk(
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
  }

  /**
   * Makes an account of a person.
   *
   * @throws VmsException CONFLICT when the name is taken
   */
  public Issued createPerson(AccountId id, String displayName) {
    Account account = create(id, Account.Kind.PERSON, displayName);
    return new Issued(account, passwords.issueOneTime(id));
  }

  /**
   * Makes an account of a program, which comes in with API tokens.
   *
   * @throws VmsException CONFLICT when the name is taken
   */
  public Account createService(AccountId id, String displayName) {
    return create(id, Account.Kind.SERVICE, displayName);
  }

  private Account create(AccountId id, Account.Kind kind, String displayName) {
    return accounts.create(new Account(id, kind, displayName, false, null, clock.now(), 1));
  }

  /**
   * Changes the display name and whether it is disabled; a disabled account's sessions end, and do
   * not come back with it.
   *
   * @throws VmsException as {@link AccountStore#change}
   */
  public Account change(Account changed) {
    sessions.endAll(changed.id());
    Account now = accounts.change(changed);
    if (now.disabled()) {
      sessions.endAll(now.id()); // one may have been opened in between
    }
    return now;
  }

  /**
   * Gives a person a new one-time password; sessions end.
   *
   * @param withSecondFactor whether the second factor is taken off too
   * @throws VmsException NOT_FOUND; FAILED_PRECONDITION for the account of a program, or of a
   *     person who signs in at the identity provider
   */
  public Issued reset(AccountId id, boolean withSecondFactor) {
    Account account =
        accounts
            .find(id)
            .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "there is no account " + id));
    if (account.kind() != Account.Kind.PERSON) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, "programs have tokens and no password");
    }
    if (account.subject() != null) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "this person's password is kept by the identity provider");
    }
    String password = passwords.issueOneTime(id);
    if (withSecondFactor) {
      credentials.setTotp(id, null);
    }
    sessions.endAll(id);
    return new Issued(account, password);
  }

  /**
   * A one-time password for somebody.
   *
   * @param account whose
   * @param oneTimePassword to be handed over; it is stored nowhere
   */
  public record Issued(Account account, String oneTimePassword) {
    @Override
    public String toString() {
      return "Issued[" + account + "]";
    }
  }
}
