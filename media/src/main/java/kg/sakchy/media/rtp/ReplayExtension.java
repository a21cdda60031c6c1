package kg.sakchy.media.rtp;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the RTP header extension of a replay says of an access unit (ONVIF Streaming §6.3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           0xABAC              |   length in words, 3 or more  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        NTP time stamp                         |
 * |                                                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |C|E|D|T|  mbz  |     CSeq      |            padding            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Words behind the third belong to other extensions, as for JPEG; they are left alone when read
 * and never written.
 *
 * @param time when the unit was taken, by the sender's clock
 * @param cleanPoint C: decoding can begin here
 * @param sectionEnd E: the last unit before a hole in the recording
 * @param discontinuity D: what was sent before is not what was recorded before
 * @param terminal T: no more follows on this track
 * @param cseq lowest byte of the CSeq of the PLAY that caused it, 0 to 255
 */
public record ReplayExtension(
    Instant time,
    boolean cleanPoint,
    boolean sectionEnd,
    boolean discontinuity,
    boolean terminal,
    int cseq) {
  static final int PROFILE = 0xABAC;
  private static final int WORDS = 3;
  private static final int HEADER_BYTES = 4;

  /** What {@link #insert} adds to a packet. */
  public static final int BYTES = HEADER_BYTES + WORDS * Integer.BYTES;

  private static final int EXTENSION_BIT = 0x10;
  private static final int FLAGS_AT = 8;
  private static final int CSEQ_AT = 9;
  private static final int C = 0x80;
  private static final int E = 0x40;
  private static final int D = 0x20;
  private static final int T = 0x10;

  /** The extension of a packet; null if it has none, a short one, or one that knows no time. */
  public static @Nullable ReplayExtension of(RtpPacket packet) {
    if (packet.extensionProfile() != PROFILE) {
      return null;
    }
    ByteBuffer extension = packet.extension();
    if (extension.remaining() < WORDS * Integer.BYTES) {
      return null;
    }
    NtpTime time = new NtpTime(extension.getLong(0));
    int flags = extension.get(FLAGS_AT);
    return time.known()
        ? new ReplayExtension(
            time.toInstant(),
            (flags & C) != 0,
            (flags & E) != 0,
            (flags & D) != 0,
            (flags & T) != 0,
            extension.get(CSEQ_AT) & 0xff)
        : null;
  }

  /**
   * A copy of a packet with the extension behind its header.
   *
   * @param packet from position to limit, with a fixed header only; neither moves
   */
  public ByteBuffer insert(ByteBuffer packet) {
    ByteBuffer in = packet.duplicate();
    ByteBuffer out = ByteBuffer.allocate(in.remaining() + BYTES);
    out.put((byte) (in.get() | EXTENSION_BIT));
    for (int i = 1; i < RtpPacket.HEADER_BYTES; i++) {
      out.put(in.get());
    }
    out.putShort((short) PROFILE).putShort((short) WORDS).putLong(NtpTime.of(time).bits());
    int flags =
        (cleanPoint ? C : 0) | (sectionEnd ? E : 0) | (discontinuity ? D : 0) | (terminal ? T : 0);
    out.put((byte) flags).put((byte) cseq).putShort((short) 0);
    return out.put(in).flip();
  }
}
