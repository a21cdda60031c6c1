package kg.sakchy.gateway.replay;

import java.nio.ByteBuffer;
import java.time.Instant;
import kg.sakchy.media.rtcp.NtpTime;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * What the RTP header extension of a replay says of an access unit (ONVIF Streaming, RTP header
 * extension).
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
 * <p>C (a synchronisation point) is left to the codec, and CSeq to the connection, which plays
 * once. Words behind the third belong to other extensions, as for JPEG.
 *
 * @param time when the unit was taken, by the camera's clock
 * @param sectionEnd E: the last unit before a hole in the recording
 * @param discontinuity D: something is missing before the unit
 * @param terminal T: no more follows on this track
 */
record ReplayStamp(Instant time, boolean sectionEnd, boolean discontinuity, boolean terminal) {
  static final int PROFILE = 0xABAC;

  private static final int BYTES = 12;
  private static final int FLAGS_AT = 8;

  /** The stamp of a packet; null if it has none, a short one, or one that knows no time. */
  static @Nullable ReplayStamp of(RtpPacket packet) {
    if (packet.extensionProfile() != PROFILE) {
      return null;
    }
    ByteBuffer extension = packet.extension();
    if (extension.remaining() < BYTES) {
      return null;
    }
    NtpTime time = new NtpTime(extension.getLong(0));
    int flags = extension.get(FLAGS_AT);
    return time.known()
        ? new ReplayStamp(
            time.toInstant(), (flags & 0x40) != 0, (flags & 0x20) != 0, (flags & 0x10) != 0)
        : null;
  }
}
