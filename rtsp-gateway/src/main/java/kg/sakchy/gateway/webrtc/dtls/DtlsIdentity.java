package kg.sakchy.gateway.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * A key and a certificate of its own for one session, so that sessions cannot be told to come from
 * the same server. Its only worth is the fingerprint in the answer; name and dates prove nothing
 * (RFC 8827 §6.5).
 *
 * <p>Threads: immutable.
 */
public final class DtlsIdentity {
  private static final Duration VALID = Duration.ofDays(30);
  private static final int SERIAL_BITS = 64;

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
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1,
                ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1)),
            random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=WebRTC");
    try {
      byte[] certificate =
          new BcX509v3CertificateBuilder(
                  name,
                  new BigInteger(SERIAL_BITS, random).setBit(0),
                  Date.from(now.minus(Duration.ofDays(1))),
                  Date.from(now.plus(VALID)),
                  name,
                  pair.getPublic())
              .build(
                  new BcECContentSignerBuilder(
                          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                          new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
                      .build(pair.getPrivate()))
              .getEncoded();
      return new DtlsIdentity(pair.getPrivate(), certificate);
    } catch (IOException | OperatorCreationException e) {
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
