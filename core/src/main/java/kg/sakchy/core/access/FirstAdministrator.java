package kg.sakchy.core.access;

import java.util.List;
import java.util.Optional;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.Credential;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.organisation.UnitId;

/**
 * Who can come into a new server: one administrator, with a one-time password for the console.
 * Until that was used, each start gives another one, so that a lost note and a start that was
 * interrupted lock nobody out; from then on a start changes nothing.
 *
 * <p>Threads: called once, by one thread; blocks (database, hashing).
 */
public final class FirstAdministrator {
  /** The account. */
  public static final AccountId ID = new AccountId("admin");

  private final AccountStore accounts;
  private final CredentialStore credentials;
  private final AccountDesk desk;
  private final Roles roles;

  public FirstAdministrator(
      AccountStore accounts, CredentialStore credentials, AccountDesk desk, Roles roles) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.desk = desk;
    this.roles = roles;
  }

  /**
   * Makes it, if it is needed.
   *
   * @return the one-time password; nothing when somebody has come in before
   */
  public Optional<String> issue() {
    List<Account> known = accounts.list(null, 2);
    if (known.isEmpty()) {
      String password = desk.createPerson(ID, "Administrator").oneTimePassword();
      giveRole();
      return Optional.of(password);
    }
    if (known.size() > 1 || !known.getFirst().id().equals(ID) || hasComeIn()) {
      return Optional.empty();
    }
    giveRole();
    return Optional.of(desk.reset(ID, true).oneTimePassword());
  }

  private boolean hasComeIn() {
    return credentials
        .find(ID)
        .filter(found -> !found.mustChange())
        .map(Credential::password)
        .isPresent();
  }

  private void giveRole() {
    if (roles.assignments(ID).isEmpty()) {
      roles.assign(ID, BuiltInRoles.ADMINISTRATOR.name(), UnitId.ROOT, null, null);
    }
  }
}
