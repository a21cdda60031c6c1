package kg.sakchy.gateway.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The two seals of a message: MESSAGE-INTEGRITY with a short-term password (RFC 8489 §14.5) and
 * FINGERPRINT (§14.7). Both cover the message up to themselves, with a length in its header as if
 * they were its end.
 */
final class StunIntegrity {
  static final int INTEGRITY_BYTES = 20;
  static final int FINGERPRINT_BYTES = 4;
  private static final int FINGERPRINT_XOR = 0x5354_554e;
  private static final String HMAC = "HmacSHA1";

  private StunIntegrity() {}

  /**
   * The HMAC of a message.
   *
   * @param message its header, and attributes up to {@code end}
   * @param end where the MESSAGE-INTEGRITY attribute begins
   */
  static byte[] hmac(byte[] message, int end, String password) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), HMAC));
      mac.update(headerEndingAt(message, end + StunMessage.ATTRIBUTE_HEADER + INTEGRITY_BYTES));
      mac.update(message, StunMessage.HEADER_BYTES, end - StunMessage.HEADER_BYTES);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new VmsException(ErrorKind.INTERNAL, "this platform has no " + HMAC, e);
    }
  }

  /**
   * The value of FINGERPRINT.
   *
   * @param end where the attribute begins
   */
  static int fingerprint(byte[] message, int end) {
    CRC32 crc = new CRC32();
    crc.update(headerEndingAt(message, end + StunMessage.ATTRIBUTE_HEADER + FINGERPRINT_BYTES));
    crc.update(message, StunMessage.HEADER_BYTES, end - StunMessage.HEADER_BYTES);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  private static byte[] headerEndingAt(byte[] message, int end) {
    ByteBuffer header = ByteBuffer.allocate(StunMessage.HEADER_BYTES);
    header.put(message, 0, StunMessage.HEADER_BYTES);
    header.putShort(2, (short) (end - StunMessage.HEADER_BYTES));
    return header.array();
  }
}
