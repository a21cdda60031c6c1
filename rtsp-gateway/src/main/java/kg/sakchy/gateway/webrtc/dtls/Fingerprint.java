package kg.sakchy.gateway.webrtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * The hash of a certificate, as {@code a=fingerprint} tells it (RFC 8122 §5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}; older ones prove nothing
 * @param hash of the certificate's DER
 */
public record Fingerprint(String algorithm, Bytes hash) {
  static final String SHA_256 = "sha-256";
  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();
  private static final int MAX_HEX_CHARS = 3 * 64 - 1;

  /** Reads {@code sha-256 4A:AD:...}; empty if malformed or of an algorithm that is not taken. */
  public static Optional<Fingerprint> parse(String value) {
    String[] parts = value.strip().split("\\s+", 2);
    String algorithm = parts[0].toLowerCase(Locale.ROOT);
    int bytes =
        switch (algorithm) {
          case SHA_256 -> 32;
          case "sha-384" -> 48;
          case "sha-512" -> 64;
          default -> 0;
        };
    if (bytes == 0 || parts.length < 2 || parts[1].length() > MAX_HEX_CHARS) {
      return Optional.empty();
    }
    try {
      Bytes hash =
          Bytes.copyOf(
              HexFormat.ofDelimiter(":").parseHex(parts[1].strip().toUpperCase(Locale.ROOT)));
      return hash.size() == bytes
          ? Optional.of(new Fingerprint(algorithm, hash))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The fingerprint of a certificate. */
  static Fingerprint of(String algorithm, byte[] certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
      return new Fingerprint(algorithm, Bytes.copyOf(digest.digest(certificate)));
    } catch (NoSuchAlgorithmException e) {
      throw new VmsException(ErrorKind.INTERNAL, "this platform has no " + algorithm, e);
    }
  }

  /** Whether it is this certificate's. */
  boolean isOf(byte[] certificate) {
    return equals(of(algorithm, certificate));
  }

  /** What follows {@code a=fingerprint:}. */
  public String format() {
    return algorithm + " " + HEX.formatHex(hash.toByteArray());
  }
}
