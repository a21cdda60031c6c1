package kg.sakchy.sim;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.sim.net.SimLoop;

/**
 * Two neighbouring UDP ports, the first even (RFC 3550 §11), from which all sessions of a server
 * send.
 *
 * @param rtp sends media
 * @param rtcp sends reports; what viewers send there is not read
 */
record UdpPorts(Channel rtp, Channel rtcp) {
  private static final int ATTEMPTS = 64;
  private static final int SEND_BUFFER_BYTES = 4 << 20;

  static UdpPorts open(SimLoop loop, String host) {
    for (int i = 0; i < ATTEMPTS; i++) {
      ChannelFuture first = bind(loop, host, 0);
      if (!first.isSuccess()) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "no UDP port on " + host, first.cause());
      }
      int port = port(first.channel());
      if (port % 2 == 0) {
        ChannelFuture second = bind(loop, host, port + 1);
        if (second.isSuccess()) {
          return new UdpPorts(first.channel(), second.channel());
        }
      }
      first.channel().close().awaitUninterruptibly();
    }
    throw new VmsException(ErrorKind.UNAVAILABLE, "no two neighbouring UDP ports on " + host);
  }

  private static ChannelFuture bind(SimLoop loop, String host, int port) {
    return new Bootstrap()
        .group(loop.group())
        .channel(loop.datagramChannel())
        .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
        .handler(new Unread())
        .bind(host, port)
        .awaitUninterruptibly();
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  PortPair numbers() {
    return new PortPair(port(rtp), port(rtcp));
  }

  /** Takes what arrives and does nothing with it. */
  private static final class Unread extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {}
  }
}
