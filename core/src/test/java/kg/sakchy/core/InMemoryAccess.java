package kg.sakchy.core;

import java.util.Optional;
import kg.sakchy.core.access.InMemoryAccessPolicy;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;

/**
 * Accounts, the organisation and roles in the heap, and the real policy over them: it knows of
 * every change when the call that made it returns. When time is moved, {@link #tellChanges()} says
 * so.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class InMemoryAccess {
  private final InMemoryAccountStore accounts = new InMemoryAccountStore();
  private final InMemoryCredentialStore credentials = new InMemoryCredentialStore(accounts);
  private final InMemorySessionStore sessions = new InMemorySessionStore();
  private final InMemoryApiTokenStore tokens = new InMemoryApiTokenStore(accounts);
  private final InMemoryApprovalStore approvals = new InMemoryApprovalStore(accounts);
  private final InMemoryOrganisation organisation;
  private final InMemoryRoles roles;
  private final InMemoryAccessPolicy policy;
  private final VmsClock clock;

  /** Nobody has a right yet; {@code cameras} belong to the top until they are assigned. */
  public InMemoryAccess(CameraDirectory cameras, VmsClock clock) {
    this.clock = clock;
    this.organisation = new InMemoryOrganisation(cameras);
    this.roles = new InMemoryRoles(organisation, accounts::find, clock);
    this.policy = new InMemoryAccessPolicy(clock);
    accounts.disableThrough(roles::withoutAccount);
    organisation.deleteThrough(roles::withoutUnit);
    accounts.onChange(this::reread);
    roles.onChange(this::reread);
    organisation.onChange(this::reread);
    reread();
  }

  /** Makes a person with a role over a part of the organisation, for ever. */
  public AccountId person(String id, Role role, UnitId unit) {
    AccountId account = new AccountId(id);
    if (accounts.find(account).isEmpty()) {
      accounts.create(
          new Account(account, Account.Kind.PERSON, "Person " + id, false, null, clock.now(), 1));
    }
    if (!roles.find(role.name()).equals(Optional.of(role))) {
      roles.put(role);
    }
    roles.assign(account, role.name(), unit, null, null);
    return account;
  }

  /** Tells the policy's listeners of roles that began or ended. */
  public void tellChanges() {
    policy.tellChanges();
  }

  public InMemoryAccountStore accounts() {
    return accounts;
  }

  public InMemoryCredentialStore credentials() {
    return credentials;
  }

  public InMemorySessionStore sessions() {
    return sessions;
  }

  public InMemoryApiTokenStore tokens() {
    return tokens;
  }

  public InMemoryApprovalStore approvals() {
    return approvals;
  }

  public InMemoryOrganisation organisation() {
    return organisation;
  }

  public InMemoryRoles roles() {
    return roles;
  }

  public InMemoryAccessPolicy policy() {
    return policy;
  }

  private void reread() {
    synchronized (this) {
      policy.setUnits(organisation.paths());
      policy.setSites(organisation.sites());
      policy.setCameras(organisation.allCameras());
      policy.setAssignments(roles.list(), roles.ofTheEnabled());
    }
    policy.tellChanges();
  }
}
