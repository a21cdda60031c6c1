package kg.sakchy.gateway.server.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;

/** Frames in the RTSP connection (RFC 2326 §10.12). Threads: confined to the connection's loop. */
public final class InterleavedOutlet implements Outlet {
  private static final int PREFIX = RtspWriter.FRAME_PREFIX_BYTES;
  private static final int MAX_CHANNEL = 255;
  private final Channel channel;
  private final Map<Integer, PortPair> channels = new TreeMap<>();
  private int usualTracks;

  public InterleavedOutlet(Channel channel) {
    this.channel = channel;
  }

  /** Adds a track; false if the channels do not exist or are taken. */
  public boolean add(int track, PortPair pair) {
    boolean valid =
        pair.rtp() <= MAX_CHANNEL && pair.rtcp() <= MAX_CHANNEL && pair.rtp() != pair.rtcp();
    boolean taken =
        channels.entrySet().stream()
            .anyMatch(each -> each.getKey() != track && overlaps(each.getValue(), pair));
    if (!valid || taken) {
      return false;
    }
    channels.put(track, pair);
    usualTracks &= ~(1 << track);
    usualTracks |= pair.rtp() == PacketBatch.channel(track) ? 1 << track : 0;
    return true;
  }

  private static boolean overlaps(PortPair one, PortPair other) {
    return one.rtp() == other.rtp()
        || one.rtp() == other.rtcp()
        || one.rtcp() == other.rtp()
        || one.rtcp() == other.rtcp();
  }

  /** The track whose RTCP travels on a channel, or -1. */
  public int trackOfControl(int number) {
    for (Map.Entry<Integer, PortPair> each : channels.entrySet()) {
      if (each.getValue().rtcp() == number) {
        return each.getKey();
      }
    }
    return -1;
  }

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public boolean carries(int track) {
    return channels.containsKey(track);
  }

  @Override
  public void batch(PacketBatch batch) {
    if ((batch.trackSet() & ~usualTracks) == 0) {
      channel.write(batch.allFrames(), channel.voidPromise());
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      packet(batch, i);
    }
  }

  @Override
  public void packet(PacketBatch batch, int packet) {
    PortPair pair = channels.get(batch.track(packet));
    if (pair != null) {
      channel.write(prefix(pair.rtp(), batch.packetBytes(packet)), channel.voidPromise());
      channel.write(batch.packet(packet), channel.voidPromise());
    }
  }

  private ByteBuf prefix(int number, int size) {
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX);
    RtspWriter.writeFramePrefix(prefix, number, size);
    return Unpooled.wrappedBuffer(prefix.flip());
  }

  @Override
  public ChannelFuture packets(int track, List<ByteBuffer> packets) {
    return channel.write(frames(pair(track).rtp(), packets));
  }

  private PortPair pair(int track) {
    PortPair pair = channels.get(track);
    if (pair == null) {
      throw new IllegalStateException("track " + track + " was not set up");
    }
    return pair;
  }

  private ByteBuf frames(int number, List<ByteBuffer> packets) {
    int size = packets.stream().mapToInt(packet -> PREFIX + packet.remaining()).sum();
    ByteBuf out = channel.alloc().directBuffer(size, size);
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX);
    for (ByteBuffer packet : packets) {
      RtspWriter.writeFramePrefix(prefix.clear(), number, packet.remaining());
      out.writeBytes(prefix.flip()).writeBytes(packet.duplicate());
    }
    return out;
  }

  @Override
  public void control(int track, ByteBuffer compound) {
    @Nullable PortPair pair = channels.get(track);
    if (pair != null) {
      channel.write(frames(pair.rtcp(), List.of(compound)), channel.voidPromise());
    }
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void close() {
    // the connection is not its own
  }
}
