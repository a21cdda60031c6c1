package kg.sakchy.core.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes keys with certificates that they sign themselves: P-256, ECDSA with SHA-256 (RFC 5280). The
 * one place of the server where certificates are made.
 *
 * <p>Threads: safe for use by many threads; takes about a millisecond.
 */
public final class SelfSigned {
  private static final int SERIAL_BITS = 127;

  /** Clocks of clients may be behind. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private SelfSigned() {}

  /**
   * A certificate of a web server.
   *
   * @param name what people are shown as its subject
   * @param hosts the names and addresses it is for; at least one
   * @param now from a day before which it is valid
   */
  public static KeyedCertificate server(
      String name, HostNames hosts, Instant now, Duration valid, SecureRandom random) {
    KeyPair pair = pair(random);
    X509v3CertificateBuilder builder = builder(pair, name, now, valid, random);
    GeneralName[] names =
        Stream.concat(
                hosts.names().stream().map(host -> new GeneralName(GeneralName.dNSName, host)),
                hosts.addresses().stream()
                    .map(InetAddress::getHostAddress)
                    .map(address -> new GeneralName(GeneralName.iPAddress, address)))
            .toArray(GeneralName[]::new);
    try {
      builder
          .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    } catch (IOException e) {
      throw failed(e);
    }
    return signed(pair, builder);
  }

  /**
   * A certificate whose only worth is its fingerprint: name and dates prove nothing.
   *
   * @param now from a day before which it is valid
   */
  public static KeyedCertificate nameless(
      String name, Instant now, Duration valid, SecureRandom random) {
    KeyPair pair = pair(random);
    return signed(pair, builder(pair, name, now, valid, random));
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      KeyPair pair, String name, Instant now, Duration valid, SecureRandom random) {
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    return new JcaX509v3CertificateBuilder(
        subject,
        new BigInteger(SERIAL_BITS, random).setBit(0),
        Date.from(now.minus(BEFORE)),
        Date.from(now.plus(valid)),
        subject,
        pair.getPublic());
  }

  private static KeyedCertificate signed(KeyPair pair, X509v3CertificateBuilder builder) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return KeyedCertificate.of(
          pair.getPrivate(),
          List.of(new JcaX509CertificateConverter().getCertificate(builder.build(signer))));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw failed(e);
    }
  }

  private static VmsException failed(Exception e) {
    return new VmsException(ErrorKind.INTERNAL, "a certificate cannot be made", e);
  }

  /** Both in PEM, the key in PKCS #8; what {@link KeyedCertificate#read} reads. */
  public record Pem(String certificates, String key) {
    /** The key is a secret. */
    @Override
    public String toString() {
      return certificates;
    }
  }

  /** Writes one down. */
  public static Pem write(KeyedCertificate certificate) {
    StringBuilder chain = new StringBuilder();
    try {
      for (var one : certificate.chain()) {
        chain.append(PemText.write("CERTIFICATE", one.getEncoded()));
      }
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
    return new Pem(chain.toString(), PemText.write("PRIVATE KEY", certificate.key().getEncoded()));
  }
}
