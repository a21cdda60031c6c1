package kg.sakchy.onvif.registration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds out in which encoding a text file is: by its byte order mark, by zero bytes (UTF-16), by
 * whether it is valid UTF-8, and else it is what Windows writes here: windows-1251.
 *
 * <p>Threads: stateless.
 */
final class TextDecoding {
  private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private TextDecoding() {}

  /**
   * The text without its byte order mark.
   *
   * @throws kg.sakchy.core.error.VmsException INVALID_ARGUMENT when it is broken UTF-16
   */
  static String decode(byte[] file) {
    String text = decodeWithMark(file);
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static String decodeWithMark(byte[] file) {
    try {
      if (startsWith(file, 0xff, 0xfe)) {
        return strictly(file, StandardCharsets.UTF_16LE);
      }
      if (startsWith(file, 0xfe, 0xff)) {
        return strictly(file, StandardCharsets.UTF_16BE);
      }
      int zerosAtEven = zeros(file, 0);
      int zerosAtOdd = zeros(file, 1);
      if (zerosAtEven + zerosAtOdd > 0) {
        // Commas, digits and line ends have a zero as the upper byte.
        return strictly(
            file, zerosAtOdd > zerosAtEven ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
      }
    } catch (CharacterCodingException e) {
      throw TableLine.wrong("the table is neither UTF-8 nor UTF-16 nor windows-1251 text");
    }
    try {
      return strictly(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return new String(file, WINDOWS_1251);
    }
  }

  private static String strictly(byte[] file, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
  }

  private static int zeros(byte[] file, int from) {
    int zeros = 0;
    for (int i = from; i < file.length; i += 2) {
      zeros += file[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static boolean startsWith(byte[] file, int first, int second) {
    return file.length >= 2 && (file[0] & 0xff) == first && (file[1] & 0xff) == second;
  }
}
