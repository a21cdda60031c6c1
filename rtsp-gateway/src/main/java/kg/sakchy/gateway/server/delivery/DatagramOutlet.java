package kg.sakchy.gateway.server.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import kg.sakchy.media.rtsp.PortPair;

/**
 * Datagrams to the host that the RTSP connection comes from, and to no other, so that nobody can
 * aim a stream at a third party.
 *
 * <p>Threads: confined to the sockets' loop.
 */
public final class DatagramOutlet implements Outlet {
  private final DatagramSockets sockets;
  private final InetAddress client;
  private final Consumer<ByteBuffer> reports;
  private final Map<Integer, Target> targets = new TreeMap<>();

  /** Where the packets of one track go. */
  private record Target(InetSocketAddress rtp, InetSocketAddress rtcp) {}

  /**
   * @param reports takes the client's RTCP compounds, on the sockets' loop; valid only during the
   *     call
   */
  public DatagramOutlet(DatagramSockets sockets, InetAddress client, Consumer<ByteBuffer> reports) {
    this.sockets = sockets;
    this.client = client;
    this.reports = reports;
  }

  /** Adds a track; false if a port is none, or its reports come from where others' come from. */
  public boolean add(int track, PortPair ports) {
    if (ports.rtp() == 0 || ports.rtcp() == 0) {
      return false;
    }
    Target target =
        new Target(
            new InetSocketAddress(client, ports.rtp()),
            new InetSocketAddress(client, ports.rtcp()));
    if (!sockets.hear(target.rtcp(), reports)) {
      return false;
    }
    targets.put(track, target);
    return true;
  }

  /** The ports that packets come from. */
  public PortPair ports() {
    return sockets.ports();
  }

  @Override
  public EventLoop loop() {
    return sockets.loop();
  }

  @Override
  public boolean isWritable() {
    return sockets.rtp().isWritable();
  }

  @Override
  public boolean carries(int track) {
    return targets.containsKey(track);
  }

  @Override
  public void batch(PacketBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      packet(batch, i);
    }
  }

  @Override
  public void packet(PacketBatch batch, int packet) {
    Target target = targets.get(batch.track(packet));
    if (target != null) {
      send(sockets.rtp(), batch.packet(packet), target.rtp());
    }
  }

  private static ChannelFuture send(Channel from, ByteBuf bytes, InetSocketAddress to) {
    return from.write(new DatagramPacket(bytes, to));
  }

  @Override
  public ChannelFuture packets(int track, List<ByteBuffer> packets) {
    Target target = targets.get(track);
    if (target == null) {
      throw new IllegalStateException("track " + track + " was not set up");
    }
    ChannelFuture last = sockets.rtp().newSucceededFuture();
    for (ByteBuffer packet : packets) {
      last = send(sockets.rtp(), Unpooled.wrappedBuffer(packet.duplicate()), target.rtp());
    }
    return last;
  }

  @Override
  public void control(int track, ByteBuffer compound) {
    Target target = targets.get(track);
    if (target != null) {
      send(sockets.rtcp(), Unpooled.wrappedBuffer(compound.duplicate()), target.rtcp());
    }
  }

  @Override
  public void flush() {
    sockets.rtp().flush();
    sockets.rtcp().flush();
  }

  @Override
  public void close() {
    targets.values().forEach(target -> sockets.forget(target.rtcp()));
    targets.clear();
  }
}
