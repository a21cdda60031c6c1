package kg.sakchy.web.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.provider.IdentityProvider;
import kg.sakchy.core.provider.ProvedIdentity;
import kg.sakchy.core.provider.ProviderAnswer;
import kg.sakchy.core.provider.SignInTicket;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenID Connect, used by the authorization code flow with PKCE. It is not asked
 * before somebody signs in, so that a provider that is away hinders nobody else. Its tokens are
 * read and forgotten.
 */
public final class OidcProvider implements IdentityProvider, AutoCloseable {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int MOST_GROUPS = 1_000;

  private final OidcConfig config;
  private final VmsClock clock;
  private final ProviderHttp http = new ProviderHttp();
  private final IdTokens tokens;
  private volatile @Nullable Known known;

  public OidcProvider(OidcConfig config, VmsClock clock) {
    this.config = config;
    this.clock = clock;
    tokens = new IdTokens(config.issuer(), config.clientId(), new ProviderKeys(http, clock), clock);
  }

  private record Known(ProviderMetadata metadata, long atNanos) {}

  @Override
  public String name() {
    return config.displayName().isBlank()
        ? URI.create(config.issuer()).getHost()
        : config.displayName();
  }

  @Override
  public URI signInAddress(SignInTicket ticket, URI returnTo) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", config.clientId());
    parameters.put("redirect_uri", returnTo.toString());
    parameters.put("scope", config.scopes());
    parameters.put("state", ticket.state());
    parameters.put("nonce", ticket.nonce());
    parameters.put("code_challenge", ticket.challenge());
    parameters.put("code_challenge_method", "S256");
    return with(metadata().authorization(), parameters);
  }

  @Override
  public ProvedIdentity prove(SignInTicket ticket, URI returnTo, ProviderAnswer answer) {
    ProviderMetadata metadata = metadata();
    String answered = answer.issuer();
    if (answered == null ? metadata.namesItself() : !answered.equals(config.issuer())) {
      throw new VmsException(ErrorKind.UNAUTHENTICATED, "another identity provider answered");
    }
    String token = exchange(metadata, ticket, returnTo, answer.code());
    return identity(tokens.check(token, ticket.nonce(), metadata.keys()));
  }

  @Override
  public Optional<URI> signOutAddress(URI returnTo) {
    Known now = known;
    if (now == null || now.metadata().endSession() == null) {
      return Optional.empty();
    }
    return Optional.of(
        with(
            now.metadata().endSession(),
            Map.of(
                "client_id", config.clientId(),
                "post_logout_redirect_uri", returnTo.toString())));
  }

  private ProviderMetadata metadata() {
    Known now = known;
    if (now == null || clock.nanoTime() - now.atNanos() > FRESH.toNanos()) {
      String issuer = config.issuer();
      String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
      JsonObject document = http.get(URI.create(base + DISCOVERY));
      now = new Known(ProviderMetadata.read(document, issuer), clock.nanoTime());
      known = now;
    }
    return now.metadata();
  }

  /** The ID token for a code (RFC 6749 §4.1.3). */
  private String exchange(
      ProviderMetadata metadata, SignInTicket ticket, URI returnTo, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", returnTo.toString());
    form.put("code_verifier", ticket.verifier());
    HttpRequest.Builder request = HttpRequest.newBuilder(metadata.token());
    String secret = config.clientSecret().value();
    if (secret.isEmpty() || metadata.secretInBody()) {
      form.put("client_id", config.clientId());
      if (!secret.isEmpty()) {
        form.put("client_secret", secret);
      }
    } else {
      request.header("Authorization", basic(config.clientId(), secret));
    }
    ProviderHttp.Reply reply =
        http.send(
            request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
    if (reply.status() != 200) {
      throw refused(reply);
    }
    return text(reply.body(), "id_token");
  }

  /** Both are encoded as in a form before they are joined (RFC 6749 §2.3.1). */
  private static String basic(String id, String secret) {
    String both = encoded(id) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static VmsException refused(ProviderHttp.Reply reply) {
    return switch (text(reply.body(), "error")) {
      case "invalid_grant" ->
          new VmsException(
              ErrorKind.UNAUTHENTICATED,
              "the identity provider does not confirm this sign-in; begin again");
      case "invalid_client", "unauthorized_client" ->
          new VmsException(
              ErrorKind.FAILED_PRECONDITION,
              "the identity provider does not take oidc.clientId and oidc.clientSecret");
      default -> ProviderHttp.away("the identity provider answers " + reply.status(), null);
    };
  }

  private static String text(JsonObject body, String name) {
    return body.getValue(name) instanceof String text ? text : "";
  }

  private ProvedIdentity identity(JWTClaimsSet claims) {
    String subject = claims.getSubject() == null ? "" : claims.getSubject();
    String userName = text(claims, config.userNameClaim());
    String name = text(claims, "name");
    return new ProvedIdentity(
        config.issuer(), subject, userName, name.isBlank() ? userName : name, groups(claims));
  }

  private static String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : "";
  }

  /** One group may come as a text; what is no text is no group. */
  private Set<String> groups(JWTClaimsSet claims) {
    Object claim = claims.getClaim(config.groupsClaim());
    List<?> all =
        claim instanceof List<?> list ? list : claim instanceof String ? List.of(claim) : List.of();
    Set<String> groups = new HashSet<>();
    all.stream()
        .limit(MOST_GROUPS)
        .filter(String.class::isInstance)
        .forEach(group -> groups.add((String) group));
    return groups;
  }

  private static URI with(URI address, Map<String, String> parameters) {
    String joint = address.getRawQuery() == null ? "?" : "&";
    return URI.create(address + joint + encoded(parameters));
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
