package kg.sakchy.core.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * Where the key frames of a segment stand, so that a seek or a playlist needs no look into the
 * object.
 *
 * <p>Every key frame begins a part (a {@code moof} box). Entry 0 is the first part of the segment.
 * Stored form: a count, then for each entry the rise of its time and of its offset over the entry
 * before; then, unless no size is known, for each entry the size of its part, 0 where unknown; all
 * as LEB128 unsigned integers.
 */
public final class KeyFrameIndex {
  /** A segment has at most this many key frames; more is taken for garbage. */
  private static final int MAX_ENTRIES = 100_000;

  private final long[] ticks;
  private final long[] offsets;
  private final long[] partSizes;

  private KeyFrameIndex(long[] ticks, long[] offsets, long[] partSizes) {
    this.ticks = ticks;
    this.offsets = offsets;
    this.partSizes = partSizes;
  }

  public int size() {
    return ticks.length;
  }

  /**
   * Presentation time of key frame {@code i} since the segment's first frame, in ticks of 90 kHz.
   */
  public long ticks(int i) {
    return ticks[i];
  }

  /** Byte offset of its {@code moof} box from the beginning of the object. */
  public long offset(int i) {
    return offsets[i];
  }

  /**
   * Bytes of the part that begins with key frame {@code i}, its {@code moof} and {@code mdat}: all
   * that is needed to show it. 0 when unknown.
   */
  public long partSize(int i) {
    return partSizes[i];
  }

  /**
   * The last key frame at or before {@code t} (90 kHz ticks since the segment's first frame), or 0.
   */
  public int floor(long t) {
    int found = Arrays.binarySearch(ticks, t);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /** The first key frame at or after {@code t}, or {@link #size()} if there is none. */
  public int ceiling(long t) {
    int found = Arrays.binarySearch(ticks, t);
    return found >= 0 ? found : -found - 1;
  }

  /** The stored form. */
  public Bytes encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 + 9 * ticks.length);
    writeVarint(out, ticks.length);
    long tick = 0;
    long offset = 0;
    for (int i = 0; i < ticks.length; i++) {
      writeVarint(out, ticks[i] - tick);
      writeVarint(out, offsets[i] - offset);
      tick = ticks[i];
      offset = offsets[i];
    }
    if (Arrays.stream(partSizes).anyMatch(size -> size > 0)) {
      for (long size : partSizes) {
        writeVarint(out, size);
      }
    }
    return Bytes.copyOf(out.toByteArray());
  }

  /**
   * Reads the stored form.
   *
   * @throws VmsException DATA_LOSS when it is malformed
   */
  public static KeyFrameIndex decode(Bytes stored) {
    ByteBuffer in = stored.asByteBuffer();
    long count = readVarint(in);
    if (count > MAX_ENTRIES || count > in.remaining()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a key-frame index of " + count + " entries");
    }
    Builder builder = new Builder();
    long tick = 0;
    long offset = 0;
    for (int i = 0; i < count; i++) {
      tick += readVarint(in);
      offset += readVarint(in);
      builder.add(tick, offset);
    }
    for (int i = 0; i < count && in.hasRemaining(); i++) {
      builder.partSizes[i] = readVarint(in);
    }
    return builder.build();
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long readVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 56; shift += 7) {
      if (!in.hasRemaining()) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a key-frame index that ends early");
      }
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new VmsException(ErrorKind.DATA_LOSS, "a number too long in a key-frame index");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyFrameIndex index
        && Arrays.equals(ticks, index.ticks)
        && Arrays.equals(offsets, index.offsets)
        && Arrays.equals(partSizes, index.partSizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return size() + " key frames";
  }

  /** Collects entries in rising order. Threads: confined to one thread. */
  public static final class Builder {
    private long[] ticks = new long[32];
    private long[] offsets = new long[32];
    private long[] partSizes = new long[32];
    private int size;

    /** Adds a key frame whose part is of unknown size. */
    public void add(long tick, long offset) {
      add(tick, offset, 0);
    }

    /**
     * Adds a key frame.
     *
     * @param tick see {@link KeyFrameIndex#ticks}
     * @param offset see {@link KeyFrameIndex#offset}
     * @param partSize see {@link KeyFrameIndex#partSize}
     * @throws VmsException DATA_LOSS when time or offset does not rise
     */
    public void add(long tick, long offset, long partSize) {
      if (tick < 0
          || offset < 0
          || partSize < 0
          || (size > 0 && (tick <= ticks[size - 1] || offset <= offsets[size - 1]))) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a key-frame index that does not rise");
      }
      if (size == ticks.length) {
        ticks = Arrays.copyOf(ticks, 2 * size);
        offsets = Arrays.copyOf(offsets, 2 * size);
        partSizes = Arrays.copyOf(partSizes, 2 * size);
      }
      ticks[size] = tick;
      offsets[size] = offset;
      partSizes[size] = partSize;
      size++;
    }

    public int size() {
      return size;
    }

    public KeyFrameIndex build() {
      return new KeyFrameIndex(
          Arrays.copyOf(ticks, size), Arrays.copyOf(offsets, size), Arrays.copyOf(partSizes, size));
    }
  }
}
