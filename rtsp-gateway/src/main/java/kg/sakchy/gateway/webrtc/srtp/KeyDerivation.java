package kg.sakchy.gateway.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Session keys out of a master key (RFC 3711 §4.3), derived once, never again. */
final class KeyDerivation {
  static final int RTP_CIPHER = 0;
  static final int RTP_AUTHENTICATION = 1;
  static final int RTP_SALT = 2;
  static final int RTCP_CIPHER = 3;
  static final int RTCP_AUTHENTICATION = 4;
  static final int RTCP_SALT = 5;

  private static final int BLOCK_BYTES = 16;

  /** The label stands here, seen from the end of a salt of 14 bytes: 7 bytes of index follow. */
  private static final int LABEL_AT = 7;

  private KeyDerivation() {}

  /**
   * The first {@code length} bytes of the key stream of AES counter mode whose counter begins at
   * {@code (salt XOR label) * 2^16}. A shorter salt is padded with zeros (RFC 7714 §11).
   */
  static byte[] derive(SrtpMaster master, int label, int length) {
    byte[] counter = Arrays.copyOf(master.salt(), BLOCK_BYTES);
    counter[LABEL_AT] ^= (byte) label;
    try {
      Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(master.key(), "AES"),
          new IvParameterSpec(counter));
      return aes.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw new VmsException(ErrorKind.INTERNAL, "this platform has no AES in counter mode", e);
    }
  }
}
