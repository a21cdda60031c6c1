package kg.sakchy.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import kg.sakchy.core.camera.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of Digest authentication (RFC 7616) for one user, with {@code qop=auth}; the
 * old form without it is taken too.
 *
 * <p>Threads: confined to one connection's.
 */
public final class DigestVerifier {
  private final Credentials credentials;
  private final String realm;
  private final DigestAlgorithm algorithm;
  private final Supplier<String> nonces;
  private String nonce;

  /** What an Authorization field is worth. */
  public enum Verdict {
    GRANTED,
    /** The right password for a nonce that is no longer good: ask again with {@code stale=true}. */
    STALE,
    REFUSED
  }

  /**
   * @param nonces a fresh unguessable text without quotes for each call
   */
  public DigestVerifier(
      Credentials credentials, String realm, DigestAlgorithm algorithm, Supplier<String> nonces) {
    this.credentials = credentials;
    this.realm = realm;
    this.algorithm = algorithm;
    this.nonces = nonces;
    this.nonce = nonces.get();
  }

  /** The nonce is good no longer; the next challenge has another. */
  public void expire() {
    nonce = nonces.get();
  }

  /** Value of a WWW-Authenticate field. */
  public String challenge(Verdict why) {
    return "Digest realm=\""
        + realm
        + "\", nonce=\""
        + nonce
        + "\", algorithm="
        + algorithm.protocolName()
        + ", qop=\"auth\""
        + (why == Verdict.STALE ? ", stale=true" : "");
  }

  /**
   * Judges a request.
   *
   * @param authorization value of its Authorization field, or null
   */
  public Verdict verify(String method, @Nullable String authorization) {
    List<AuthField> fields =
        AuthField.parseAll(authorization == null ? List.of() : List.of(authorization));
    if (fields.isEmpty() || !fields.getFirst().scheme().equals("digest")) {
      return Verdict.REFUSED;
    }
    AuthField field = fields.getFirst();
    String qop = field.parameter("qop");
    String counted =
        qop.isEmpty() ? "" : field.parameter("nc") + ":" + field.parameter("cnonce") + ":" + qop;
    String expected =
        algorithm.response(
            credentials.user() + ":" + realm + ":" + credentials.password(),
            field.parameter("nonce"),
            field.parameter("cnonce"),
            counted,
            method + ":" + field.parameter("uri"));
    boolean right =
        field.parameter("username").equals(credentials.user())
            && MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                field.parameter("response").getBytes(StandardCharsets.UTF_8));
    if (!right) {
      return Verdict.REFUSED;
    }
    return field.parameter("nonce").equals(nonce) ? Verdict.GRANTED : Verdict.STALE;
  }
}
