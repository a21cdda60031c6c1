package kg.sakchy.gateway.server.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.nio.ByteBuffer;
import java.util.Arrays;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspWriter;

/**
 * RTP packets one behind the other, copied once for all their readers, each with the prefix of an
 * interleaved frame (RFC 2326 §10.12) for the usual channels, so that a reader that uses these
 * takes all of it in one write.
 *
 * <pre>
 * (4 prefix: $ 2*track size | RTP packet)*
 * </pre>
 *
 * <p>Threads: filled by one, then read by any. Buffers: counted; who makes it holds the first
 * reference.
 */
public final class PacketBatch extends AbstractReferenceCounted {
  /** Bytes before each packet. */
  public static final int PREFIX = RtspWriter.FRAME_PREFIX_BYTES;

  private final ByteBuf frames;
  private int[] ends = new int[16];
  private byte[] tracks = new byte[16];
  private int size;
  private int trackSet;

  /**
   * @param capacity bytes; it takes no more than fit
   */
  public PacketBatch(ByteBufAllocator allocator, int capacity) {
    frames = allocator.directBuffer(capacity, capacity);
  }

  /** Whether a packet of so many bytes fits. */
  public boolean hasRoom(int packetBytes) {
    return frames.writableBytes() >= PREFIX + packetBytes;
  }

  /** Begins a packet; its header and payload follow by {@link #put}. */
  public void begin(int track, int packetBytes) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      tracks = Arrays.copyOf(tracks, 2 * size);
    }
    frames.writeByte('$').writeByte(channel(track)).writeShort(packetBytes);
    ends[size] = frames.writerIndex() + packetBytes;
    tracks[size] = (byte) track;
    trackSet |= 1 << track;
    size++;
  }

  /** Writes the fixed header of the packet just begun; see {@link RtpPacket#writeHeader}. */
  public void header(boolean marker, int payloadType, int sequence, long ticks, int ssrc) {
    ByteBuffer header = frames.nioBuffer(frames.writerIndex(), RtpPacket.HEADER_BYTES);
    RtpPacket.writeHeader(header, marker, payloadType, sequence, ticks, ssrc);
    frames.writerIndex(frames.writerIndex() + RtpPacket.HEADER_BYTES);
  }

  /** Appends bytes to the packet just begun. */
  public void put(ByteBuffer bytes) {
    frames.writeBytes(bytes);
  }

  /** The interleaved channel of a track's packets that readers usually choose. */
  public static int channel(int track) {
    return 2 * track;
  }

  /** How many packets. */
  public int size() {
    return size;
  }

  /** Which tracks have packets here: bit by index. */
  int trackSet() {
    return trackSet;
  }

  int track(int packet) {
    return tracks[packet];
  }

  /** All frames with the usual channels; the caller owns the reference. */
  ByteBuf allFrames() {
    return frames.retainedDuplicate();
  }

  /** One packet without its prefix; the caller owns the reference. */
  ByteBuf packet(int packet) {
    int start = (packet == 0 ? 0 : ends[packet - 1]) + PREFIX;
    return frames.retainedSlice(start, ends[packet] - start);
  }

  /** Bytes of one packet without its prefix. */
  int packetBytes(int packet) {
    return ends[packet] - (packet == 0 ? 0 : ends[packet - 1]) - PREFIX;
  }

  @Override
  protected void deallocate() {
    frames.release();
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    frames.touch(hint);
    return this;
  }
}
