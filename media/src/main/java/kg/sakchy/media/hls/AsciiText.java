package kg.sakchy.media.hls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * ASCII text as it grows. A playlist of a day has twenty thousand lines and ninety thousand
 * numbers: they are written where they will be sent from, and no number becomes a string first.
 *
 * <p>Threads: confined to one thread.
 */
final class AsciiText {
  /** Radix of {@link #base36}. */
  static final int RADIX = 36;

  private static final byte[] DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 20;

  private byte[] bytes;
  private int length;

  /**
   * @param capacity how much is expected
   */
  AsciiText(int capacity) {
    bytes = new byte[capacity];
  }

  @SuppressWarnings("deprecation") // takes the low byte of each character, which ASCII is all of
  AsciiText append(String text) {
    int count = text.length();
    reserve(count);
    text.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  AsciiText append(char character) {
    reserve(1);
    bytes[length++] = (byte) character;
    return this;
  }

  /** A number as {@link Long#toString(long)} has it. */
  AsciiText decimal(long number) {
    return number < 0 ? append(Long.toString(number)) : digits(number, 10);
  }

  /** A number in the digits 0 to 9 and a to z, as {@link Long#toString(long, int)} has it. */
  AsciiText base36(long number) {
    return number < 0 ? append(Long.toString(number, RADIX)) : digits(number, RADIX);
  }

  private AsciiText digits(long number, int radix) {
    reserve(MOST_DIGITS);
    int end = length + MOST_DIGITS;
    int at = end;
    long rest = number;
    do {
      // By a constant, so that the compiler multiplies instead of dividing.
      long next = radix == RADIX ? rest / RADIX : rest / 10;
      bytes[--at] = DIGITS[(int) (rest - next * radix)];
      rest = next;
    } while (rest > 0);
    System.arraycopy(bytes, at, bytes, length, end - at);
    length += end - at;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** A copy of what was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }
}
