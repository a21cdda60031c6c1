package kg.sakchy.web;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.provider.IdentityProvider;
import kg.sakchy.core.provider.ProvedIdentity;
import kg.sakchy.core.provider.ProviderAnswer;
import kg.sakchy.core.provider.SignInTicket;

/** A provider that knows one person and takes every code. Threads: safe for use by many threads. */
final class ScriptedIdentityProvider implements IdentityProvider {
  private static final String ISSUER = "https://id.example/realms/a";

  @Override
  public String name() {
    return "The ministry";
  }

  @Override
  public URI signInAddress(SignInTicket ticket, URI returnTo) {
    return URI.create(ISSUER + "/authorize?state=" + ticket.state());
  }

  @Override
  public ProvedIdentity prove(SignInTicket ticket, URI returnTo, ProviderAnswer answer) {
    return new ProvedIdentity(ISSUER, "4711", "provided", "Provided", Set.of("watch"));
  }

  @Override
  public Optional<URI> signOutAddress(URI returnTo) {
    return Optional.of(URI.create(ISSUER + "/logout"));
  }
}
