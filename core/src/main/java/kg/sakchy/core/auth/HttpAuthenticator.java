package kg.sakchy.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import kg.sakchy.core.camera.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the authentication that HTTP and RTSP share: Digest (RFC 7616; MD5 and
 * SHA-256 and their session variants, with {@code qop=auth} or the old form without) and Basic (RFC
 * 7617). Of several challenges the strongest is answered.
 *
 * <p>Use: send a request with {@link #authorization}; on 401 call {@link #challenge} and, if it
 * says so, send the request again; on any other answer call {@link #accepted}. A nonce may run out
 * at any time; that costs one more 401 and no more.
 *
 * <p>Threads: confined to one connection's.
 */
public final class HttpAuthenticator {
  private final Credentials credentials;
  private final Supplier<String> clientNonces;
  private final boolean basicAllowed;
  private @Nullable AuthField digest;
  private DigestAlgorithm algorithm = DigestAlgorithm.MD5;
  private boolean qop;
  private boolean basic;
  private int nonceCount;
  private boolean unanswered;

  public HttpAuthenticator(Credentials credentials) {
    this(credentials, HttpAuthenticator::randomNonce);
  }

  /**
   * @param clientNonces a fresh unguessable text for each request; recorded dialogues bring theirs
   */
  public HttpAuthenticator(Credentials credentials, Supplier<String> clientNonces) {
    this(credentials, clientNonces, true);
  }

  private HttpAuthenticator(
      Credentials credentials, Supplier<String> clientNonces, boolean basicAllowed) {
    this.credentials = credentials;
    this.clientNonces = clientNonces;
    this.basicAllowed = basicAllowed;
  }

  /** One that never answers a Basic challenge: the password itself is not sent. */
  public static HttpAuthenticator withoutBasic(Credentials credentials) {
    return new HttpAuthenticator(credentials, HttpAuthenticator::randomNonce, false);
  }

  private static String randomNonce() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Takes the challenges of a 401.
   *
   * @param wwwAuthenticate values of all its WWW-Authenticate fields
   * @return whether to try again; false if no challenge is of a kind we know, or if the peer has
   *     just refused these credentials
   */
  public boolean challenge(List<String> wwwAuthenticate) {
    boolean refused = unanswered;
    unanswered = false;
    digest = null;
    basic = false;
    boolean stale = false;
    for (AuthField field : AuthField.parseAll(wwwAuthenticate)) {
      if (field.scheme().equals("digest")) {
        stale |= field.parameter("stale").equalsIgnoreCase("true");
        consider(field);
      } else if (field.scheme().equals("basic")) {
        basic = basicAllowed;
      }
    }
    return (digest != null || basic) && (!refused || stale);
  }

  private void consider(AuthField field) {
    DigestAlgorithm offered = DigestAlgorithm.parse(field.parameter("algorithm")).orElse(null);
    List<String> qops = new ArrayList<>();
    for (String option : field.parameter("qop").split(",", -1)) {
      qops.add(option.strip().toLowerCase(Locale.ROOT));
    }
    if (offered == null
        || (offered.isSession() && !qops.contains("auth"))
        || !(qops.contains("auth") || qops.contains(""))
        || (digest != null && offered.compareTo(algorithm) <= 0)) {
      return;
    }
    digest = field;
    algorithm = offered;
    qop = qops.contains("auth");
    nonceCount = 0;
  }

  /** The peer answered a request with something else than 401. */
  public void accepted() {
    unanswered = false;
  }

  /**
   * Value of the Authorization field for a request, or null while nothing is known of the peer's
   * wishes.
   *
   * @param uri exactly as in the request line
   */
  public @Nullable String authorization(String method, String uri) {
    if (digest != null) {
      unanswered = true;
      return digest(digest, method, uri);
    }
    if (basic) {
      unanswered = true;
      String pair = credentials.user() + ":" + credentials.password();
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
    return null;
  }

  private String digest(AuthField challenge, String method, String uri) {
    String realm = challenge.parameter("realm");
    String nonce = challenge.parameter("nonce");
    String secret = credentials.user() + ":" + realm + ":" + credentials.password();
    String counted = "";
    String countedFields = "";
    String clientNonce = "";
    if (qop) {
      String count = String.format(Locale.ROOT, "%08x", ++nonceCount);
      clientNonce = clientNonces.get();
      counted = count + ":" + clientNonce + ":auth";
      countedFields = ", qop=auth, nc=" + count + ", cnonce=" + quote(clientNonce);
    }
    String response = algorithm.response(secret, nonce, clientNonce, counted, method + ":" + uri);
    StringBuilder out =
        new StringBuilder("Digest username=")
            .append(quote(credentials.user()))
            .append(", realm=")
            .append(quote(realm))
            .append(", nonce=")
            .append(quote(nonce))
            .append(", uri=")
            .append(quote(uri))
            .append(", response=")
            .append(quote(response));
    // Old firmware that knows no algorithm parameter refuses one; it is sent back only if it came.
    if (challenge.parameters().containsKey("algorithm")) {
      out.append(", algorithm=").append(challenge.parameter("algorithm"));
    }
    if (challenge.parameters().containsKey("opaque")) {
      out.append(", opaque=").append(quote(challenge.parameter("opaque")));
    }
    return out.append(countedFields).toString();
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
