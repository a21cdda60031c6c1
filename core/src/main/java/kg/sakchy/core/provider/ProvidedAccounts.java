package kg.sakchy.core.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kg.sakchy.core.access.RoleGrant;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of people whom the identity provider knows. An account belongs to its subject there
 * and to nothing else: a name that is taken here stays its owner's. At each sign-in it gets the
 * roles of its groups and loses those of groups that it has left; what was given to it here stays.
 *
 * <p>Threads: safe for use by many threads; calls block (database).
 */
public final class ProvidedAccounts {
  private static final int NAME_CHARS = 40;
  private static final int DISPLAY_NAME_CHARS = 200;
  private static final String NAMELESS = "person";

  private final AccountStore accounts;
  private final Roles roles;
  private final List<OidcConfig.GroupRole> mapping;
  private final AuditLog log;
  private final VmsClock clock;

  /**
   * @param mapping which group has which role, and where
   */
  public ProvidedAccounts(
      AccountStore accounts,
      Roles roles,
      List<OidcConfig.GroupRole> mapping,
      AuditLog log,
      VmsClock clock) {
    this.accounts = accounts;
    this.roles = roles;
    this.mapping = List.copyOf(mapping);
    this.log = log;
    this.clock = clock;
  }

  /**
   * The account of somebody, made if there is none yet, with the roles of its groups. Recorded as
   * one act.
   *
   * @throws VmsException PERMISSION_DENIED when the account is disabled
   */
  Account enter(ProvedIdentity identity, String address) {
    AccountId id =
        accounts
            .findBySubject(identity.accountSubject())
            .map(Account::id)
            .orElseGet(() -> freeName(identity));
    return log.inOneAct(
        event(id, address, AuditAction.SIGN_IN, ""),
        () -> {
          Account account = enabled(identity, id, address);
          giveRoles(account.id(), identity.groups(), address);
          return account;
        });
  }

  /** Records a sign-in that the provider did not confirm. */
  void notProved(VmsException why, String address) {
    if (why.kind() == ErrorKind.UNAUTHENTICATED) {
      log.append(
          AuditEvent.of(
                  clock.now(), "", origin(address), AuditAction.SIGN_IN, "", AuditEvent.Result.DONE)
              .failed(why));
    }
  }

  private Account enabled(ProvedIdentity identity, AccountId id, String address) {
    Account account =
        accounts
            .findBySubject(identity.accountSubject())
            .orElseGet(() -> create(identity, id, address));
    if (account.disabled()) {
      throw new VmsException(ErrorKind.PERMISSION_DENIED, "this account is disabled here");
    }
    return account;
  }

  private Account create(ProvedIdentity identity, AccountId id, String address) {
    String shown = identity.displayName().isBlank() ? id.value() : identity.displayName().strip();
    Account made =
        accounts.create(
            new Account(
                id,
                Account.Kind.PERSON,
                shown.substring(0, Math.min(shown.length(), DISPLAY_NAME_CHARS)),
                false,
                identity.accountSubject(),
                clock.now(),
                1));
    log.append(
        event(id, address, AuditAction.CHANGE_ACCOUNT, "account " + id)
            .with("subject", identity.accountSubject()));
    return made;
  }

  /** The name of somebody there, as far as it can be a name here, and is nobody else's. */
  private AccountId freeName(ProvedIdentity identity) {
    String letters =
        identity
            .userName()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]", "")
            .replaceAll("^[._-]+", "");
    String name = letters.isEmpty() ? NAMELESS : letters;
    AccountId wish = new AccountId(name.substring(0, Math.min(name.length(), NAME_CHARS)));
    return accounts.find(wish).isEmpty()
        ? wish
        : new AccountId(wish + "-" + SecretHash.of(identity.accountSubject()).mark());
  }

  private void giveRoles(AccountId account, Set<String> groups, String address) {
    Set<RoleGrant> wanted =
        mapping.stream()
            .filter(each -> groups.contains(each.group()))
            .map(each -> new RoleGrant(each.role(), new UnitId(each.unit())))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Roles.Provided changes = roles.provide(account, wanted);
    if (!changes.isNothing()) {
      log.append(
          event(account, address, AuditAction.CHANGE_ROLE, "account " + account)
              .with("given", words(changes.given()))
              .with("taken", words(changes.taken()))
              .with("notThere", words(changes.unknown())));
    }
  }

  private static @Nullable String words(List<RoleGrant> grants) {
    return grants.isEmpty()
        ? null
        : grants.stream().map(RoleGrant::toString).collect(Collectors.joining(", "));
  }

  private AuditEvent event(AccountId account, String address, AuditAction action, String object) {
    return AuditEvent.of(
        clock.now(), account.value(), origin(address), action, object, AuditEvent.Result.DONE);
  }

  private static String origin(String address) {
    return "provider from " + address;
  }
}
