package kg.sakchy.gateway.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens what a peer's {@link SrtcpSender} made: forged, repeated and unencrypted packets are thrown
 * away.
 *
 * <p>Threads: confined to one.
 */
public final class SrtcpReceiver {
  /** A browser reports as one or two sources. */
  private static final int MAX_SOURCES = 8;

  private final SrtpProfile profile;
  private final PacketCipher cipher;
  private final Map<Integer, ReplayWindow> windows = new HashMap<>();

  public SrtcpReceiver(SrtpProfile profile, SrtpMaster master) {
    this.profile = profile;
    try {
      cipher = PacketCipher.forRtcp(profile, master);
    } catch (GeneralSecurityException e) {
      throw SrtpErrors.of(e);
    }
  }

  /**
   * The compound.
   *
   * @param packet overwritten
   * @return empty when it is too short, not encrypted, forged, or came before
   */
  public Optional<ByteBuffer> unprotect(byte[] packet) {
    int size = packet.length - profile.tagBytes() - SrtcpSender.INDEX_BYTES;
    if (size < SrtcpSender.CLEAR_BYTES) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(packet);
    int ssrc = fields.getInt(4);
    int trailer =
        switch (profile) {
          case AES_CM_128_HMAC_SHA1_80 -> {
            int word = fields.getInt(size);
            System.arraycopy(
                packet, size + SrtcpSender.INDEX_BYTES, packet, size, profile.tagBytes());
            yield word;
          }
          case AEAD_AES_128_GCM -> fields.getInt(size + profile.tagBytes());
        };
    int index = trailer & ~SrtcpSender.ENCRYPTED;
    ReplayWindow window = windows.get(ssrc);
    if ((trailer & SrtcpSender.ENCRYPTED) == 0
        || (window == null && windows.size() == MAX_SOURCES)
        || (window != null && !window.isNew(index))) {
      return Optional.empty();
    }
    try {
      if (!cipher.unprotect(packet, SrtcpSender.CLEAR_BYTES, size, ssrc, index, trailer)) {
        return Optional.empty();
      }
    } catch (GeneralSecurityException e) {
      throw SrtpErrors.of(e);
    }
    windows.computeIfAbsent(ssrc, newcomer -> new ReplayWindow()).seen(index);
    return Optional.of(ByteBuffer.wrap(packet, 0, size));
  }
}
