package kg.sakchy.gateway.server.delivery;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.rtsp.PortPair;

/**
 * Two neighbouring UDP ports, an even one for RTP and the next for RTCP (RFC 3550 §11), from which
 * all sessions of a server send. Reports are told apart by where they come from; those of strangers
 * are dropped.
 *
 * <p>Threads: {@link #open} blocks; the rest is confined to {@link #loop()}, but {@link #close()}.
 */
public final class DatagramSockets implements AutoCloseable {
  private static final int ATTEMPTS = 64;
  private static final int SEND_BUFFER_BYTES = 4 << 20;
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 20, 4 << 20);
  private final Channel rtp;
  private final Channel rtcp;
  private final Map<InetSocketAddress, Consumer<ByteBuffer>> reports = new HashMap<>();

  private DatagramSockets(Channel rtp, Channel rtcp) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    rtcp.pipeline().addLast(new Inlet());
  }

  /**
   * Binds a pair of free ports.
   *
   * @throws VmsException UNAVAILABLE if there is none
   */
  public static DatagramSockets open(ServerLoops loops, String host) {
    EventLoop loop = loops.next();
    for (int i = 0; i < ATTEMPTS; i++) {
      ChannelFuture first = bind(loops, loop, host, 0);
      if (!first.isSuccess()) {
        break;
      }
      int port = port(first.channel());
      if (port % 2 == 0) {
        ChannelFuture second = bind(loops, loop, host, port + 1);
        if (second.isSuccess()) {
          return new DatagramSockets(first.channel(), second.channel());
        }
      }
      first.channel().close().awaitUninterruptibly();
    }
    throw new VmsException(ErrorKind.UNAVAILABLE, "no two neighbouring UDP ports on " + host);
  }

  private static ChannelFuture bind(ServerLoops loops, EventLoop loop, String host, int port) {
    return new Bootstrap()
        .group(loop)
        .channel(loops.datagramChannel())
        .option(ChannelOption.ALLOCATOR, loops.allocator())
        .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                // the reader of reports is added when both ports are bound
              }
            })
        .bind(host, port)
        .awaitUninterruptibly();
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  EventLoop loop() {
    return rtp.eventLoop();
  }

  Channel rtp() {
    return rtp;
  }

  Channel rtcp() {
    return rtcp;
  }

  PortPair ports() {
    return new PortPair(port(rtp), port(rtcp));
  }

  /** Hands the reports of a client on; false if somebody else takes them. */
  boolean hear(InetSocketAddress client, Consumer<ByteBuffer> to) {
    return reports.putIfAbsent(client, to) == null || reports.get(client) == to;
  }

  void forget(InetSocketAddress client) {
    reports.remove(client);
  }

  /** Closes both ports. Idempotent; any thread. */
  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }

  /** Reads reports. */
  private final class Inlet extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      Consumer<ByteBuffer> to = reports.get(datagram.sender());
      if (to != null) {
        to.accept(datagram.content().nioBuffer());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A port that its client has closed: the session ends by its timeout.
    }
  }
}
