package kg.sakchy.media.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * NAL units in bytes: samples with 4-byte lengths (ISO/IEC 14496-15 §5.3.2), byte streams with
 * start codes (ITU-T H.264 and H.265 annex B), and the raw payload behind emulation prevention.
 *
 * <p>Threads: pure functions.
 */
public final class NalUnits {
  /** Size of the length before each NAL unit of a sample. */
  public static final int LENGTH_BYTES = 4;

  private NalUnits() {}

  /** Takes the NAL units of a sample one after another. */
  public interface Visitor {
    /** {@code sample[offset]} is the first byte of the NAL header. */
    void nal(byte[] sample, int offset, int length);
  }

  /**
   * Visits the NAL units of a sample in their order; empty ones are skipped.
   *
   * @throws VmsException DATA_LOSS if a length leads out of the sample
   */
  public static void forEach(byte[] sample, Visitor visitor) {
    int offset = 0;
    while (offset < sample.length) {
      int length = sample.length - offset < LENGTH_BYTES ? -1 : lengthAt(sample, offset);
      offset += LENGTH_BYTES;
      if (length < 0 || length > sample.length - offset) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a NAL unit longer than its sample")
            .with("offset", offset - LENGTH_BYTES);
      }
      if (length > 0) {
        visitor.nal(sample, offset, length);
      }
      offset += length;
    }
  }

  /** Copies of the NAL units of a sample. */
  public static List<Bytes> split(byte[] sample) {
    List<Bytes> nals = new ArrayList<>();
    forEach(
        sample,
        (data, offset, length) ->
            nals.add(Bytes.copyOf(Arrays.copyOfRange(data, offset, offset + length))));
    return nals;
  }

  /**
   * Copies of the NAL units of a byte stream with start codes. What stands before the first start
   * code is a NAL unit too; zeros before a start code and at the end belong to none.
   */
  public static List<Bytes> splitByteStream(byte[] stream) {
    List<Bytes> nals = new ArrayList<>();
    int begin = 0;
    while (begin < stream.length) {
      int code = indexOfStartCode(stream, begin, stream.length);
      int end = withoutZeros(stream, begin, code < 0 ? stream.length : code);
      if (end > begin) {
        nals.add(Bytes.copyOf(Arrays.copyOfRange(stream, begin, end)));
      }
      begin = code < 0 ? stream.length : code + 3;
    }
    return nals;
  }

  /** Index of the first {@code 00 00 01} in a range, or -1. */
  static int indexOfStartCode(byte[] data, int from, int to) {
    int i = from + 2;
    while (i < to) {
      if (data[i] > 1 || data[i] < 0) {
        i += 3;
      } else if (data[i] == 1 && data[i - 1] == 0 && data[i - 2] == 0) {
        return i - 2;
      } else {
        i++;
      }
    }
    return -1;
  }

  /** {@code to}, or the index behind the last byte before it that is not zero. */
  static int withoutZeros(byte[] data, int from, int to) {
    int end = to;
    while (end > from && data[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /**
   * The bytes of a NAL unit without its emulation prevention ({@code 00 00 03} becomes {@code 00
   * 00}; H.264 §7.4.1), header included.
   */
  public static byte[] rbsp(byte[] data, int offset, int length) {
    byte[] out = new byte[length];
    int size = 0;
    int zeros = 0;
    for (int i = offset; i < offset + length; i++) {
      byte next = data[i];
      if (zeros >= 2 && next == 3) {
        zeros = 0;
      } else {
        out[size++] = next;
        zeros = next == 0 ? zeros + 1 : 0;
      }
    }
    return size == length ? out : Arrays.copyOf(out, size);
  }

  /** Big-endian, unsigned; a value over 2^31 - 1 reads as negative. */
  public static int lengthAt(byte[] sample, int offset) {
    return (sample[offset] & 0xff) << 24
        | (sample[offset + 1] & 0xff) << 16
        | (sample[offset + 2] & 0xff) << 8
        | (sample[offset + 3] & 0xff);
  }
}
