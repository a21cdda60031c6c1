package kg.sakchy.gateway.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.limit.ConnectionCount;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.server.access.Entrance;
import kg.sakchy.gateway.server.delivery.DatagramSockets;
import kg.sakchy.gateway.server.delivery.ServerLoops;
import kg.sakchy.gateway.server.delivery.ServerMetrics;
import kg.sakchy.gateway.server.playback.PlaybackContext;
import kg.sakchy.gateway.server.relay.RelayContext;
import kg.sakchy.gateway.server.relay.Relays;
import kg.sakchy.gateway.server.session.RtspConnection;
import kg.sakchy.gateway.server.session.ServerContext;
import kg.sakchy.gateway.server.session.ServerLimits;
import org.jspecify.annotations.Nullable;

/**
 * Serves cameras over RTSP (RFC 2326): {@code rtsp://host:port/<camera>/<main|sub>}, the present
 * and, with a {@code Range} in absolute time, the archive; the same over TLS on a port of its own.
 *
 * <p>Threads: network threads of its own; safe for use by many threads. {@link #start} and {@link
 * #close} block for a bounded time.
 */
public final class RtspServer implements AutoCloseable {
  /**
   * What may wait for one reader: more than the group of pictures that a new one is given at once.
   * It is cut above, and goes on below.
   */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(512 << 10, 6 << 20);

  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);
  private static final int BACKLOG = 1_024;
  private final ServerLoops loops;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Channel> listeners = new ArrayList<>();
  private final DatagramSockets datagrams;
  private final ServerContext context;

  /**
   * Where it listens, and what it may take.
   *
   * @param host address of this machine to listen on for RTSP
   * @param port for RTSP; 0 for any that is free
   * @param tls for RTSPS, or null to do without
   * @param eventLoops network threads; 0 for half the processors, at least one
   */
  public record Options(
      String host, int port, @Nullable Encrypted tls, int eventLoops, ServerLimits limits) {}

  /**
   * RTSP over TLS.
   *
   * @param host address of this machine to listen on
   * @param port 0 for any that is free
   * @param keys asked at every handshake
   */
  public record Encrypted(String host, int port, X509ExtendedKeyManager keys) {}

  /**
   * What it serves.
   *
   * @param views the present
   * @param archive the past
   * @param acts records who watches; whoever cannot be recorded is not served
   * @param entrance to whom
   */
  public record Ports(LiveViews views, Archive archive, LastingActs acts, Entrance entrance) {}

  private RtspServer(Options options, Ports ports, VmsClock clock, MeterRegistry registry) {
    loops = new ServerLoops(options.eventLoops());
    try {
      datagrams = DatagramSockets.open(loops, options.host());
    } catch (VmsException e) {
      loops.close();
      blocking.close();
      throw e;
    }
    ServerLimits limits = options.limits();
    ConnectionCount connections = new ConnectionCount(limits.connections(), limits.perAddress());
    ServerMetrics metrics = new ServerMetrics(registry, connections);
    SecureRandom random = new SecureRandom();
    context =
        new ServerContext(
            ports.views(),
            ports.acts(),
            ports.entrance(),
            limits,
            clock,
            metrics,
            new Relays(new RelayContext(loops.allocator(), clock, random)),
            new PlaybackContext(
                ports.archive(),
                clock,
                random,
                new Semaphore(limits.playbacks()),
                limits.patience(),
                metrics),
            datagrams,
            connections,
            blocking);
  }

  /**
   * Listens.
   *
   * @throws VmsException CONFLICT if a port is taken
   */
  public static RtspServer start(
      Options options, Ports ports, VmsClock clock, MeterRegistry registry) {
    RtspServer server = new RtspServer(options, ports, clock, registry);
    try {
      server.listeners.add(server.listen(options.host(), options.port(), null));
      Encrypted tls = options.tls();
      if (tls != null) {
        server.listeners.add(server.listen(tls.host(), tls.port(), context(tls)));
      }
      return server;
    } catch (VmsException e) {
      server.close();
      throw e;
    }
  }

  private static SslContext context(Encrypted tls) {
    try {
      return SslContextBuilder.forServer(tls.keys())
          .sslProvider(SslProvider.JDK)
          .protocols(PROTOCOLS)
          .build();
    } catch (SSLException e) {
      throw new VmsException(ErrorKind.INTERNAL, "TLS is not available", e);
    }
  }

  private Channel listen(String host, int port, @Nullable SslContext tls) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.ALLOCATOR, loops.allocator())
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new Connections(tls))
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new VmsException(
          ErrorKind.CONFLICT,
          "cannot serve RTSP on " + host + ":" + port + ": another program uses the port",
          bound.cause());
    }
    return bound.channel();
  }

  /** Port for RTSP. */
  public int port() {
    return ((InetSocketAddress) listeners.getFirst().localAddress()).getPort();
  }

  /** Port for RTSPS; that for RTSP if there is none. */
  public int tlsPort() {
    return ((InetSocketAddress) listeners.getLast().localAddress()).getPort();
  }

  /** Closes all connections and the ports. Idempotent. */
  @Override
  public void close() {
    listeners.forEach(Channel::close);
    datagrams.close();
    loops.close();
    blocking.shutdownNow();
  }

  /** Makes connections. */
  private final class Connections extends ChannelInitializer<Channel> {
    private final @Nullable SslContext tls;

    Connections(@Nullable SslContext tls) {
      this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (tls != null) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(HANDSHAKE.toMillis());
        channel.pipeline().addLast(handler);
      }
      channel.pipeline().addLast(new RtspConnection(context, tls != null));
    }
  }
}
