package kg.sakchy.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Makes RTSP connections: name, TCP, and TLS for {@code rtsps}.
 *
 * <p>Threads: safe for use by many threads; each connection lives on the loop it is dialled on.
 */
public final class Dialer implements AutoCloseable {
  /** Ports of RFC 2326 §3.2 and of the rtsps scheme (RFC 7826 §4.2). */
  static final int RTSP_PORT = 554;

  static final int RTSPS_PORT = 322;

  /** A read takes all that waits in the socket; the buffer goes back to the pool at once. */
  private static final int READ_BYTES = 256 * 1024;

  /**
   * Asked of the kernel, which may grant less: what a camera sends during a pause of the loop must
   * not close its window.
   */
  private static final int SOCKET_BYTES = 512 * 1024;

  private final EventLoops loops;
  private final Duration timeout;
  private final HostResolver resolver = new HostResolver();
  private final SslContext tls;

  /**
   * @param timeout for the TCP connection, and again for the TLS handshake
   */
  public Dialer(EventLoops loops, Duration timeout, CertificatePolicy certificates) {
    this.loops = loops;
    this.timeout = timeout;
    try {
      tls =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .trustManager(new PolicyTrustManager(certificates))
              .endpointIdentificationAlgorithm("") // the policy judges names too
              .build();
    } catch (SSLException e) {
      throw new VmsException(ErrorKind.INTERNAL, "TLS is not available", e);
    }
  }

  /**
   * Begins to dial; call it on {@code loop}. The listener is told on {@code loop} how it went:
   * either {@code connected}, or {@code closed} and nothing else.
   *
   * @param uri {@code rtsp} or {@code rtsps}
   * @return the connection to be; closing it gives up
   */
  public RtspChannel dial(URI uri, IngestLoop loop, RtspChannel.Listener listener) {
    boolean secure = isSecure(uri);
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? RTSPS_PORT : RTSP_PORT;
    RtspChannel channel =
        new RtspChannel(listener, loop.pace(), uri.getHost() + ":" + port, secure);
    resolver
        .resolve(uri.getHost(), port)
        .whenCompleteAsync(
            (address, error) -> {
              if (error != null) {
                channel.dialFailed(unwrapped(error));
              } else if (!channel.isOver()) {
                connect(channel, uri.getHost(), address, loop);
              }
            },
            loop.executor());
    return channel;
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  /** Whether an address asks for TLS. */
  public static boolean isSecure(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT).equals("rtsps");
  }

  private void connect(RtspChannel rtsp, String host, InetSocketAddress address, IngestLoop loop) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.executor())
            .channel(loops.socketChannel())
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
            .option(ChannelOption.ALLOCATOR, loops.allocator())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .option(ChannelOption.SO_RCVBUF, SOCKET_BYTES)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel socket) {
                    if (rtsp.isTls()) {
                      socket.pipeline().addLast(tlsHandler(socket, host, address.getPort()));
                    }
                    socket.pipeline().addLast(rtsp);
                  }
                });
    bootstrap
        .connect(address)
        .addListener(
            result -> {
              if (!result.isSuccess()) {
                rtsp.dialFailed(result.cause());
              }
            });
  }

  private SslHandler tlsHandler(SocketChannel socket, String host, int port) {
    SslHandler handler = tls.newHandler(socket.alloc(), host, port);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }

  @Override
  public void close() {
    resolver.close();
  }
}
