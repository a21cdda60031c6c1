package kg.sakchy.web.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of a representation whose length is known (RFC 9110 §14.2).
 *
 * <p>Only single ranges of bytes are served in part. A header that is malformed, of another unit or
 * with several ranges is ignored, as §14.2 allows, and the whole is sent.
 */
public sealed interface ByteRange {
  /** Longest header looked at; digits beyond this cannot name a byte that exists. */
  int MAX_LENGTH = 100;

  /** All of it. */
  record Whole() implements ByteRange {}

  /**
   * One part.
   *
   * @param first first byte
   * @param last last byte, inclusive, inside the representation
   */
  record Part(long first, long last) implements ByteRange {
    /** How many bytes, 1 or more. */
    public long length() {
      return last - first + 1;
    }

    /** The value of {@code Content-Range}. */
    public String contentRange(long length) {
      return "bytes " + first + "-" + last + "/" + length;
    }
  }

  /** Nothing of the range exists: 416. */
  record Unsatisfiable() implements ByteRange {}

  /**
   * Reads the header.
   *
   * @param header its value, or null when there is none
   * @param length of the whole representation in bytes
   */
  static ByteRange parse(@Nullable String header, long length) {
    if (header == null || header.length() > MAX_LENGTH) {
      return new Whole();
    }
    String text = header.strip();
    if (!text.toLowerCase(Locale.ROOT).startsWith("bytes=")) {
      return new Whole();
    }
    String spec = text.substring("bytes=".length()).strip();
    int dash = spec.indexOf('-');
    if (dash < 0 || spec.indexOf(',') >= 0) {
      return new Whole();
    }
    long first = number(spec.substring(0, dash));
    long last = number(spec.substring(dash + 1));
    boolean suffix = dash == 0;
    boolean open = dash == spec.length() - 1;
    if ((first < 0 && !suffix) || (last < 0 && !open) || (suffix && open)) {
      return new Whole();
    }
    return suffix ? lastBytes(last, length) : between(first, open ? Long.MAX_VALUE : last, length);
  }

  private static ByteRange between(long first, long last, long length) {
    if (last < first) {
      return new Whole();
    }
    return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
  }

  private static ByteRange lastBytes(long count, long length) {
    return count == 0 || length == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, length - count), length - 1);
  }

  /** The number, saturated at the largest long; -1 if it is none. */
  private static long number(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return digits.isEmpty() ? -1 : value;
  }
}
