package kg.sakchy.gateway.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AEAD_AES_128_GCM (RFC 7714). The nonce is {@code salt XOR (00 00, ssrc, index of 48 bits)} (§8.1,
 * §9.1). The tag of RTP covers the header alone, since the index is in the nonce; the one of RTCP
 * covers the trailer too (§9.2).
 *
 * <p>Threads: confined to one.
 */
final class GaloisCipher implements PacketCipher {
  private static final int TAG_BITS = 128;
  private static final int TAG_BYTES = TAG_BITS / 8;

  private final Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
  private final SecretKeySpec key;
  private final byte[] salt;
  private final boolean coversTrailer;

  /**
   * @param coversTrailer whether the tag covers the trailer
   */
  GaloisCipher(byte[] cipherKey, byte[] salt, boolean coversTrailer)
      throws GeneralSecurityException {
    key = new SecretKeySpec(cipherKey, "AES");
    this.salt = salt.clone();
    this.coversTrailer = coversTrailer;
  }

  @Override
  public void protect(byte[] packet, int clear, int size, int ssrc, long index, int trailer)
      throws GeneralSecurityException {
    begin(Cipher.ENCRYPT_MODE, packet, clear, ssrc, index, trailer);
    aes.doFinal(packet, clear, size - clear, packet, clear);
  }

  @Override
  public boolean unprotect(byte[] packet, int clear, int size, int ssrc, long index, int trailer)
      throws GeneralSecurityException {
    begin(Cipher.DECRYPT_MODE, packet, clear, ssrc, index, trailer);
    try {
      aes.doFinal(packet, clear, size - clear + TAG_BYTES, packet, clear);
      return true;
    } catch (AEADBadTagException e) {
      return false; // an ordinary answer to a forged packet
    }
  }

  private void begin(int mode, byte[] packet, int clear, int ssrc, long index, int trailer)
      throws GeneralSecurityException {
    ByteBuffer nonce = ByteBuffer.allocate(salt.length);
    nonce.putShort((short) 0).putInt(ssrc).putShort((short) (index >>> 32)).putInt((int) index);
    byte[] bytes = nonce.array();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= salt[i];
    }
    aes.init(mode, key, new GCMParameterSpec(TAG_BITS, bytes));
    aes.updateAAD(packet, 0, clear);
    if (coversTrailer) {
      aes.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(trailer).flip());
    }
  }
}
