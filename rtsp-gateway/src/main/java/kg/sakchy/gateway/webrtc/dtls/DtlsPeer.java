package kg.sakchy.gateway.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import kg.sakchy.gateway.webrtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What our side of a handshake insists on: DTLS 1.2, an ECDHE suite with our certificate, a profile
 * of SRTP, and a client whose certificate has the fingerprint of the offer.
 *
 * <p>Threads: confined to the thread of the handshake.
 */
final class DtlsPeer extends DefaultTlsServer {
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int MAX_MESSAGE_BYTES = 16 * 1024;
  private static final int MAX_CHAIN = 2;
  private static final byte[] NO_KEY_IDENTIFIER = {};

  private final BcTlsCrypto bouncy;
  private final DtlsIdentity identity;
  private final Fingerprint expected;
  private @Nullable SrtpProfile profile;
  private byte @Nullable [] material;

  DtlsPeer(BcTlsCrypto crypto, DtlsIdentity identity, Fingerprint expected) {
    super(crypto);
    bouncy = crypto;
    this.identity = identity;
    this.expected = expected;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return TlsUtils.getSupportedCipherSuites(
        getCrypto(),
        new int[] {
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        });
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return HANDSHAKE_MILLIS;
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return MAX_MESSAGE_BYTES;
  }

  @Override
  public int getMaxCertificateChainLength() {
    return MAX_CHAIN;
  }

  @Override
  @SuppressWarnings("rawtypes") // BouncyCastle's signature
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
    profile =
        offered == null ? null : SrtpProfile.best(offered.getProtectionProfiles()).orElse(null);
    if (profile == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // BouncyCastle's signature
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    if (profile != null) {
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(new int[] {profile.number()}, NO_KEY_IDENTIFIER));
    }
    return extensions;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
    Certificate chain =
        new Certificate(new TlsCertificate[] {bouncy.createCertificate(identity.certificate())});
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        bouncy,
        identity.key(),
        chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  @Override
  @SuppressWarnings("JdkObsolete") // BouncyCastle's types
  public CertificateRequest getCertificateRequest() {
    Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
    for (short signature : new short[] {SignatureAlgorithm.ecdsa, SignatureAlgorithm.rsa}) {
      for (short hash :
          new short[] {HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512}) {
        algorithms.add(SignatureAndHashAlgorithm.getInstance(hash, signature));
      }
    }
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        algorithms,
        null);
  }

  /** That the client has the certificate's key is checked by the protocol afterwards. */
  @Override
  public void notifyClientCertificate(Certificate chain) throws IOException {
    if (chain.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.certificate_required);
    }
    if (!expected.isOf(chain.getCertificateAt(0).getEncoded())) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    if (profile != null) {
      material =
          context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.materialBytes());
    }
  }

  /** What was agreed on; call it when the handshake is over. */
  DtlsKeys keys() throws IOException {
    if (profile == null || material == null) {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
    return new DtlsKeys(profile, material);
  }
}
