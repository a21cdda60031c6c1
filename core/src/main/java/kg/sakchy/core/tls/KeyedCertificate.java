package kg.sakchy.core.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A private key and the certificates that say whose it is: the key's own first, then those of who
 * signed it (RFC 8446 §4.4.2).
 *
 * <p>Threads: immutable. Does not print the key.
 */
public final class KeyedCertificate {
  private static final byte[] PROBE = {1};

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private KeyedCertificate(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /**
   * Puts them together.
   *
   * @throws VmsException INVALID_ARGUMENT when the key is not the first certificate's
   */
  public static KeyedCertificate of(PrivateKey key, List<X509Certificate> chain) {
    if (!belongs(key, chain.getFirst())) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the private key is not that of the first certificate");
    }
    return new KeyedCertificate(key, chain);
  }

  /**
   * Reads both from PEM (RFC 7468): certificates, the server's own first; and a key in PKCS #8,
   * PKCS #1 or SEC 1, not encrypted.
   *
   * @throws VmsException INVALID_ARGUMENT with what is missing or wrong, in words that show nothing
   *     of the key
   */
  public static KeyedCertificate read(String certificates, String key) {
    return of(PemText.key(key), PemText.certificates(certificates));
  }

  /** What is signed with the one must be verified with the other. */
  private static boolean belongs(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      signing.initVerify(certificate.getPublicKey());
      signing.update(PROBE);
      return signing.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // keys of two kinds
    }
  }

  public PrivateKey key() {
    return key;
  }

  /** Its own certificate first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The server's own certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** The hosts it is for. */
  public HostNames names() {
    return HostNames.of(certificate());
  }

  /** The first moment at which clients refuse it, or one of those that signed it. */
  public Instant expires() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** SHA-256 of the certificate, as browsers show it: bytes in hex with colons. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new VmsException(ErrorKind.INTERNAL, "a certificate cannot be hashed", e);
    }
  }

  @Override
  public String toString() {
    return certificate().getSubjectX500Principal().getName() + " until " + expires();
  }
}
