package kg.sakchy.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.rtp.ReorderBuffer;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.PortPair;
import org.jspecify.annotations.Nullable;

/**
 * A track over UDP: one socket for RTP, one for RTCP, and a buffer that puts packets back into
 * order. Datagrams from other hosts than the camera are dropped and counted.
 *
 * <p>Threads: confined to the stream's event loop.
 */
public final class UdpPath implements MediaPath {
  /** Most packets that wait for one that is late, and how long. */
  private static final int REORDER_PACKETS = 64;

  private static final Duration REORDER_WAIT = Duration.ofMillis(100);

  private final Channel rtp;
  private final Channel rtcp;
  private final VmsClock clock;
  private final ReorderBuffer reorder = new ReorderBuffer(REORDER_PACKETS, REORDER_WAIT.toNanos());
  private @Nullable Receiver receiver;
  private @Nullable Events events;
  private @Nullable InetAddress camera;
  private @Nullable InetSocketAddress cameraRtcp;

  /** Takes what is not media. */
  public interface Events {
    /** A datagram arrived; its packet follows. */
    void read();

    /** A datagram came from a host that is not the camera. */
    void stranger();
  }

  UdpPath(Channel rtp, Channel rtcp, VmsClock clock) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.clock = clock;
    rtp.pipeline().addLast(new Inlet(this::rtp));
    rtcp.pipeline().addLast(new Inlet(this::rtcp));
  }

  /** The ports to offer in SETUP. */
  public PortPair ports() {
    return new PortPair(port(rtp), port(rtcp));
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /**
   * Lets packets in, and sends the camera an empty one from each port, so that a router or firewall
   * between lets its packets through (hole punching).
   *
   * @param cameraAddress the only host whose datagrams count
   * @param cameraPorts where it sends from, or null if it did not say
   */
  public void open(
      InetAddress cameraAddress, @Nullable PortPair cameraPorts, Receiver to, Events toEvents) {
    camera = cameraAddress;
    receiver = to;
    events = toEvents;
    if (cameraPorts != null && cameraPorts.rtp() > 0 && cameraPorts.rtcp() > 0) {
      ByteBuffer empty = ByteBuffer.allocate(RtpPacket.HEADER_BYTES);
      RtpPacket.writeHeader(empty, false, 0, 0, 0, 0);
      send(rtp, empty.flip(), new InetSocketAddress(cameraAddress, cameraPorts.rtp()));
      cameraRtcp = new InetSocketAddress(cameraAddress, cameraPorts.rtcp());
    }
  }

  @Override
  public void sendRtcp(ByteBuffer compound) {
    if (cameraRtcp != null) {
      send(rtcp, compound, cameraRtcp);
    }
  }

  private static void send(Channel from, ByteBuffer bytes, InetSocketAddress to) {
    from.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), to), from.voidPromise());
  }

  @Override
  public void tick(long nowNanos) {
    if (receiver != null) {
      reorder.expire(nowNanos, receiver::rtp);
    }
  }

  @Override
  public void close() {
    receiver = null;
    rtp.close();
    rtcp.close();
  }

  private void rtp(ByteBuffer packet) {
    if (receiver != null) {
      reorder.push(packet, clock.nanoTime(), receiver::rtp);
    }
  }

  private void rtcp(ByteBuffer compound) {
    if (receiver != null) {
      receiver.rtcp(compound);
    }
  }

  /** Checks where datagrams come from. */
  private final class Inlet extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Consumer<ByteBuffer> to;

    Inlet(Consumer<ByteBuffer> to) {
      this.to = to;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      if (events == null || camera == null) {
        return;
      }
      if (!camera.equals(datagram.sender().getAddress())) {
        events.stranger();
        return;
      }
      ByteBuf content = datagram.content();
      events.read();
      to.accept(content.nioBuffer(content.readerIndex(), content.readableBytes()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A port the camera has not opened yet, or closed: whether media comes is watched elsewhere.
    }
  }
}
