package kg.sakchy.gateway.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.tls.KeyedCertificate;
import kg.sakchy.core.tls.SelfSigned;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * A key and a certificate of its own for one session, so that sessions cannot be told to come from
 * the same server. Its only worth is the fingerprint in the answer; name and dates prove nothing
 * (RFC 8827 §6.5).
 *
 * <p>Threads: immutable.
 */
public final class DtlsIdentity {
  private static final Duration VALID = Duration.ofDays(30);

  private final AsymmetricKeyParameter key;
  private final byte[] certificate;

  private DtlsIdentity(AsymmetricKeyParameter key, byte[] certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * Makes one: P-256, signed by itself with SHA-256; takes about a millisecond.
   *
   * @param now for the dates in it
   */
  public static DtlsIdentity generate(SecureRandom random, Instant now) {
    KeyedCertificate made = SelfSigned.nameless("WebRTC", now, VALID, random);
    try {
      return new DtlsIdentity(
          PrivateKeyFactory.createKey(made.key().getEncoded()), made.certificate().getEncoded());
    } catch (IOException | CertificateEncodingException e) {
      throw new VmsException(ErrorKind.INTERNAL, "a certificate cannot be made", e);
    }
  }

  AsymmetricKeyParameter key() {
    return key;
  }

  /** DER; not to be changed. */
  byte[] certificate() {
    return certificate;
  }

  /** What the answer tells the peer. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(Fingerprint.SHA_256, certificate);
  }
}
