package kg.sakchy.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys as text (RFC 7468): {@code -----BEGIN CERTIFICATE-----}, Base64, {@code
 * -----END …}; what stands between the blocks is passed over. Threads: no state.
 */
final class PemText {
  private static final int LINE_CHARS = 64;

  private PemText() {}

  /** All certificates, in their order; at least one. */
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> found = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Object one = parser.readObject(); one != null; one = parser.readObject()) {
        if (one instanceof X509CertificateHolder holder) {
          found.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw invalid("what is given as certificate is damaged", e);
    }
    if (found.isEmpty()) {
      throw invalid("what is given as certificate holds none in PEM (BEGIN CERTIFICATE)", null);
    }
    return found;
  }

  /** The first private key. */
  static PrivateKey key(String text) {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object one = parser.readObject(); one != null; one = parser.readObject()) {
        switch (one) {
          case PrivateKeyInfo info -> {
            return key(info);
          }
          case PEMKeyPair pair -> {
            return key(pair.getPrivateKeyInfo());
          }
          case PEMEncryptedKeyPair encrypted -> throw encrypted();
          case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted();
          default -> {} // parameters of a curve, a certificate in the same file
        }
      }
    } catch (VmsException e) {
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw invalid("what is given as private key is damaged, or of a kind that is not known", e);
    }
    throw invalid("what is given as private key holds none in PEM (BEGIN PRIVATE KEY)", null);
  }

  private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(info.getPrivateKeyAlgorithm().getAlgorithm().getId())
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  /** One block. */
  static String write(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, lines.encodeToString(der), label);
  }

  private static VmsException encrypted() {
    return invalid(
        "the private key is locked with a password; give it without one"
            + " (openssl pkey -in LOCKED -out KEY)",
        null);
  }

  private static VmsException invalid(String message, @Nullable Throwable cause) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, message, cause);
  }
}
