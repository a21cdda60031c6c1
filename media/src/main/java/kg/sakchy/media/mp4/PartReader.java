package kg.sakchy.media.mp4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a stretch of a segment part by part: each {@code moof} with the {@code mdat} that follows
 * it.
 *
 * <p>Threads: confined to one thread; reading blocks. Memory: one part, of a bounded size. Fails:
 * VmsException DATA_LOSS for anything else than whole parts.
 */
public final class PartReader {
  /** A part is half a second; more than this is taken for garbage. */
  private static final int MAX_PART_BYTES = 32 << 20;

  private final InputStream in;

  /**
   * @param in begins with a {@code moof}; stays the caller's
   */
  public PartReader(InputStream in) {
    this.in = in;
  }

  /** The next part, its position at the {@code moof}; empty at the end of the stretch. */
  public Optional<ByteBuffer> next() throws IOException {
    byte[] header = in.readNBytes(BoxHeader.SHORT);
    if (header.length == 0) {
      return Optional.empty();
    }
    int moof = size(header, BoxType.MOOF);
    byte[] head = followed(header, moof); // and the header of the mdat
    int mdat = size(Arrays.copyOfRange(head, moof, head.length), BoxType.MDAT);
    if (mdat > MAX_PART_BYTES - moof) {
      throw Mp4Errors.malformed("a part of an impossible size");
    }
    return Optional.of(ByteBuffer.wrap(followed(head, mdat - BoxHeader.SHORT)));
  }

  private static int size(byte[] header, int type) {
    if (header.length == BoxHeader.SHORT && !BoxHeader.isLarge(ByteBuffer.wrap(header), 0)) {
      BoxHeader box = BoxHeader.read(ByteBuffer.wrap(header), 0, 0).orElse(null);
      if (box != null && box.type() == type && box.size() <= MAX_PART_BYTES) {
        return (int) box.size();
      }
    }
    throw Mp4Errors.malformed("no box " + BoxType.name(type) + " where a part should be");
  }

  /** So many bytes behind those read before; memory is taken for what really comes. */
  private byte[] followed(byte[] before, int count) throws IOException {
    byte[] more = in.readNBytes(count);
    if (more.length < count) {
      throw Mp4Errors.malformed("a part that ends early");
    }
    byte[] both = Arrays.copyOf(before, before.length + count);
    System.arraycopy(more, 0, both, before.length, count);
    return both;
  }
}
