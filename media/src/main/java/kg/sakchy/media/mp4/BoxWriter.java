package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes boxes into a growing array, big-endian; sizes are filled in when a box ends.
 *
 * <p>Threads: confined to one thread.
 */
final class BoxWriter {
  private static final int USUAL_BYTES = 256;

  private byte[] data;
  private int size;

  BoxWriter() {
    this(USUAL_BYTES);
  }

  /**
   * @param expectedBytes how many will probably be written
   */
  BoxWriter(int expectedBytes) {
    data = new byte[expectedBytes];
  }

  /** Writes a box around what {@code payload} writes. */
  BoxWriter box(int type, Consumer<BoxWriter> payload) {
    int start = size;
    u32(0);
    u32(type);
    payload.accept(this);
    ByteBuffer.wrap(data).putInt(start, size - start);
    return this;
  }

  /** Writes a box that begins with version and flags. */
  BoxWriter fullBox(int type, int version, int flags, Consumer<BoxWriter> payload) {
    return box(
        type,
        writer -> {
          writer.u32(version << 24 | flags);
          payload.accept(writer);
        });
  }

  BoxWriter u8(int value) {
    return bytes(new byte[] {(byte) value});
  }

  BoxWriter u16(int value) {
    room(2).putShort(size, (short) value);
    size += 2;
    return this;
  }

  /** The low 32 bits of {@code value}. */
  BoxWriter u32(long value) {
    room(4).putInt(size, (int) value);
    size += 4;
    return this;
  }

  BoxWriter u64(long value) {
    room(8).putLong(size, value);
    size += 8;
    return this;
  }

  BoxWriter bytes(byte[] bytes) {
    return bytes(ByteBuffer.wrap(bytes));
  }

  /** Copies what remains in {@code bytes}; its position stays. */
  BoxWriter bytes(ByteBuffer bytes) {
    int count = bytes.remaining();
    room(count).put(size, bytes, bytes.position(), count);
    size += count;
    return this;
  }

  /** Characters of US-ASCII. */
  BoxWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  BoxWriter zeros(int count) {
    room(count);
    size += count;
    return this;
  }

  /** What was written; nothing may be written afterwards. */
  byte[] toByteArray() {
    return size == data.length ? data : Arrays.copyOf(data, size);
  }

  private ByteBuffer room(int count) {
    if (data.length - size < count) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, size + count));
    }
    return ByteBuffer.wrap(data);
  }
}
