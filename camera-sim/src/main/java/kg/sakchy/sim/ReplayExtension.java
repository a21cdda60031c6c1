package kg.sakchy.sim;

import java.nio.ByteBuffer;
import java.time.Instant;
import kg.sakchy.media.rtp.NtpTime;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * The RTP header extension of replay (ONVIF Streaming §6.3):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |            0xABAC             |           length=3            |
 * |                         NTP timestamp                         |
 * |                                                               |
 * |C|E|D|T|  mbz  |     Cseq      |            padding            |
 * </pre>
 *
 * @param time UTC of the access unit, on the camera's clock
 * @param cleanPoint C: decoding can begin here
 * @param endOfSpan E: a gap follows
 * @param discontinuity D: what was sent before is not what was recorded before
 * @param terminal T: nothing follows on this track
 * @param cseq lowest byte of the CSeq of the PLAY that caused it
 */
record ReplayExtension(
    Instant time,
    boolean cleanPoint,
    boolean endOfSpan,
    boolean discontinuity,
    boolean terminal,
    int cseq) {
  static final int BYTES = 16;
  private static final int PROFILE = 0xABAC;
  private static final int WORDS = 3;
  private static final int EXTENSION_BIT = 0x10;

  /** A copy of a packet that has only a fixed header, with the extension behind that. */
  ByteBuffer insert(ByteBuffer packet) {
    ByteBuffer in = packet.duplicate();
    ByteBuffer out = ByteBuffer.allocate(in.remaining() + BYTES);
    out.put((byte) (in.get() | EXTENSION_BIT));
    for (int i = 1; i < RtpPacket.HEADER_BYTES; i++) {
      out.put(in.get());
    }
    out.putShort((short) PROFILE).putShort((short) WORDS).putLong(NtpTime.of(time).bits());
    int flags =
        (cleanPoint ? 0x80 : 0)
            | (endOfSpan ? 0x40 : 0)
            | (discontinuity ? 0x20 : 0)
            | (terminal ? 0x10 : 0);
    out.put((byte) flags).put((byte) cseq).putShort((short) 0);
    return out.put(in).flip();
  }
}
