package kg.sakchy.core.provider;

import java.net.URI;
import java.util.Optional;

/**
 * Who knows people and proves that it is them.
 *
 * <p>Threads: safe for use by many threads; calls block (network), at the latest after some
 * seconds. Fails: {@link kg.sakchy.core.error.VmsException} UNAVAILABLE when it cannot be reached
 * or answers what makes no sense.
 */
public interface IdentityProvider {
  /** What people call it, as on the button that leads to it. */
  String name();

  /**
   * Where a browser goes to sign in.
   *
   * @param ticket of this sign-in
   * @param returnTo where the provider sends the browser back to
   */
  URI signInAddress(SignInTicket ticket, URI returnTo);

  /**
   * Turns what a browser brought back into who it is.
   *
   * @param ticket of the same sign-in
   * @param returnTo the same address
   * @param answer as the browser brought it; its state was compared already
   * @throws kg.sakchy.core.error.VmsException UNAUTHENTICATED when it proves nothing;
   *     FAILED_PRECONDITION when the provider does not take this server's own name and secret
   */
  ProvedIdentity prove(SignInTicket ticket, URI returnTo, ProviderAnswer answer);

  /**
   * Where a browser goes to sign out there too; does not block.
   *
   * @param returnTo where it comes back to
   * @return nothing when the provider offers none, or was not asked yet what it offers
   */
  Optional<URI> signOutAddress(URI returnTo);
}
