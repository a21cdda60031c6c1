package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the boxes that stand side by side in a buffer (ISO/IEC 14496-12 §4.2).
 *
 * <pre>
 * size u32 | type u32 | [size u64 when size = 1] | payload      size counts the header; 0: to the end
 * </pre>
 *
 * <p>Fails: VmsException DATA_LOSS when a box is shorter than its header or longer than the buffer.
 * Threads: confined to one thread. Buffers: a view; the bytes belong to the caller.
 */
final class BoxReader {
  private final ByteBuffer data;
  private int next;
  private int start;
  private int payload;
  private int type;

  BoxReader(ByteBuffer data) {
    this.data = data.slice();
  }

  /** Moves to the next box; false at the end. Up to 7 bytes of zeros at the end are tolerated. */
  boolean next() {
    start = next;
    int left = data.limit() - start;
    if (left < 8) {
      for (int i = start; i < data.limit(); i++) {
        if (data.get(i) != 0) {
          throw Mp4Errors.malformed("a box header that ends early");
        }
      }
      return false;
    }
    long size = data.getInt(start) & 0xFFFF_FFFFL;
    type = data.getInt(start + 4);
    int header = 8;
    if (size == 1) {
      header = 16;
      size = left < 16 ? -1 : data.getLong(start + 8);
    } else if (size == 0) {
      size = left;
    }
    if (size < header || size > left) {
      throw Mp4Errors.malformed("box " + BoxType.name(type) + " of an impossible size");
    }
    payload = start + header;
    next = start + (int) size;
    return true;
  }

  int type() {
    return type;
  }

  /** Offset of the first byte after the box. */
  int end() {
    return next;
  }

  BoxFields fields() {
    return new BoxFields(type, payload());
  }

  /** The box without its header. */
  ByteBuffer payload() {
    return data.slice(payload, next - payload);
  }

  /** The box with its header. */
  ByteBuffer whole() {
    return data.slice(start, next - start);
  }

  /** The first box of a type among those not yet read, or null. */
  @Nullable BoxFields find(int wanted) {
    while (next()) {
      if (type == wanted) {
        return fields();
      }
    }
    return null;
  }

  /** The first box of a type among those not yet read. */
  BoxFields require(int wanted) {
    BoxFields found = find(wanted);
    if (found == null) {
      throw Mp4Errors.malformed("no box " + BoxType.name(wanted));
    }
    return found;
  }
}
