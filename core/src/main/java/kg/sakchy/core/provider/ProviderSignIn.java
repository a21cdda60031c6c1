package kg.sakchy.core.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * The way of a person over the identity provider to a session. A ticket is good for one attempt:
 * whoever shows the same answer again gets nothing, whatever the provider would say.
 *
 * <p>Threads: safe for use by many threads; calls block (network, database).
 */
public final class ProviderSignIn {
  private static final int REMEMBERED = 10_000;

  private final IdentityProvider provider;
  private final ProvidedAccounts people;
  private final SignIn signIn;
  private final VmsClock clock;
  private final Set<String> used =
      Collections.synchronizedSet(Collections.newSetFromMap(new Used()));

  public ProviderSignIn(
      IdentityProvider provider, ProvidedAccounts people, SignIn signIn, VmsClock clock) {
    this.provider = provider;
    this.people = people;
    this.signIn = signIn;
    this.clock = clock;
  }

  /** What people call the provider. */
  public String name() {
    return provider.name();
  }

  /**
   * The first step.
   *
   * @param returnTo where the provider sends the browser back to
   * @throws VmsException UNAVAILABLE when the provider cannot be reached
   */
  public Begun begin(URI returnTo) {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    return new Begun(ticket, provider.signInAddress(ticket, returnTo));
  }

  /**
   * The second step.
   *
   * @param ticket as the browser kept it
   * @param returnTo as in the first step
   * @param answer as the browser brought it back
   * @param address where from, as text
   * @return a complete session
   * @throws VmsException UNAUTHENTICATED when the ticket is not of this answer, over or used, or
   *     the provider does not confirm who it is; PERMISSION_DENIED for a disabled account;
   *     RESOURCE_EXHAUSTED while the address must wait; as {@link IdentityProvider#prove}
   */
  public Sessions.Opened finish(
      String ticket, URI returnTo, ProviderAnswer answer, String address) {
    return signIn.throughProvider(
        () -> prove(new SignInTicket(ticket), returnTo, answer, address), address);
  }

  private Account prove(SignInTicket ticket, URI returnTo, ProviderAnswer answer, String address) {
    boolean own =
        MessageDigest.isEqual(
            ticket.state().getBytes(StandardCharsets.UTF_8),
            answer.state().getBytes(StandardCharsets.UTF_8));
    if (!own || !ticket.holdsAt(clock.now()) || !used.add(ticket.state())) {
      throw new VmsException(
          ErrorKind.UNAUTHENTICATED,
          "this sign-in was begun elsewhere, is over or was used before; begin again");
    }
    ProvedIdentity identity;
    try {
      identity = provider.prove(ticket, returnTo, answer);
    } catch (VmsException e) {
      people.notProved(e, address);
      throw e;
    }
    return people.enter(identity, address);
  }

  /**
   * Where a browser goes to sign out at the provider too; nothing for who did not come from there.
   */
  public Optional<URI> signOutAddress(Account account, URI returnTo) {
    return account.subject() == null ? Optional.empty() : provider.signOutAddress(returnTo);
  }

  /**
   * A sign-in that has begun.
   *
   * @param ticket for the browser to keep
   * @param address where it goes
   */
  public record Begun(SignInTicket ticket, URI address) {}

  /** The one added first gives way; its ticket is over long before that. */
  private static final class Used extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }
}
