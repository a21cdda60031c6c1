package kg.sakchy.gateway.server.relay;

import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.gateway.server.delivery.PacketBatch;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * Collects the packets of one look at the network into batches; small ones first, because most
 * looks bring few packets. Threads: confined to the stream's loop.
 */
final class Outbox {
  private static final int FIRST_BYTES = 8 << 10;
  private static final int NEXT_BYTES = 64 << 10;
  private final ByteBufAllocator allocator;
  private final List<PacketBatch> batches = new ArrayList<>();

  Outbox(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** Adds a packet of the camera with a header of ours; returns the batch that holds it last. */
  PacketBatch add(RelayTrack track, RtpPacket packet, int sequence, long ticks) {
    int size = RtpPacket.HEADER_BYTES + packet.payloadSize();
    PacketBatch batch = room(size);
    batch.begin(track.offered().index(), size);
    batch.header(packet.marker(), track.offered().payloadType(), sequence, ticks, track.ssrc());
    batch.put(packet.payload());
    return batch;
  }

  /** Adds a packet that was made of a unit, with the number it gets here. */
  void add(RelayTrack track, ByteBuffer made, int sequence) {
    PacketBatch batch = room(made.remaining());
    batch.begin(track.offered().index(), made.remaining());
    batch.put(made.putShort(made.position() + 2, (short) sequence));
  }

  private PacketBatch room(int size) {
    if (batches.isEmpty() || !batches.getLast().hasRoom(size)) {
      int usual = batches.isEmpty() ? FIRST_BYTES : NEXT_BYTES;
      batches.add(new PacketBatch(allocator, Math.max(usual, size + PacketBatch.PREFIX)));
    }
    return batches.getLast();
  }

  /** What was collected, once; the caller owns the references. */
  List<PacketBatch> take() {
    List<PacketBatch> taken = List.copyOf(batches);
    batches.clear();
    return taken;
  }
}
