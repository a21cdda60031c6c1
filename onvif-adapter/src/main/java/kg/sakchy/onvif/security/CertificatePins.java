package kg.sakchy.onvif.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Trust on first use: cameras sign their certificates themselves, with wrong names and dates, so
 * the usual rules would refuse nearly all of them. The first certificate a camera shows is
 * remembered; any other is refused until a person accepts it.
 *
 * <p>Threads: safe for use by many threads; {@link #check} blocks as the store does.
 */
public final class CertificatePins {
  private final PinStore store;

  public CertificatePins(PinStore store) {
    this.store = store;
  }

  /**
   * Compares a certificate with its pin, or pins it.
   *
   * @param peer what it is pinned under: a camera, or {@code host:port} before it is registered
   * @param certificate the peer's own, whose key the handshake has proved
   * @throws VmsException PERMISSION_DENIED if another one is pinned
   */
  public void check(String peer, X509Certificate certificate) {
    String shown = fingerprint(certificate);
    String pinned = store.find(peer).orElseGet(() -> store.rememberFirst(peer, shown));
    if (!pinned.equals(shown)) {
      throw new VmsException(
              ErrorKind.PERMISSION_DENIED,
              "the camera shows another certificate than before: accept the new one if it was"
                  + " replaced on purpose, otherwise somebody may be in between")
          .with("peer", peer)
          .with("pinned", pinned)
          .with("shown", shown);
    }
  }

  /** SHA-256 of the DER form in lower-case hex. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the camera's certificate cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
