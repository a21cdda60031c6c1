package kg.sakchy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.media.rtsp.RtspWriter;

/**
 * The packets of one sample, made once for all viewers, and their interleaved form, made once for
 * each channel that any of them uses.
 *
 * <p>Buffers: owns the interleaved forms until {@link #release}; viewers get retained duplicates.
 */
final class PacketBatch {
  private final int track;
  private final boolean keyFrame;
  private final List<ByteBuffer> packets;
  private final Map<Integer, ByteBuf> interleaved = new HashMap<>(2);

  /**
   * @param track index of the track
   * @param keyFrame whether decoding can begin with it
   * @param packets RTP packets from position to limit; not changed afterwards
   */
  PacketBatch(int track, boolean keyFrame, List<ByteBuffer> packets) {
    this.track = track;
    this.keyFrame = keyFrame;
    this.packets = packets;
  }

  int track() {
    return track;
  }

  boolean keyFrame() {
    return keyFrame;
  }

  List<ByteBuffer> packets() {
    return packets;
  }

  /** All packets behind their prefixes in one buffer, for one write; the caller owns it. */
  ByteBuf interleaved(int channel, ByteBufAllocator allocator) {
    return interleaved
        .computeIfAbsent(channel, key -> frames(channel, allocator))
        .retainedDuplicate();
  }

  private ByteBuf frames(int channel, ByteBufAllocator allocator) {
    int size = 0;
    for (ByteBuffer packet : packets) {
      size += RtspWriter.FRAME_PREFIX_BYTES + packet.remaining();
    }
    ByteBuf out = allocator.directBuffer(size);
    ByteBuffer prefix = ByteBuffer.allocate(RtspWriter.FRAME_PREFIX_BYTES);
    for (ByteBuffer packet : packets) {
      RtspWriter.writeFramePrefix(prefix.clear(), channel, packet.remaining());
      out.writeBytes(prefix.flip()).writeBytes(packet.duplicate());
    }
    return out;
  }

  /** Nobody asks for another form any more. */
  void release() {
    interleaved.values().forEach(ByteBuf::release);
    interleaved.clear();
  }
}
