package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the bytes of one sample gather: grows, is used again for the next sample, and hands out
 * exact copies. Its size has a limit, so that a sender cannot fill the memory.
 *
 * <p>Threads: confined to one.
 */
public final class SampleBuffer {
  /** No sample of a camera is as large; more is taken for garbage. */
  public static final int MAX_SAMPLE_BYTES = 8 << 20;

  private static final int FIRST_CAPACITY = 16 << 10;

  private final int limit;
  private byte[] data = new byte[0];
  private int size;

  /**
   * @param limit most bytes of a sample
   */
  public SampleBuffer(int limit) {
    this.limit = limit;
  }

  public int size() {
    return size;
  }

  /** Forgets what is in it; memory beyond what samples commonly need is given back. */
  public void clear() {
    if (data.length > limit / 2) {
      data = new byte[0];
    }
    size = 0;
  }

  /**
   * Appends {@code length} bytes of {@code source} from the absolute index {@code offset}.
   *
   * @return false, and nothing is appended, if that would exceed the limit
   */
  public boolean append(ByteBuffer source, int offset, int length) {
    if (!reserve(length)) {
      return false;
    }
    source.get(offset, data, size, length);
    size += length;
    return true;
  }

  /** Appends one byte; false as in {@link #append(ByteBuffer, int, int)}. */
  public boolean append(int value) {
    if (!reserve(1)) {
      return false;
    }
    data[size++] = (byte) value;
    return true;
  }

  /** Appends an array; false as in {@link #append(ByteBuffer, int, int)}. */
  public boolean append(byte[] source) {
    if (!reserve(source.length)) {
      return false;
    }
    System.arraycopy(source, 0, data, size, source.length);
    size += source.length;
    return true;
  }

  /** Whether the last two bytes are these. */
  public boolean endsWith(int lastButOne, int last) {
    return size >= 2 && data[size - 2] == (byte) lastButOne && data[size - 1] == (byte) last;
  }

  /** A copy of exactly what is in it. */
  public byte[] toSample() {
    return Arrays.copyOf(data, size);
  }

  /** The memory itself; bytes from {@link #size()} on mean nothing. Valid until the next append. */
  byte[] array() {
    return data;
  }

  /** Cuts off the end. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** Moves what stands from {@code from} on to {@code to}; false if that exceeds the limit. */
  boolean moveTail(int from, int to) {
    if (to > from && !reserve(to - from)) {
      return false;
    }
    System.arraycopy(data, from, data, to, size - from);
    size += to - from;
    return true;
  }

  /** Overwrites 4 bytes with a big-endian number. */
  void putInt(int offset, int value) {
    data[offset] = (byte) (value >> 24);
    data[offset + 1] = (byte) (value >> 16);
    data[offset + 2] = (byte) (value >> 8);
    data[offset + 3] = (byte) value;
  }

  private boolean reserve(int more) {
    if (more > limit - size) {
      return false;
    }
    if (size + more > data.length) {
      int doubled = Math.max(FIRST_CAPACITY, Math.min(limit, 2 * data.length));
      data = Arrays.copyOf(data, Math.max(size + more, doubled));
    }
    return true;
  }
}
