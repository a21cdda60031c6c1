package kg.sakchy.media.codec;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Reads bits, most significant first, and Exp-Golomb codes (ITU-T H.264 §9.1, H.265 §9.2).
 *
 * <p>Reading past the end, or a code over its limit, throws a {@link VmsException} of kind
 * DATA_LOSS. Threads: confined to one.
 */
public final class BitReader {
  private final byte[] data;
  private final int endBit;
  private int position;

  /**
   * @param data for NAL units without emulation prevention, see {@link NalUnits#rbsp}; not copied
   */
  public BitReader(byte[] data) {
    this(data, 0, data.length);
  }

  public BitReader(byte[] data, int offset, int length) {
    this.data = data;
    this.position = 8 * offset;
    this.endBit = 8 * (offset + length);
  }

  /** Bits not yet read. */
  public int remaining() {
    return endBit - position;
  }

  /** Bits read so far from the beginning of the array. */
  public int position() {
    return position;
  }

  public boolean flag() {
    return bits(1) != 0;
  }

  /** The next {@code count} bits, 0 to 32, as an unsigned number. */
  public long bits(int count) {
    require(count);
    long value = 0;
    int left = count;
    while (left > 0) {
      int inByte = 8 - (position & 7);
      int take = Math.min(inByte, left);
      int chunk = (data[position >> 3] & 0xff) >> (inByte - take) & ((1 << take) - 1);
      value = value << take | chunk;
      position += take;
      left -= take;
    }
    return value;
  }

  /** Up to 31 bits as an int. */
  public int intBits(int count) {
    return (int) bits(count);
  }

  public void skip(int count) {
    require(count);
    position += count;
  }

  /** ue(v), at most {@code most}. */
  public int ue(int most) {
    long value = exponentialGolomb();
    if (value > most) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a code of " + value + ", at most " + most);
    }
    return (int) value;
  }

  /** ue(v) whose value does not matter. */
  public void skipUe() {
    exponentialGolomb();
  }

  /** se(v). */
  public long se() {
    long code = exponentialGolomb();
    return (code & 1) != 0 ? (code + 1) / 2 : -(code / 2);
  }

  private long exponentialGolomb() {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 32) {
        throw new VmsException(ErrorKind.DATA_LOSS, "an Exp-Golomb code over 32 bits");
      }
    }
    return (1L << zeros) - 1 + bits(zeros);
  }

  private void require(int count) {
    if (count < 0 || count > remaining()) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, count + " bits wanted where " + remaining() + " remain");
    }
  }
}
