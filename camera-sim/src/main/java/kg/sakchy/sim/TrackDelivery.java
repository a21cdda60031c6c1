package kg.sakchy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.media.rtsp.RtspWriter;

/** How one track of one session goes out. Threads: confined to the loop. */
sealed interface TrackDelivery {
  /** Sends the packets; they are only read. */
  void media(PacketBatch batch);

  /** Sends an RTCP compound; it is only read. */
  void control(ByteBuffer compound);

  /** Interleaved in the RTSP connection. */
  final class Interleaved implements TrackDelivery {
    private static final byte[] GARBAGE = {0x00, (byte) 0xff, 0x24, 0x09, 0x11, 0x52, 0x54};
    private static final int OVERSIZE = 2_000;

    private final RtspConnection connection;
    private final PortPair channels;
    private final SimFaults faults;
    private long counter;

    Interleaved(RtspConnection connection, PortPair channels, SimFaults faults) {
      this.connection = connection;
      this.channels = channels;
      this.faults = faults;
    }

    @Override
    public void media(PacketBatch batch) {
      boolean faulty = faults.garbageEvery() > 0 || faults.oversizeEvery() > 0;
      connection.sendMedia(
          faulty ? spoiled(batch) : batch.interleaved(channels.rtp(), connection.allocator()));
    }

    private ByteBuf spoiled(PacketBatch batch) {
      ByteBuf out = Unpooled.buffer();
      for (ByteBuffer packet : batch.packets()) {
        counter++;
        boolean oversize = faults.oversizeEvery() > 0 && counter % faults.oversizeEvery() == 0;
        int size = packet.remaining() + (oversize ? OVERSIZE : 0);
        out.writeBytes(prefix(channels.rtp(), size)).writeBytes(packet.duplicate());
        if (faults.garbageEvery() > 0 && counter % faults.garbageEvery() == 0) {
          out.writeBytes(GARBAGE);
        }
      }
      return out;
    }

    @Override
    public void control(ByteBuffer compound) {
      connection.sendMedia(
          Unpooled.wrappedBuffer(
              prefix(channels.rtcp(), compound.remaining()), compound.duplicate()));
    }

    private static ByteBuffer prefix(int channel, int size) {
      ByteBuffer prefix = ByteBuffer.allocate(RtspWriter.FRAME_PREFIX_BYTES);
      RtspWriter.writeFramePrefix(prefix, channel, size);
      return prefix.flip();
    }
  }

  /** Datagrams to the client's ports. */
  final class Datagrams implements TrackDelivery {
    private final Channel rtp;
    private final Channel rtcp;
    private final InetSocketAddress toRtp;
    private final InetSocketAddress toRtcp;

    Datagrams(UdpPorts ports, InetSocketAddress client, PortPair clientPorts) {
      rtp = ports.rtp();
      rtcp = ports.rtcp();
      toRtp = new InetSocketAddress(client.getAddress(), clientPorts.rtp());
      toRtcp = new InetSocketAddress(client.getAddress(), clientPorts.rtcp());
    }

    @Override
    public void media(PacketBatch batch) {
      for (ByteBuffer packet : batch.packets()) {
        rtp.write(new DatagramPacket(Unpooled.wrappedBuffer(packet.duplicate()), toRtp));
      }
      rtp.flush();
    }

    @Override
    public void control(ByteBuffer compound) {
      rtcp.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(compound.duplicate()), toRtcp));
    }
  }
}
