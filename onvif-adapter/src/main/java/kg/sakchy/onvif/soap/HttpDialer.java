package kg.sakchy.onvif.soap;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.net.NetLoops;
import kg.sakchy.onvif.security.CertificatePins;
import kg.sakchy.onvif.security.TlsClient;

/**
 * Makes connections for all cameras on a few event loops and one small buffer pool.
 *
 * <p>Threads: safe for use by many threads; {@link #dial} blocks.
 */
final class HttpDialer implements AutoCloseable {
  private static final int READ_BYTES = 16 * 1024;
  private static final int PAGE_BYTES = 8192;

  /** Chunks of 8 KB * 2^5 = 256 KB: room for a few reads at once. */
  private static final int CHUNK_ORDER = 5;

  private final NetLoops loops;
  private final PooledByteBufAllocator allocator;
  private final TlsClient tls = new TlsClient();
  private final CertificatePins pins;

  HttpDialer(int threads, CertificatePins pins) {
    this.pins = pins;
    loops = NetLoops.create(threads, "onvif");
    allocator = new PooledByteBufAllocator(true, 0, threads, PAGE_BYTES, CHUNK_ORDER, 0, 0, false);
  }

  /**
   * Connects; with TLS, also shakes hands and compares the certificate with its pin.
   *
   * @param peer what the certificate is pinned under
   * @throws VmsException UNAVAILABLE, TIMEOUT, PERMISSION_DENIED for another certificate, CANCELLED
   *     when interrupted or closed
   */
  HttpConnection dial(Endpoint endpoint, String peer, Duration timeout) {
    if (loops.group().isShuttingDown() || Thread.currentThread().isInterrupted()) {
      throw new VmsException(ErrorKind.CANCELLED, "the call was given up");
    }
    HttpConnection connection = new HttpConnection(endpoint);
    int millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    try {
      Channel channel = open(endpoint, connection, millis);
      if (endpoint.secure()) {
        shakeHands(channel, endpoint, peer, millis);
      }
      return connection;
    } catch (VmsException e) {
      connection.close();
      throw e;
    } catch (UnknownHostException e) {
      throw NetworkErrors.of(e, endpoint);
    } catch (InterruptedException e) {
      connection.close();
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the call was given up", e);
    }
  }

  /**
   * Everything of Netty happens on the event loop: what it keeps for each thread that calls it
   * would else be kept for every camera's.
   */
  private Channel open(Endpoint endpoint, HttpConnection connection, int millis)
      throws UnknownHostException, InterruptedException {
    InetSocketAddress address = address(endpoint);
    EventLoop loop = loops.group().next();
    Promise<Channel> opened = loop.newPromise();
    loop.execute(
        () ->
            new Bootstrap()
                .group(loop)
                .channel(loops.socket())
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(initializer(endpoint, connection, millis))
                .connect(address)
                .addListener((ChannelFutureListener) connecting -> told(opened, connecting)));
    try {
      return awaited(opened, endpoint, millis).getNow();
    } finally {
      opened.cancel(false); // nobody waits any more; without effect once it is open
    }
  }

  private static void told(Promise<Channel> opened, ChannelFuture connecting) {
    if (!connecting.isSuccess()) {
      opened.tryFailure(connecting.cause());
    } else if (!opened.trySuccess(connecting.channel())) {
      connecting.channel().close();
    }
  }

  private static InetSocketAddress address(Endpoint endpoint) throws UnknownHostException {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
    InetAddress address =
        literal == null
            ? InetAddress.getByName(endpoint.host())
            : InetAddress.getByAddress(literal);
    return new InetSocketAddress(address, endpoint.port());
  }

  private ChannelInitializer<SocketChannel> initializer(
      Endpoint endpoint, HttpConnection connection, int millis) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel socket) {
        if (endpoint.secure()) {
          socket
              .pipeline()
              .addLast(tls.handler(socket.alloc(), endpoint.host(), endpoint.port(), millis));
        }
        // Lenient on purpose: small cameras end lines with LF alone and repeat fields.
        HttpDecoderConfig config =
            new HttpDecoderConfig()
                .setMaxHeaderSize(16 * 1024)
                .setMaxChunkSize(READ_BYTES)
                .setStrictLineParsing(false)
                .setValidateHeaders(false)
                .setAllowDuplicateContentLengths(true);
        socket.pipeline().addLast(new HttpClientCodec(config, false, false)).addLast(connection);
      }
    };
  }

  private void shakeHands(Channel channel, Endpoint endpoint, String peer, int millis)
      throws InterruptedException {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    awaited(handler.handshakeFuture(), endpoint, millis);
    try {
      X509Certificate own =
          (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
      pins.check(peer, own);
    } catch (SSLPeerUnverifiedException e) {
      throw NetworkErrors.of(e, endpoint);
    }
  }

  private static <F extends Future<?>> F awaited(F future, Endpoint endpoint, int millis)
      throws InterruptedException {
    if (!future.await(millis, TimeUnit.MILLISECONDS)) {
      throw new VmsException(ErrorKind.TIMEOUT, endpoint + " did not accept a connection in time");
    }
    if (!future.isSuccess()) {
      throw NetworkErrors.of(future.cause(), endpoint);
    }
    return future;
  }

  @Override
  public void close() {
    loops.close();
  }
}
