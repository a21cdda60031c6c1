package kg.sakchy.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Hash functions of Digest authentication (RFC 7616 §3.2), from the weakest. */
public enum DigestAlgorithm {
  MD5("MD5", false),
  /** MD5 with the secret hashed together with the nonces. */
  MD5_SESS("MD5", true),
  SHA_256("SHA-256", false),
  /** SHA-256 with the secret hashed together with the nonces. */
  SHA_256_SESS("SHA-256", true);

  private final String hashName;
  private final boolean session;

  DigestAlgorithm(String hashName, boolean session) {
    this.hashName = hashName;
    this.session = session;
  }

  /** As challenges spell it. */
  public String protocolName() {
    return session ? hashName + "-sess" : hashName;
  }

  /** Whether a client nonce is part of the secret, so that there has to be one. */
  boolean isSession() {
    return session;
  }

  /** Reads an algorithm parameter; none means MD5. Empty if we have no such algorithm. */
  static Optional<DigestAlgorithm> parse(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "", "MD5" -> Optional.of(MD5);
      case "MD5-SESS" -> Optional.of(MD5_SESS);
      case "SHA-256", "SHA256" -> Optional.of(SHA_256);
      case "SHA-256-SESS" -> Optional.of(SHA_256_SESS);
      default -> Optional.empty();
    };
  }

  /** Lower-case hex of the hash of the text's UTF-8 bytes. */
  String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(hashName);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + hashName, e);
    }
  }

  /**
   * The response to a challenge (RFC 7616 §3.4.1; without {@code qop}, RFC 2069 §2.1.2).
   *
   * @param secret {@code user:realm:password}
   * @param nonce the server's
   * @param clientNonce ours, needed by the session variants
   * @param qop {@code nc:cnonce:qop}, or empty for the old form
   * @param request {@code method:uri}
   */
  String response(String secret, String nonce, String clientNonce, String qop, String request) {
    String middle = qop.isEmpty() ? nonce : nonce + ":" + qop;
    String key = session ? hash(hash(secret) + ":" + nonce + ":" + clientNonce) : hash(secret);
    return hash(key + ":" + middle + ":" + hash(request));
  }
}
