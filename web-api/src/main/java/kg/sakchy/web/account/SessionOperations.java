package kg.sakchy.web.account;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.account.Totp;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.provider.ProviderSignIn;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.CsrfToken;
import kg.sakchy.web.http.HostCookie;
import org.jspecify.annotations.Nullable;

/**
 * Signing in and out, and what people do with their own account. Secrets of sessions travel in
 * cookies only, never in bodies.
 */
public final class SessionOperations {
  private final SignIn signIn;
  private final @Nullable ProviderSignIn provider;

  /**
   * @param provider for who signs in at an identity provider, or null without one
   */
  public SessionOperations(SignIn signIn, @Nullable ProviderSignIn provider) {
    this.signIn = signIn;
    this.provider = provider;
  }

  /** The first step; a session that the browser still had ends. */
  public Answer signIn(Call call) {
    JsonObject body = call.body();
    Sessions.Opened opened =
        signIn.withPassword(
            body.getString("name"), body.getString("password"), call.client().address());
    if (call.client().shown() instanceof Authentication.SessionSecret before) {
      signIn.out(before.secret());
    }
    return opened(call, opened);
  }

  /** The second step, where there is one. */
  public Answer code(Call call) {
    requireCsrfToken(call);
    return opened(
        call,
        signIn.withCode(secret(call), call.body().getString("code"), call.client().address()));
  }

  /** Another password, also where the first one must be changed before anything else. */
  public Answer changePassword(Call call) {
    requireCsrfToken(call);
    JsonObject body = call.body();
    return opened(
        call,
        signIn.changePassword(
            secret(call),
            body.getString("current"),
            body.getString("next"),
            call.client().address()));
  }

  /** Who the caller is. */
  public Answer show(Call call) {
    Caller caller = call.caller();
    if (!(call.client().shown() instanceof Authentication.SessionSecret session)) {
      return Answer.json(
          json(
              caller.account().value(), caller.displayName(), Session.Stage.COMPLETE, null, false));
    }
    boolean provided =
        signIn.find(session.secret()).filter(open -> isProvided(open.account())).isPresent();
    return Answer.json(
        json(
            caller.account().value(),
            caller.displayName(),
            Session.Stage.COMPLETE,
            CsrfToken.of(session.secret()),
            provided));
  }

  /** Ends the session; says where the browser signs out at the provider, if it came from there. */
  public Answer signOut(Call call) {
    if (!(call.client().shown() instanceof Authentication.SessionSecret session)) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "there is no session to end; a token is revoked");
    }
    Optional<URI> further = furtherOut(call, session.secret());
    signIn.out(session.secret());
    Map<String, String> headers =
        Map.of("Set-Cookie", HostCookie.SESSION.forget(call.client().encrypted()));
    return further
        .<Answer>map(
            address ->
                Answer.json(200, headers, new JsonObject().put("address", address.toString())))
        .orElseGet(() -> Answer.empty(204, headers));
  }

  private Optional<URI> furtherOut(Call call, String secret) {
    ProviderSignIn known = provider;
    return known == null
        ? Optional.empty()
        : SignInAddress.of(call)
            .flatMap(
                here ->
                    signIn
                        .find(secret)
                        .flatMap(open -> known.signOutAddress(open.account(), here)));
  }

  private static boolean isProvided(Account account) {
    return account.subject() != null;
  }

  /** A new key for an authenticator. Nothing is stored until {@link #enrol} shows that it works. */
  public Answer newKey(Call call) {
    TotpSecret key = Totp.newSecret();
    return Answer.json(
        new JsonObject()
            .put("key", Totp.text(key))
            .put("uri", Totp.uri(key, call.caller().account())));
  }

  /** Takes an authenticator's key into use. */
  public Answer enrol(Call call) {
    JsonObject body = call.body();
    signIn.enrol(
        secret(call),
        body.getString("password"),
        Totp.secret(body.getString("key")),
        body.getString("code"),
        call.client().address());
    return Answer.empty(204, Map.of());
  }

  /** Where the contract lets in anyone, the doorkeeper has not asked for it. */
  private static void requireCsrfToken(Call call) {
    CsrfToken.require(call.client().shown(), call.header(CsrfToken.HEADER));
  }

  private static String secret(Call call) {
    if (call.client().shown() instanceof Authentication.SessionSecret session) {
      return session.secret();
    }
    throw new VmsException(ErrorKind.UNAUTHENTICATED, "there is no session; sign in");
  }

  /** The answer of a step that opened a session. */
  static Answer opened(Call call, Sessions.Opened opened) {
    String cookie = HostCookie.SESSION.keep(opened.secret(), call.client().encrypted());
    JsonObject session =
        json(
            opened.account().id().value(),
            opened.account().displayName(),
            opened.session().stage(),
            CsrfToken.of(opened.secret()),
            isProvided(opened.account()));
    return Answer.json(200, Map.of("Set-Cookie", cookie), session);
  }

  private static JsonObject json(
      String account,
      String displayName,
      Session.Stage stage,
      @Nullable String csrf,
      boolean provided) {
    return new JsonObject()
        .put("account", account)
        .put("displayName", displayName)
        .put("stage", stage.name().toLowerCase(Locale.ROOT))
        .put("csrf", csrf)
        .put("provided", provided);
  }
}
