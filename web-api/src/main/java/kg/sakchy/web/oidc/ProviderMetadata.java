package kg.sakchy.web.oidc;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import kg.sakchy.core.config.OidcConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0 §3).
 *
 * @param authorization where browsers go to sign in
 * @param token where codes become tokens
 * @param keys where its keys are
 * @param endSession where browsers go to sign out (RP-Initiated Logout 1.0 §2.1), or null
 * @param secretInBody whether the server's own secret goes into the body of requests, since the
 *     provider does not take it in the head
 * @param namesItself whether its answers say who answers (RFC 9207 §3)
 */
record ProviderMetadata(
    URI authorization,
    URI token,
    URI keys,
    @Nullable URI endSession,
    boolean secretInBody,
    boolean namesItself) {
  private static final String BASIC = "client_secret_basic";
  private static final String END_SESSION = "end_session_endpoint";

  /**
   * Reads it.
   *
   * @param issuer the provider as it is configured; it must call itself the same
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE when it makes no sense, or an address is
   *     not safe
   */
  static ProviderMetadata read(JsonObject document, String issuer) {
    if (!issuer.equals(document.getValue("issuer"))) {
      throw ProviderHttp.away(
          "the identity provider calls itself otherwise than oidc.issuer does", null);
    }
    List<?> methods =
        document.getValue("token_endpoint_auth_methods_supported") instanceof JsonArray named
            ? named.getList()
            : List.of(BASIC);
    return new ProviderMetadata(
        address(document, "authorization_endpoint"),
        address(document, "token_endpoint"),
        address(document, "jwks_uri"),
        document.getValue(END_SESSION) == null ? null : address(document, END_SESSION),
        !methods.contains(BASIC) && methods.contains("client_secret_post"),
        Boolean.TRUE.equals(document.getValue("authorization_response_iss_parameter_supported")));
  }

  private static URI address(JsonObject document, String name) {
    try {
      if (document.getValue(name) instanceof String text) {
        URI address = URI.create(text);
        if (OidcConfig.isSafe(address)) {
          return address;
        }
      }
    } catch (IllegalArgumentException e) {
      // as an address that is not safe
    }
    throw ProviderHttp.away("the identity provider has no safe address as its " + name, null);
  }
}
