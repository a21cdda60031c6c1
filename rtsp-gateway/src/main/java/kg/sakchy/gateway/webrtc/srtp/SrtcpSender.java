package kg.sakchy.gateway.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Protects RTCP compounds (RFC 3711 §3.4, RFC 7714 §9): everything behind the first 8 bytes is
 * encrypted, and a word with the E flag and the index of 31 bits is added. It stands before the tag
 * of HMAC-SHA1, and behind the one of GCM.
 *
 * <p>Threads: confined to one.
 */
public final class SrtcpSender {
  static final int CLEAR_BYTES = 8;
  static final int INDEX_BYTES = 4;
  static final int ENCRYPTED = 0x8000_0000;

  private final SrtpProfile profile;
  private final PacketCipher cipher;
  private int index;

  public SrtcpSender(SrtpProfile profile, SrtpMaster master) {
    this.profile = profile;
    try {
      cipher = PacketCipher.forRtcp(profile, master);
    } catch (GeneralSecurityException e) {
      throw SrtpErrors.of(e);
    }
  }

  /**
   * The protected compound.
   *
   * @param compound from position to limit; not changed
   * @throws VmsException RESOURCE_EXHAUSTED after 2^31 of them
   */
  public byte[] protect(ByteBuffer compound) {
    if (index < 0) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "the keys of a session are used up");
    }
    int size = compound.remaining();
    byte[] packet = new byte[size + profile.tagBytes() + INDEX_BYTES];
    compound.duplicate().get(packet, 0, size);
    ByteBuffer fields = ByteBuffer.wrap(packet);
    int trailer = ENCRYPTED | index;
    try {
      cipher.protect(packet, CLEAR_BYTES, size, fields.getInt(4), index, trailer);
    } catch (GeneralSecurityException e) {
      throw SrtpErrors.of(e);
    }
    switch (profile) {
      case AES_CM_128_HMAC_SHA1_80 -> {
        System.arraycopy(packet, size, packet, size + INDEX_BYTES, profile.tagBytes());
        fields.putInt(size, trailer);
      }
      case AEAD_AES_128_GCM -> fields.putInt(size + profile.tagBytes(), trailer);
    }
    index++;
    return packet;
  }
}
