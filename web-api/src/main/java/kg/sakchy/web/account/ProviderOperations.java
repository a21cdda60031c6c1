package kg.sakchy.web.account;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.provider.ProviderAnswer;
import kg.sakchy.core.provider.ProviderSignIn;
import kg.sakchy.core.provider.SignInTicket;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.HostCookie;
import org.jspecify.annotations.Nullable;

/**
 * Signing in at the identity provider. The provider sends the browser back to the page to sign in,
 * whose script brings the answer here: so every request of the way is one of a page of this server,
 * and the ticket's cookie need not be sent along from pages of others.
 */
public final class ProviderOperations {
  private final SignIn signIn;
  private final @Nullable ProviderSignIn provider;

  /**
   * @param provider null without one
   */
  public ProviderOperations(SignIn signIn, @Nullable ProviderSignIn provider) {
    this.signIn = signIn;
    this.provider = provider;
  }

  /** What the provider is called; anyone may know. */
  public Answer show(Call call) {
    return Answer.json(new JsonObject().put("name", provider == null ? null : provider.name()));
  }

  /** The first step: where the browser goes. */
  public Answer begin(Call call) {
    ProviderSignIn.Begun begun = provider().begin(here(call));
    String cookie =
        HostCookie.PROVIDER_TICKET.keep(
            begun.ticket().value(), SignInTicket.life(), call.client().encrypted());
    return Answer.json(
        200,
        Map.of("Set-Cookie", cookie),
        new JsonObject().put("address", begun.address().toString()));
  }

  /** The second step: what the browser brought back; a session that it still had ends. */
  public Answer finish(Call call) {
    JsonObject body = call.body();
    String ticket = HostCookie.PROVIDER_TICKET.read(call.headers(), call.client().encrypted());
    Sessions.Opened opened =
        provider()
            .finish(
                ticket == null ? "" : ticket,
                here(call),
                new ProviderAnswer(
                    body.getString("code"), body.getString("state"), body.getString("issuer")),
                call.client().address());
    if (call.client().shown() instanceof Authentication.SessionSecret before) {
      signIn.out(before.secret());
    }
    return SessionOperations.opened(call, opened);
  }

  private ProviderSignIn provider() {
    if (provider == null) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "this server knows no identity provider (oidc.issuer)");
    }
    return provider;
  }

  private static URI here(Call call) {
    return SignInAddress.of(call)
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.INVALID_ARGUMENT,
                    "the request does not say which page it is from (Origin)"));
  }
}
