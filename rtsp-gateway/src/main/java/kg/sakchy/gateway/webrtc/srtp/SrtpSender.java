package kg.sakchy.gateway.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * Protects the RTP packets of one source (RFC 3711 §3.3). Packets come in the order of their
 * sequence numbers; each time those wrap, the rollover counter rises. A number that does not rise
 * is refused: the same index twice would give the key stream away.
 *
 * <p>Threads: confined to one.
 */
public final class SrtpSender {
  private final SrtpProfile profile;
  private final PacketCipher cipher;
  private long lastIndex = -1;

  public SrtpSender(SrtpProfile profile, SrtpMaster master) {
    this.profile = profile;
    try {
      cipher = PacketCipher.forRtp(profile, master);
    } catch (GeneralSecurityException e) {
      throw SrtpErrors.of(e);
    }
  }

  /**
   * The protected packet.
   *
   * @param rtp from position to limit, without header extension; not changed
   * @return a new array
   */
  public byte[] protect(ByteBuffer rtp) {
    int size = rtp.remaining();
    byte[] packet = new byte[size + profile.tagBytes()];
    rtp.duplicate().get(packet, 0, size);
    ByteBuffer fields = ByteBuffer.wrap(packet);
    long index = nextIndex(fields.getShort(2) & 0xffff);
    try {
      cipher.protect(
          packet, RtpPacket.HEADER_BYTES, size, fields.getInt(8), index, (int) (index >>> 16));
      return packet;
    } catch (GeneralSecurityException e) {
      Arrays.fill(packet, (byte) 0);
      throw SrtpErrors.of(e);
    }
  }

  /** Rollover counter and sequence number as one (§3.3.1). */
  private long nextIndex(int sequence) {
    if (lastIndex < 0) {
      lastIndex = sequence;
      return sequence;
    }
    long index = (lastIndex & ~0xffffL) | sequence;
    if (index <= lastIndex) {
      index += 0x1_0000;
    }
    if (index - lastIndex > 0x7fff) {
      throw new VmsException(ErrorKind.INTERNAL, "an RTP packet out of order")
          .with("sequence", sequence);
    }
    lastIndex = index;
    return index;
  }
}
