package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;

/**
 * Reads the fields of one box from front to back, big-endian (ISO/IEC 14496-12 §4.2).
 *
 * <p>Fails: VmsException DATA_LOSS when a field reaches behind the end of the box. Threads:
 * confined to one thread. Buffers: a view; the bytes belong to the caller.
 */
final class BoxFields {
  private final int type;
  private final ByteBuffer data;

  /**
   * @param type of the box, for messages
   * @param data its payload from position to limit
   */
  BoxFields(int type, ByteBuffer data) {
    this.type = type;
    this.data = data.slice();
  }

  int remaining() {
    return data.remaining();
  }

  int u8() {
    return need(1).get() & 0xFF;
  }

  int u16() {
    return need(2).getShort() & 0xFFFF;
  }

  int s32() {
    return need(4).getInt();
  }

  long u32() {
    return need(4).getInt() & 0xFFFF_FFFFL;
  }

  long s64() {
    return need(8).getLong();
  }

  /** An unsigned 64-bit number; those over 2^63 - 1 are taken for garbage. */
  long u64() {
    long value = s64();
    if (value < 0) {
      throw Mp4Errors.malformed("a number too large in box " + BoxType.name(type));
    }
    return value;
  }

  /** Version of a full box; the flags follow as {@link #flags()}. */
  int version() {
    return u8();
  }

  /** The 24 flag bits behind the version. */
  int flags() {
    return u8() << 16 | u16();
  }

  /** A time or duration: 64 bits in version 1, else 32. */
  long time(int version) {
    return version == 1 ? u64() : u32();
  }

  /** A count of entries of at least {@code entrySize} bytes each, checked against what is left. */
  int count(int entrySize) {
    long count = u32();
    if (count * entrySize > data.remaining()) {
      throw Mp4Errors.malformed(count + " entries in box " + BoxType.name(type));
    }
    return (int) count;
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[checked(count)];
    data.get(bytes);
    return bytes;
  }

  void skip(int count) {
    data.position(data.position() + checked(count));
  }

  /** The rest of this box as a sequence of boxes. */
  BoxReader boxes() {
    return new BoxReader(data);
  }

  private ByteBuffer need(int count) {
    checked(count);
    return data;
  }

  private int checked(int count) {
    if (count < 0 || count > data.remaining()) {
      throw Mp4Errors.malformed("box " + BoxType.name(type) + " ends early");
    }
    return count;
  }
}
