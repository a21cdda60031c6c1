package kg.sakchy.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kg.sakchy.core.account.RandomSecret;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.time.VmsClock;

/**
 * A provider of OpenID Connect at a free port of this machine, at which somebody is signed in
 * already. It does what the specification says, checks what a provider checks, and lies where a
 * test tells it to.
 */
public final class TestProvider implements AutoCloseable {
  public static final String CLIENT = "sakchy";
  public static final String SECRET = "the secret & more";

  /** Makes the claims of an ID token other than they should be. */
  public volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

  /** Signs an ID token. */
  public volatile Function<JWTClaimsSet, String> signing = this::signed;

  /** Makes the description of the provider other than it should be. */
  public volatile UnaryOperator<JsonObject> description = UnaryOperator.identity();

  /** Keys that it publishes. */
  public volatile List<JWK> published;

  /** Whether it answers anything but 503. */
  public volatile boolean up = true;

  private final VmsClock clock;
  private final HttpServer server;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final AtomicInteger keysRead = new AtomicInteger();
  private volatile RSAKey key = newKey();

  private TestProvider(VmsClock clock) throws IOException {
    this.clock = clock;
    published = List.of(key.toPublicJWK());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    on("/.well-known/openid-configuration", exchange -> json(exchange, 200, describe()));
    on(
        "/keys",
        exchange -> {
          keysRead.incrementAndGet();
          json(exchange, 200, new JsonObject(new JWKSet(published).toString()));
        });
    on("/authorize", this::authorize);
    on("/token", this::token);
    on(
        "/logout",
        exchange ->
            redirect(
                exchange, query(exchange).getOrDefault("post_logout_redirect_uri", ""), Map.of()));
    server.start();
  }

  /** Starts one. */
  public static TestProvider start(VmsClock clock) {
    try {
      return new TestProvider(clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its name for itself. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
  }

  /** What a server is told of it. */
  public OidcConfig config() {
    OidcConfig base = OidcConfig.DEFAULTS;
    return new OidcConfig(
        issuer(),
        CLIENT,
        new Secret(SECRET),
        "The ministry",
        base.scopes(),
        base.userNameClaim(),
        base.groupsClaim(),
        List.of());
  }

  /** The key it signs with now. */
  public RSAKey key() {
    return key;
  }

  /** How often its keys were read. */
  public int keysRead() {
    return keysRead.get();
  }

  /** Signs with another key from now on, and publishes it alone. */
  public void rotate() {
    key = newKey();
    published = List.of(key.toPublicJWK());
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(RandomSecret.key()).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Signs as it should be. */
  public String signed(JWTClaimsSet told) {
    return signed(told, key);
  }

  static String signed(JWTClaimsSet told, RSAKey with) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build();
      SignedJWT token = new SignedJWT(header, told);
      token.sign(new RSASSASigner(with));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private JsonObject describe() {
    return description.apply(
        new JsonObject()
            .put("issuer", issuer())
            .put("authorization_endpoint", issuer() + "/authorize")
            .put("token_endpoint", issuer() + "/token")
            .put("jwks_uri", issuer() + "/keys")
            .put("end_session_endpoint", issuer() + "/logout")
            .put("authorization_response_iss_parameter_supported", true));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = query(exchange);
    if (!CLIENT.equals(asked.get("client_id"))
        || !"code".equals(asked.get("response_type"))
        || !"S256".equals(asked.get("code_challenge_method"))) {
      json(exchange, 400, new JsonObject().put("error", "invalid_request"));
      return;
    }
    String code = RandomSecret.key();
    codes.put(code, asked);
    redirect(
        exchange,
        asked.getOrDefault("redirect_uri", ""),
        Map.of("code", code, "state", asked.getOrDefault("state", ""), "iss", issuer()));
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String both = encoded(CLIENT) + ":" + encoded(SECRET);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      json(exchange, 401, new JsonObject().put("error", "invalid_client"));
    } else if (asked == null
        || !Objects.equals(asked.get("redirect_uri"), form.get("redirect_uri"))
        || !Objects.equals(
            asked.get("code_challenge"), challenge(form.getOrDefault("code_verifier", "")))) {
      json(exchange, 400, new JsonObject().put("error", "invalid_grant"));
    } else {
      JWTClaimsSet told = claims.apply(usual(asked.getOrDefault("nonce", ""))).build();
      json(exchange, 200, new JsonObject().put("id_token", signing.apply(told)));
    }
  }

  private JWTClaimsSet.Builder usual(String nonce) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("4711")
        .audience(CLIENT)
        .issueTime(Date.from(clock.now()))
        .expirationTime(Date.from(clock.now().plusSeconds(300)))
        .claim("nonce", nonce)
        .claim("preferred_username", "aida")
        .claim("name", "Aida Asanova")
        .claim("groups", List.of("watch", "others"));
  }

  private static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(SecretHash.of(verifier).bytes());
  }

  private void on(String path, HttpHandler handler) {
    server.createContext(
        "/realm" + path,
        exchange -> {
          try (exchange) {
            if (up) {
              handler.handle(exchange);
            } else {
              exchange.sendResponseHeaders(503, -1);
            }
          }
        });
  }

  private static void json(HttpExchange exchange, int status, JsonObject body) throws IOException {
    byte[] bytes = body.toBuffer().getBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void redirect(HttpExchange exchange, String to, Map<String, String> parameters)
      throws IOException {
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    exchange.getResponseHeaders().set("Location", query.isEmpty() ? to : to + "?" + query);
    exchange.sendResponseHeaders(302, -1);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    return parameters(exchange.getRequestURI().getRawQuery());
  }

  /** The parameters of an address or a form. */
  public static Map<String, String> parameters(String encoded) {
    return Stream.of(encoded.split("&"))
        .map(each -> each.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair.length > 1 ? pair[1] : "", StandardCharsets.UTF_8)));
  }

  /** What the browser of somebody who is signed in brings back from there. */
  public static Map<String, String> answered(URI redirected) {
    return parameters(redirected.getRawQuery());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
