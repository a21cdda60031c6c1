package kg.sakchy.gateway.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES_CM_128_HMAC_SHA1_80 (RFC 3711 §4.1.1, §4.2). The initial counter is {@code salt * 2^16 XOR
 * ssrc * 2^64 XOR index * 2^16}.
 *
 * <p>Threads: confined to one.
 */
final class CounterModeCipher implements PacketCipher {
  static final int AUTH_KEY_BYTES = 20;
  private static final int TAG_BYTES = 10;
  private static final int BLOCK_BYTES = 16;

  private final Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
  private final Mac mac = Mac.getInstance("HmacSHA1");
  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] counter = new byte[BLOCK_BYTES];
  private final ByteBuffer trailerBytes = ByteBuffer.allocate(Integer.BYTES);
  private final byte[] tag = new byte[20];

  CounterModeCipher(byte[] cipherKey, byte[] authKey, byte[] salt) throws GeneralSecurityException {
    key = new SecretKeySpec(cipherKey, "AES");
    mac.init(new SecretKeySpec(authKey, "HmacSHA1"));
    this.salt = salt.clone();
  }

  @Override
  public void protect(byte[] packet, int clear, int size, int ssrc, long index, int trailer)
      throws GeneralSecurityException {
    crypt(packet, clear, size, ssrc, index);
    seal(packet, size, trailer);
    System.arraycopy(tag, 0, packet, size, TAG_BYTES);
  }

  @Override
  public boolean unprotect(byte[] packet, int clear, int size, int ssrc, long index, int trailer)
      throws GeneralSecurityException {
    seal(packet, size, trailer);
    if (!MessageDigest.isEqual(
        Arrays.copyOf(tag, TAG_BYTES), Arrays.copyOfRange(packet, size, size + TAG_BYTES))) {
      return false;
    }
    crypt(packet, clear, size, ssrc, index);
    return true;
  }

  private void crypt(byte[] packet, int clear, int size, int ssrc, long index)
      throws GeneralSecurityException {
    Arrays.fill(counter, (byte) 0);
    ByteBuffer block = ByteBuffer.wrap(counter);
    block.putInt(4, ssrc).putInt(8, (int) (index >>> 16)).putShort(12, (short) index);
    for (int i = 0; i < salt.length; i++) {
      counter[i] ^= salt[i];
    }
    aes.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    aes.doFinal(packet, clear, size - clear, packet, clear);
  }

  private void seal(byte[] packet, int size, int trailer) throws GeneralSecurityException {
    mac.update(packet, 0, size);
    mac.update(trailerBytes.putInt(0, trailer).array());
    mac.doFinal(tag, 0);
  }
}
