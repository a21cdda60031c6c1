package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Header of a box in a file that is read from front to back.
 *
 * @param type four-character code
 * @param offset of the box in its file
 * @param headerSize 8, or 16 for a large size
 * @param size of the whole box in bytes, at least {@code headerSize}
 */
record BoxHeader(int type, long offset, int headerSize, long size) {
  static final int SHORT = 8;
  static final int LARGE = 16;

  /** Whether the header that begins with the 8 bytes at {@code at} has 16. */
  static boolean isLarge(ByteBuffer bytes, int at) {
    return bytes.getInt(at) == 1;
  }

  /**
   * Reads a header; empty when its size is impossible, or 0: a box that reaches to the end of its
   * file has no end that could be checked.
   *
   * @param bytes holds 8 bytes from {@code at} on, or 16 if {@link #isLarge}
   * @param offset of the box in its file
   */
  static Optional<BoxHeader> read(ByteBuffer bytes, int at, long offset) {
    boolean large = isLarge(bytes, at);
    int header = large ? LARGE : SHORT;
    long size = large ? bytes.getLong(at + SHORT) : bytes.getInt(at) & 0xFFFF_FFFFL;
    return size < header || size > Long.MAX_VALUE - offset
        ? Optional.empty()
        : Optional.of(new BoxHeader(bytes.getInt(at + 4), offset, header, size));
  }

  /** Offset of the first byte after the box. */
  long end() {
    return offset + size;
  }

  long payloadSize() {
    return size - headerSize;
  }
}
