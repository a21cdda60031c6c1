package kg.sakchy.sim;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.sim.net.SimCertificate;
import kg.sakchy.sim.net.SimLoop;
import org.jspecify.annotations.Nullable;

/**
 * An RTSP server (RFC 2326) of simulated cameras: TCP interleaved and UDP, Basic and Digest, RTSPS.
 *
 * <p>Each sample is packetized once for all cameras that show it and their viewers. A viewer that
 * does not keep up loses samples ({@link SimCamera#samplesDropped}) rather than fill the memory.
 *
 * <p>Threads: one event loop does all the work; public methods may be called from any thread.
 */
public final class SimServer implements AutoCloseable {
  /** What may wait for one viewer; some seconds of a 2 Mbit/s stream. */
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 20, 4 << 20);

  private static final long SWEEP_MILLIS = 100;

  private final SimLoop loop;
  private final ServerContext context;
  private final Channel listener;

  private SimServer(SimLoop loop, ServerContext context, Channel listener) {
    this.loop = loop;
    this.context = context;
    this.listener = listener;
  }

  /**
   * Listens.
   *
   * @throws VmsException UNAVAILABLE if the port is taken, INTERNAL if no certificate can be made
   */
  public static SimServer start(SimOptions options) {
    SimLoop loop = SimLoop.create();
    try {
      EventLoop eventLoop = loop.group().next();
      UdpPorts udpPorts = UdpPorts.open(loop, options.host());
      ServerContext context = new ServerContext(options, eventLoop, udpPorts);
      Channel listener = listen(loop, context, options.tls() ? SimCertificate.context() : null);
      context.listening(((InetSocketAddress) listener.localAddress()).getPort());
      eventLoop.scheduleAtFixedRate(
          context::endSilentSessions, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
      return new SimServer(loop, context, listener);
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private static Channel listen(SimLoop loop, ServerContext context, @Nullable SslContext tls) {
    SimOptions options = context.options();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop.group())
            .channel(loop.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1_024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(new RtspConnection(context));
                  }
                })
            .bind(options.host(), options.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE,
          "cannot listen on " + options.host() + ":" + options.port(),
          bound.cause());
    }
    return bound.channel();
  }

  /** Adds a camera without faults. */
  public SimCamera addCamera(String path, SimMedia media) {
    return addCamera(path, media, new SimFaults());
  }

  /**
   * Adds a camera.
   *
   * @param path without a slash in front or behind, not taken yet
   * @param media may be shared with other cameras
   */
  public SimCamera addCamera(String path, SimMedia media, SimFaults faults) {
    return onLoop(
        () -> {
          SimCamera camera = new SimCamera(path, context.feed(media), faults, context);
          context.add(camera);
          return camera;
        });
  }

  private <T> T onLoop(Callable<T> task) {
    var future = context.loop().submit(task).awaitUninterruptibly();
    return switch (future.cause()) {
      case null -> future.getNow();
      case RuntimeException e -> throw e;
      case Throwable e -> throw new VmsException(ErrorKind.INTERNAL, "cannot add a camera", e);
    };
  }

  /** TCP port it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Address of a camera; of one that does not exist too. */
  public URI uri(String path) {
    return context.uri(path);
  }

  /** Closes all connections and the port. Idempotent. */
  @Override
  public void close() {
    if (!context.loop().isShuttingDown()) {
      context.loop().submit(context::close).awaitUninterruptibly();
    }
    loop.close();
  }
}
