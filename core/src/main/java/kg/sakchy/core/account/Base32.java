package kg.sakchy.core.account;

import java.io.ByteArrayOutputStream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Base32 (RFC 4648 §6) as authenticators take it: without padding. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final int MASK = 31;

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte value : bytes) {
      held = (held << Byte.SIZE) | (value & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(ALPHABET.charAt((held >> bits) & MASK));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((held << (BITS - bits)) & MASK));
    }
    return text.toString();
  }

  /**
   * Reads upper-case text without padding.
   *
   * @throws VmsException INVALID_ARGUMENT for another character, or bits left over that are not 0
   */
  static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        throw malformed();
      }
      held = (held << BITS) | value;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes.write(held >> bits);
      }
      held &= (1 << bits) - 1;
    }
    if (bits >= BITS || held != 0) {
      throw malformed();
    }
    return bytes.toByteArray();
  }

  private static VmsException malformed() {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, "the key is not Base32 of RFC 4648");
  }
}
