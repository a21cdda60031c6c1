package kg.sakchy.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.InMemoryAccess;
import kg.sakchy.core.InMemoryCredentialStore;
import kg.sakchy.core.access.ApiToken;
import kg.sakchy.core.access.ApiTokenDesk;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.StoredAuthentication;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.PlainHashing;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.provider.IdentityProvider;
import kg.sakchy.core.provider.ProvidedAccounts;
import kg.sakchy.core.provider.ProviderSignIn;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/** Accounts in the heap, with everything that works on them. */
final class TestAccounts {
  /** The password of {@link #person}. */
  static final String PASSWORD = "a long password";

  private static final Role EVERYTHING =
      new Role("everything", EnumSet.allOf(Right.class), null, 0);

  final AccountDesk desk;
  private final InMemoryAccess access;
  private final Passwords passwords;
  private final SignIn signIn;
  private final ApiTokenDesk tokenDesk;
  private final Authentication authentication;
  private final VmsClock clock;

  TestAccounts(InMemoryAccess access, VmsClock clock) {
    this.access = access;
    this.clock = clock;
    access.roles().put(EVERYTHING);
    var accounts = access.accounts();
    Sessions sessions = new Sessions(access.sessions(), clock);
    passwords = new Passwords(accounts, access.credentials(), new PlainHashing(), clock);
    signIn = new SignIn(accounts, access.credentials(), passwords, sessions, clock);
    desk = new AccountDesk(accounts, access.credentials(), passwords, sessions, clock);
    tokenDesk = new ApiTokenDesk(access.tokens(), clock);
    authentication =
        new StoredAuthentication(accounts, access.tokens(), sessions, passwords, clock);
  }

  /**
   * Everything for the web server.
   *
   * @param provider where people of the group {@code watch} sign in, who watch everything; or null
   * @param audit where that is recorded
   */
  WebPorts.People ports(@Nullable IdentityProvider provider, AuditLog audit) {
    return new WebPorts.People(
        signIn,
        access.accounts(),
        desk,
        access.tokens(),
        tokenDesk,
        provider == null
            ? null
            : new ProviderSignIn(
                provider,
                new ProvidedAccounts(
                    access.accounts(),
                    access.roles(),
                    List.of(new OidcConfig.GroupRole("watch", EVERYTHING.name(), 1)),
                    audit,
                    clock),
                signIn,
                clock));
  }

  /** The real one. */
  Authentication authentication() {
    return authentication;
  }

  InMemoryCredentialStore credentials() {
    return access.credentials();
  }

  /** Makes a person with {@link #PASSWORD} who may do everything. */
  void person(String id) {
    passwords.choose(access.person(id, EVERYTHING, UnitId.ROOT), PASSWORD);
  }

  /** Makes a program with a token for everything; returns the key. */
  String program(String id) {
    AccountId account = desk.createService(new AccountId(id), id).id();
    access.person(id, EVERYTHING, UnitId.ROOT);
    return tokenDesk
        .issue(access.accounts().find(account).orElseThrow(), "test", Set.of(Right.values()), null)
        .key();
  }

  /** The newest token of a program. */
  ApiToken token(String id) {
    return access.tokens().list(new AccountId(id)).getFirst();
  }
}
