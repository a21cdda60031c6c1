package kg.sakchy.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Hash functions of Digest authentication (RFC 7616 §3.2), from the weakest. */
public enum DigestAlgorithm {
  MD5("MD5"),
  SHA_256("SHA-256");

  private final String protocolName;

  DigestAlgorithm(String protocolName) {
    this.protocolName = protocolName;
  }

  /** As challenges spell it, which is as the JDK does. */
  public String protocolName() {
    return protocolName;
  }

  /** Reads an algorithm parameter; none means MD5. Empty if we have no such algorithm. */
  static Optional<DigestAlgorithm> parse(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "", "MD5" -> Optional.of(MD5);
      case "SHA-256", "SHA256" -> Optional.of(SHA_256);
      default -> Optional.empty();
    };
  }

  /** Lower-case hex of the hash of the text's UTF-8 bytes. */
  String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(protocolName);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + protocolName, e);
    }
  }

  /**
   * The response to a challenge (RFC 7616 §3.4.1; without {@code qop}, RFC 2069 §2.1.2).
   *
   * @param secret {@code user:realm:password}
   * @param nonce the server's
   * @param qop {@code nc:cnonce:qop}, or empty for the old form
   * @param request {@code method:uri}
   */
  String response(String secret, String nonce, String qop, String request) {
    String middle = qop.isEmpty() ? nonce : nonce + ":" + qop;
    return hash(hash(secret) + ":" + middle + ":" + hash(request));
  }
}
