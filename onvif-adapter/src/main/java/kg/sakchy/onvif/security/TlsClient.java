package kg.sakchy.onvif.security;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * TLS towards cameras. The handshake proves that the peer has the key of the certificate it shows;
 * whether that is the right certificate is for {@link CertificatePins}, asked after the handshake
 * and before anything is sent, on a thread that may block.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class TlsClient {
  /** Sessions kept for resumption, of all cameras together. */
  private static final long SESSIONS = 4_096;

  private final SslContext context;

  public TlsClient() {
    try {
      context =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .trustManager(new PinnedLater())
              .endpointIdentificationAlgorithm("") // a pin says more than a name
              .sessionCacheSize(SESSIONS)
              .build();
    } catch (SSLException e) {
      throw new VmsException(ErrorKind.INTERNAL, "TLS is not available", e);
    }
  }

  /** A handler for one connection; the caller must ask {@link CertificatePins} afterwards. */
  public SslHandler handler(
      ByteBufAllocator allocator, String host, int port, int handshakeMillis) {
    SslHandler handler = context.newHandler(allocator, host, port);
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    return handler;
  }

  /** Lets every certificate pass; see above. */
  private static final class PinnedLater extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
