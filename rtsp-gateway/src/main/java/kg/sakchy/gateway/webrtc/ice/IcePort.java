package kg.sakchy.gateway.webrtc.ice;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.transport.EventLoops;
import kg.sakchy.gateway.transport.IngestLoop;
import kg.sakchy.gateway.transport.LoopPace;
import org.jspecify.annotations.Nullable;

/**
 * The one port of all sessions: a UDP socket, and on the same number a TCP socket that takes
 * connections (RFC 6544, passive candidates; packets framed as RFC 4571 says).
 *
 * <p>Threads: everything arrives on the port's own event loop. Opening and closing block.
 */
public final class IcePort implements AutoCloseable {
  private static final int DATAGRAMS_PER_READ = 16;
  private static final int KERNEL_BUFFER_BYTES = 2 << 20;
  private static final int FREE_PORT_ATTEMPTS = 16;
  private static final int MAX_CONNECTIONS = 256;

  /** A connection on which no check comes for this long is closed: so is one without a session. */
  private static final int SILENCE_SECONDS = 30;

  /** A peer that reads slower than this much is behind. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final EventLoops loops;
  private final PacketDemux demux;
  private final IceDrops drops;
  private final AtomicInteger connections = new AtomicInteger();
  private final Channel datagrams;
  private final Channel listener;

  private IcePort(
      EventLoops loops, InetSocketAddress address, IceSessions sessions, IceDrops drops) {
    this.loops = loops;
    this.drops = drops;
    demux = new PacketDemux(sessions, drops);
    IngestLoop loop = loops.next();
    EventLoop executor = loop.executor();
    executor.execute(() -> loop.pace().change(LoopPace.Pace.PATIENT, LoopPace.Pace.LIVE));
    Sockets sockets = bind(executor, address, FREE_PORT_ATTEMPTS);
    datagrams = sockets.datagrams();
    listener = sockets.listener();
  }

  private record Sockets(Channel datagrams, Channel listener) {}

  private Sockets bind(EventLoop executor, InetSocketAddress address, int attemptsLeft) {
    ChannelFuture udp = bindUdp(executor, address).awaitUninterruptibly();
    if (!udp.isSuccess()) {
      throw busy(address, udp.cause());
    }
    Channel bound = udp.channel();
    ChannelFuture tcp =
        bindTcp(executor, (InetSocketAddress) bound.localAddress()).awaitUninterruptibly();
    if (tcp.isSuccess()) {
      return new Sockets(bound, tcp.channel());
    }
    bound.close().syncUninterruptibly();
    if (address.getPort() != 0 || attemptsLeft == 1) {
      throw busy(address, tcp.cause());
    }
    return bind(executor, address, attemptsLeft - 1);
  }

  /**
   * Opens the port.
   *
   * @param address where; with port 0 a number is taken that is free for both
   * @throws VmsException FAILED_PRECONDITION when the port is taken
   */
  public static IcePort open(
      EventLoops loops, InetSocketAddress address, IceSessions sessions, IceDrops drops) {
    return new IcePort(loops, address, sessions, drops);
  }

  private static VmsException busy(InetSocketAddress address, @Nullable Throwable cause) {
    return new VmsException(
        ErrorKind.FAILED_PRECONDITION,
        "cannot listen for WebRTC on UDP and TCP port %d of %s; stop the other program or set"
                .formatted(address.getPort(), address.getHostString())
            + " another webrtc.port",
        cause);
  }

  private ChannelFuture bindUdp(EventLoop loop, InetSocketAddress address) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(loops.datagramChannel())
            .option(ChannelOption.ALLOCATOR, loops.allocator())
            .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(PacketDemux.MAX_PACKET_BYTES * DATAGRAMS_PER_READ))
            .handler(
                new ChannelInitializer<DatagramChannel>() {
                  @Override
                  protected void initChannel(DatagramChannel channel) {
                    channel.pipeline().addLast(new Datagrams());
                  }
                });
    if (loops.isEpoll()) {
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, PacketDemux.MAX_PACKET_BYTES);
    }
    return bootstrap.bind(address);
  }

  private ChannelFuture bindTcp(EventLoop loop, InetSocketAddress address) {
    Class<? extends ServerSocketChannel> type =
        loops.isEpoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    return new ServerBootstrap()
        .group(loop)
        .channel(type)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOCATOR, loops.allocator())
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accepted(channel);
              }
            })
        .bind(address);
  }

  private void accepted(SocketChannel channel) {
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    if (connections.incrementAndGet() > MAX_CONNECTIONS) {
      drops.dropped(IceDrops.Reason.TOO_MANY);
      channel.close();
      return;
    }
    channel
        .pipeline()
        .addLast(new ReadTimeoutHandler(SILENCE_SECONDS))
        .addLast(new LengthFieldBasedFrameDecoder(PacketDemux.MAX_PACKET_BYTES, 0, 2, 0, 2))
        .addLast(new Frames());
  }

  /** The address it listens on, with its true port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) datagrams.localAddress();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    datagrams.close().syncUninterruptibly();
  }

  private static byte[] copy(ByteBuf content) {
    byte[] packet = new byte[content.readableBytes()];
    content.readBytes(packet);
    return packet;
  }

  /** What comes by UDP. */
  private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      int size = datagram.content().readableBytes();
      if (size == 0 || size >= PacketDemux.MAX_PACKET_BYTES) {
        drops.dropped(IceDrops.Reason.SIZE);
        return;
      }
      demux.datagram(
          new IcePath.Udp(context.channel(), datagram.sender()), copy(datagram.content()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A peer's port is closed (ICMP): that the peer is gone shows by its silence.
    }
  }

  /** What comes on one connection. */
  private final class Frames extends SimpleChannelInboundHandler<ByteBuf> {
    private @Nullable IceSession session;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
      if (!(context.channel().remoteAddress() instanceof InetSocketAddress remote)) {
        return;
      }
      session = demux.framed(new IcePath.Tcp(context.channel(), remote), copy(frame), session);
      if (session == null) {
        context.close(); // the first packet of a connection must be a valid check
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      drops.dropped(IceDrops.Reason.SIZE); // a frame too long, silence, or a broken connection
      context.close();
    }
  }
}
