package kg.sakchy.media.rtp;

import java.nio.ByteBuffer;

/**
 * A reusable view of one RTP packet (RFC 3550 §5.1), so that reading a packet allocates nothing.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           time stamp                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             SSRC                              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |               CSRC, 0 to 15 words; extension, if X            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            payload; padding with its length last, if P        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Buffers: the view refers to the buffer last given to {@link #parse} and copies nothing; it and
 * its slices are valid as long as those bytes are. Threads: confined to one.
 */
public final class RtpPacket {
  /** Size of the fixed header. */
  public static final int HEADER_BYTES = 12;

  /** {@link #extensionProfile()} of a packet without a header extension. */
  public static final int NO_EXTENSION = -1;

  private static final int VERSION = 2;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private ByteBuffer buffer = EMPTY;
  private boolean marker;
  private int payloadType;
  private int sequence;
  private long timestamp;
  private int ssrc;
  private int payloadOffset;
  private int payloadSize;
  private int extensionProfile = NO_EXTENSION;
  private int extensionOffset;
  private int extensionSize;

  /**
   * Reads the packet that fills {@code packet} from its position to its limit; neither moves.
   *
   * @return false if it is not a well-formed RTP packet: too short, another version, or header
   *     parts or padding longer than the packet; the view then holds nothing of use
   */
  public boolean parse(ByteBuffer packet) {
    int start = packet.position();
    int end = packet.limit();
    if (end - start < HEADER_BYTES) {
      return false;
    }
    int first = packet.get(start) & 0xff;
    if (first >> 6 != VERSION) {
      return false;
    }
    int second = packet.get(start + 1) & 0xff;
    buffer = packet;
    marker = (second & 0x80) != 0;
    payloadType = second & 0x7f;
    sequence = packet.getShort(start + 2) & 0xffff;
    timestamp = packet.getInt(start + 4) & 0xffff_ffffL;
    ssrc = packet.getInt(start + 8);
    int offset = start + HEADER_BYTES + 4 * (first & 0x0f);
    if ((first & 0x10) != 0) {
      offset = extension(offset, end);
    } else {
      extensionProfile = NO_EXTENSION;
      extensionSize = 0;
    }
    if (offset > end) {
      return false;
    }
    int padding = 0;
    if ((first & 0x20) != 0) {
      padding = offset == end ? 0 : packet.get(end - 1) & 0xff;
      if (padding == 0 || padding > end - offset) {
        return false;
      }
    }
    payloadOffset = offset;
    payloadSize = end - offset - padding;
    return true;
  }

  /** Reads the header extension (§5.3.1); returns where the payload begins, maybe after the end. */
  private int extension(int offset, int end) {
    if (offset + 4 > end) {
      return end + 1;
    }
    extensionProfile = buffer.getShort(offset) & 0xffff;
    extensionOffset = offset + 4;
    extensionSize = 4 * (buffer.getShort(offset + 2) & 0xffff);
    return extensionOffset + extensionSize;
  }

  public boolean marker() {
    return marker;
  }

  /** 0 to 127. */
  public int payloadType() {
    return payloadType;
  }

  /** 0 to 65535. */
  public int sequence() {
    return sequence;
  }

  /** Ticks of the payload's clock, 0 to 2^32 - 1. */
  public long timestamp() {
    return timestamp;
  }

  /** The 32 bits as they are; as a number it is unsigned. */
  public int ssrc() {
    return ssrc;
  }

  public int payloadSize() {
    return payloadSize;
  }

  /** A slice of the payload, without contributing sources, extension and padding. */
  public ByteBuffer payload() {
    return buffer.slice(payloadOffset, payloadSize);
  }

  /** What kind of header extension there is, 0 to 65535, or {@link #NO_EXTENSION}. */
  public int extensionProfile() {
    return extensionProfile;
  }

  /** A slice of the header extension's data, empty if there is none. */
  public ByteBuffer extension() {
    return extensionProfile == NO_EXTENSION
        ? EMPTY.duplicate()
        : buffer.slice(extensionOffset, extensionSize);
  }

  /**
   * Writes a fixed header without padding, extension and contributing sources; the payload follows
   * it.
   *
   * @param out at least {@link #HEADER_BYTES} must remain; big-endian
   * @param sequence only its lower 16 bits count
   * @param timestamp only its lower 32 bits count
   */
  public static void writeHeader(
      ByteBuffer out, boolean marker, int payloadType, int sequence, long timestamp, int ssrc) {
    out.put((byte) (VERSION << 6));
    out.put((byte) ((marker ? 0x80 : 0) | (payloadType & 0x7f)));
    out.putShort((short) sequence);
    out.putInt((int) timestamp);
    out.putInt(ssrc);
  }
}
