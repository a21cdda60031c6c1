package kg.sakchy.sim.onvif.discovery;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.sim.net.SimLoop;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.soap.Ns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers probes for devices on one interface, says Hello for each at the start and Bye at the end.
 * Questions may come by multicast to 239.255.255.250:3702, or by unicast to port 3702.
 *
 * <p>Threads: {@link #add}, {@link #remove} and {@link #close} may be called from any.
 */
public final class DiscoveryResponder implements AutoCloseable {
  public static final int PORT = 3_702;

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryResponder.class);
  private static final int MAX_DATAGRAM = 65_536;

  private final SimLoop loop;
  private final DatagramChannel channel;
  private final DatagramChannel ephemeral;
  private final UUID instance = UUID.randomUUID();
  private final AtomicLong number = new AtomicLong();
  private final Map<UUID, SimDevice> devices = new ConcurrentHashMap<>();

  private DiscoveryResponder(SimLoop loop, DatagramChannel channel, DatagramChannel ephemeral) {
    this.loop = loop;
    this.channel = channel;
    this.ephemeral = ephemeral;
  }

  /**
   * Joins the group on an interface.
   *
   * @throws VmsException UNAVAILABLE if the port is taken, or the interface cannot do multicast
   */
  public static DiscoveryResponder start(NetworkInterface network) {
    SimLoop loop = SimLoop.create();
    try {
      Answers answers = new Answers();
      DatagramChannel channel = bind(loop, network, PORT, answers);
      DatagramChannel ephemeral = bind(loop, network, 0, new Answers());
      ChannelFuture joined =
          channel.joinGroup(new InetSocketAddress(group(), PORT), network).awaitUninterruptibly();
      if (!joined.isSuccess()) {
        throw new VmsException(
            ErrorKind.UNAVAILABLE, "no multicast on " + network.getName(), joined.cause());
      }
      DiscoveryResponder responder = new DiscoveryResponder(loop, channel, ephemeral);
      answers.responder = responder;
      return responder;
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private static InetAddress group() {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 239, (byte) 255, (byte) 255, (byte) 250});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static DatagramChannel bind(
      SimLoop loop, NetworkInterface network, int port, Answers answers) {
    ChannelFuture bound =
        new Bootstrap()
            .group(loop.group())
            .channel(loop.datagramChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.IP_MULTICAST_IF, network)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
            .handler(answers)
            .bind(port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "no UDP port " + port, bound.cause());
    }
    return (DatagramChannel) bound.channel();
  }

  /** A device can be found from now on. */
  public void add(SimDevice device) {
    devices.put(device.endpointReference(), device);
    hello(device);
  }

  /** Says Hello for a device, as after a restart. */
  public void hello(SimDevice device) {
    multicast(DiscoveryMessages.hello(target(device), instance, number.incrementAndGet()));
  }

  /** A device says Bye and cannot be found any more. */
  public void remove(SimDevice device) {
    if (devices.remove(device.endpointReference()) != null) {
      multicast(DiscoveryMessages.bye(target(device), instance, number.incrementAndGet()));
    }
  }

  /** Says Bye for all devices and leaves. */
  @Override
  public void close() {
    List.copyOf(devices.values()).forEach(this::remove);
    channel.close().awaitUninterruptibly();
    ephemeral.close().awaitUninterruptibly();
    loop.close();
  }

  private void multicast(String message) {
    send(channel, message, new InetSocketAddress(group(), PORT)).awaitUninterruptibly();
  }

  private static ChannelFuture send(DatagramChannel from, String message, InetSocketAddress to) {
    return from.writeAndFlush(
        new DatagramPacket(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8), to));
  }

  private static DiscoveryMessages.Target target(SimDevice device) {
    URI uri = device.uri();
    String address =
        device.quirks().has(SimQuirk.DISCOVERY_OTHER_SUBNET)
            ? "http://192.168.77.64:" + uri.getPort() + uri.getPath()
            : uri.toString();
    return new DiscoveryMessages.Target(
        device.endpointReference(),
        List.of("dn:NetworkVideoTransmitter", "tds:Device"),
        device.scopes(),
        address,
        1);
  }

  private void asked(byte[] datagram, InetSocketAddress sender) {
    ProbeRequest request = ProbeRequest.read(datagram);
    if (request == null) {
      return;
    }
    for (SimDevice device : devices.values()) {
      if (device.offline() || !device.discoverable()) {
        continue;
      }
      switch (request) {
        case ProbeRequest.Probe probe -> {
          if (fits(probe, device)) {
            answer(
                device,
                DiscoveryMessages.probeMatches(
                    target(device), probe.messageId(), instance, number.incrementAndGet()),
                sender);
          }
        }
        case ProbeRequest.Resolve resolve -> {
          if (resolve.endpoint().equals("urn:uuid:" + device.endpointReference())) {
            answer(
                device,
                DiscoveryMessages.resolveMatches(
                    target(device), resolve.messageId(), instance, number.incrementAndGet()),
                sender);
          }
        }
      }
    }
  }

  private void answer(SimDevice device, String message, InetSocketAddress to) {
    boolean other = device.quirks().has(SimQuirk.DISCOVERY_EPHEMERAL_PORT);
    send(other ? ephemeral : channel, message, to);
  }

  private static boolean fits(ProbeRequest.Probe probe, SimDevice device) {
    List<String> types =
        List.of(
            "{" + Ns.NETWORK_WSDL + "}NetworkVideoTransmitter", "{" + Ns.DEVICE.uri() + "}Device");
    return probe.understood()
        && types.containsAll(probe.types())
        && probe.scopes().stream()
            .allMatch(wanted -> device.scopes().stream().anyMatch(scope -> isUnder(scope, wanted)));
  }

  /** A scope fits what is wanted if its path begins with the same segments (RFC 2396 rule). */
  private static boolean isUnder(String scope, String wanted) {
    String prefix = wanted.endsWith("/") ? wanted.substring(0, wanted.length() - 1) : wanted;
    return scope.equalsIgnoreCase(prefix)
        || scope.regionMatches(true, 0, prefix + "/", 0, prefix.length() + 1);
  }

  /** Hands datagrams on. */
  private static final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
    private volatile @Nullable DiscoveryResponder responder;

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      DiscoveryResponder target = responder;
      if (target != null) {
        target.asked(ByteBufUtil.getBytes(packet.content()), packet.sender());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("a datagram failed", cause);
    }
  }
}
