package kg.sakchy.gateway.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Hashtable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kg.sakchy.gateway.webrtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** A client that offers SRTP, proves itself, and checks the server's fingerprint. */
public final class TestDtlsClient implements AutoCloseable {
  private final BcTlsCrypto crypto;
  private final DtlsIdentity identity;
  private final PacketQueue packets;
  private final CompletableFuture<DtlsKeys> keys = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private String expected = "";
  private volatile boolean leaving;
  private @Nullable Thread thread;

  public TestDtlsClient(SecureRandom random, Instant now, Consumer<byte[]> out) {
    crypto = new BcTlsCrypto(random);
    identity = DtlsIdentity.generate(random, now);
    packets = new PacketQueue(out);
  }

  /** Hex of our certificate's SHA-256. */
  public String fingerprint() {
    return identity.fingerprint().format().substring("sha-256 ".length());
  }

  public void expect(String serverFingerprint) {
    expected = serverFingerprint;
  }

  public void received(byte[] packet) {
    packets.offer(packet);
  }

  /** Shakes hands and returns the keys of SRTP. */
  public DtlsKeys connect() throws InterruptedException {
    thread = Thread.ofVirtual().start(this::run);
    try {
      return keys.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Completes when the server says goodbye. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  private void run() {
    Client client = new Client();
    try {
      DTLSTransport transport = new DTLSClientProtocol().connect(client, packets);
      keys.complete(client.agreed());
      byte[] nothing = new byte[transport.getReceiveLimit()];
      converse(transport, nothing);
      transport.close();
      ended.complete(null);
    } catch (IOException | RuntimeException e) {
      keys.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  private void converse(DTLSTransport transport, byte[] nothing) throws IOException {
    try {
      while (!packets.isClosed() && !leaving) {
        transport.receive(nothing, 0, nothing.length, 50);
      }
    } catch (InterruptedIOException e) {
      assertThat(packets.isClosed()).as("the server said goodbye").isTrue();
    }
  }

  /** Says goodbye, if the hands were shaken. */
  @Override
  public void close() {
    leaving = true;
    try {
      if (thread != null && keys.isDone()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Client extends DefaultTlsClient {
    private @Nullable DtlsKeys agreed;

    Client() {
      super(TestDtlsClient.this.crypto);
    }

    DtlsKeys agreed() throws IOException {
      if (agreed == null) {
        throw new TlsFatalAlert(AlertDescription.internal_error);
      }
      return agreed;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "unchecked"}) // BouncyCastle's signature
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions = super.getClientExtensions();
      TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {7, 1}, new byte[0]));
      return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
      agreed =
          new DtlsKeys(
              profile,
              context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.materialBytes()));
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
          byte[] der = server.getCertificate().getCertificateAt(0).getEncoded();
          if (!Fingerprint.parse(expected).orElseThrow().isOf(der)) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
          }
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
          Certificate chain =
              new Certificate(
                  new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
          return new BcDefaultTlsCredentialedSigner(
              new TlsCryptoParameters(context),
              crypto,
              identity.key(),
              chain,
              SignatureAndHashAlgorithm.getInstance(
                  HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        }
      };
    }
  }
}
