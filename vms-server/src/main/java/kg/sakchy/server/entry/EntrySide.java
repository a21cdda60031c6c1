package kg.sakchy.server.entry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kg.sakchy.core.access.ApiTokenDesk;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.BuiltInRoles;
import kg.sakchy.core.access.FirstAdministrator;
import kg.sakchy.core.access.StoredAuthentication;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.RandomSecret;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.provider.ProvidedAccounts;
import kg.sakchy.core.provider.ProviderSignIn;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.web.WebPorts;
import kg.sakchy.web.account.Argon2idHashing;
import kg.sakchy.web.oidc.OidcProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who comes in: passwords, sessions and tokens over what the catalogue stores.
 *
 * <p>Threads: opened and closed by one thread; the parts it hands out are safe for many.
 */
public final class EntrySide implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EntrySide.class);
  private static final Duration DATABASE_LOOK = Duration.ofSeconds(5);

  private final Catalogue catalogue;
  private final Argon2idHashing hashing = new Argon2idHashing();
  private final Passwords passwords;
  private final SignIn signIn;
  private final AccountDesk desk;
  private final ApiTokenDesk tokenDesk;
  private final Authentication authentication;
  private final @Nullable OidcProvider provider;
  private final @Nullable ProviderSignIn providerSignIn;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param oidc the identity provider; it is not asked before somebody signs in there
   */
  public EntrySide(Catalogue catalogue, OidcConfig oidc, VmsClock clock) {
    this.catalogue = catalogue;
    Sessions sessions = new Sessions(catalogue.sessions(), clock);
    passwords = new Passwords(catalogue.accounts(), catalogue.credentials(), hashing, clock);
    signIn = new SignIn(catalogue.accounts(), catalogue.credentials(), passwords, sessions, clock);
    desk =
        new AccountDesk(catalogue.accounts(), catalogue.credentials(), passwords, sessions, clock);
    tokenDesk = new ApiTokenDesk(catalogue.tokens(), clock);
    authentication =
        new StoredAuthentication(
            catalogue.accounts(), catalogue.tokens(), sessions, passwords, clock);
    provider = oidc.named() ? new OidcProvider(oidc, clock) : null;
    providerSignIn =
        provider == null
            ? null
            : new ProviderSignIn(
                provider,
                new ProvidedAccounts(
                    catalogue.accounts(),
                    catalogue.roles(),
                    oidc.roles(),
                    catalogue.audit(),
                    clock),
                signIn,
                clock);
  }

  /** Says who somebody is. */
  public Authentication authentication() {
    return authentication;
  }

  /** What the web server shows of it. */
  public WebPorts.People ports() {
    return new WebPorts.People(
        signIn, catalogue.accounts(), desk, catalogue.tokens(), tokenDesk, providerSignIn);
  }

  /**
   * Makes the first administrator as soon as the database is there, if one is needed.
   *
   * @param console told the one-time password, once, on a thread of this class
   */
  public void announceFirstAdministrator(Consumer<String> console) {
    Thread.ofVirtual().name("first-administrator").start(() -> announce(console));
  }

  private void announce(Consumer<String> console) {
    while (!closed.get()) {
      try {
        if (catalogue.awaitReady(DATABASE_LOOK)) {
          firstAdministrator().ifPresent(console);
          return;
        }
      } catch (VmsException e) {
        LOG.warn("the first administrator could not be made yet: {}", e.toLogLine());
      }
    }
  }

  private Optional<String> firstAdministrator() {
    return new FirstAdministrator(
            catalogue.accounts(), catalogue.credentials(), desk, catalogue.roles())
        .issue();
  }

  /**
   * Makes an account that may do what administrators may, or gives it another password if it is
   * there; the password need not be changed.
   *
   * @return the password
   * @throws VmsException UNAVAILABLE when the database cannot be reached
   */
  public String openDoor(AccountId account, String displayName) {
    if (catalogue.accounts().find(account).isEmpty()) {
      desk.createPerson(account, displayName);
    }
    if (catalogue.roles().assignments(account).isEmpty()) {
      catalogue.roles().assign(account, BuiltInRoles.ADMINISTRATOR.name(), UnitId.ROOT, null, null);
    }
    String password = RandomSecret.oneTimePassword();
    passwords.choose(account, password);
    return password;
  }

  @Override
  public void close() {
    closed.set(true);
    hashing.close();
    if (provider != null) {
      provider.close();
    }
  }
}
