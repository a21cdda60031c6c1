package kg.sakchy.media.mp4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Adds a constant to every {@code baseMediaDecodeTime} (ISO/IEC 14496-12 §8.8.12) of a sequence of
 * boxes while it streams through, and changes nothing else; no byte is added or removed.
 *
 * <p>In: a stream that begins at the beginning of a box. Whatever arrives is patched where it lies,
 * in the caller's buffer; only a {@code moof} that the end of a read cuts in two is completed in a
 * small buffer of our own. Memory: at most one {@code moof}.
 *
 * <p>Threads: confined to one thread. Closing closes the source. Fails: VmsException DATA_LOSS when
 * boxes are malformed, UNSUPPORTED when a 32-bit decode time would no longer fit.
 */
public final class TfdtShifter extends InputStream {
  /** A {@code moof} larger than this is taken for garbage. */
  private static final int MAX_MOOF_BYTES = 4 << 20;

  private final InputStream source;
  private final TfdtShift shift;

  /** Bytes of the current box that need no look. */
  private long passing;

  /** What {@link #complete} read ahead; bytes from {@code heldFrom} on were not handed out yet. */
  private byte[] carry = new byte[4096];

  private int heldFrom;
  private int heldUntil;

  public TfdtShifter(InputStream source, TfdtShift shift) {
    this.source = source;
    this.shift = shift;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (heldFrom < heldUntil) {
      int count = Math.min(length, heldUntil - heldFrom);
      System.arraycopy(carry, heldFrom, target, offset, count);
      heldFrom += count;
      return count;
    }
    int count = source.read(target, offset, length);
    if (count > 0) {
      patch(target, offset, offset + count);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void patch(byte[] data, int from, int until) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(data);
    int at = from;
    while (at < until) {
      if (passing > 0) {
        int step = (int) Math.min(passing, until - at);
        passing -= step;
        at += step;
        continue;
      }
      int next = patchBox(bytes, at, until);
      if (next == at) {
        complete(data, at, until);
        return;
      }
      at = next;
    }
  }

  /** Goes over a header, or over a whole moof; stays at {@code at} when it is not all there. */
  private int patchBox(ByteBuffer bytes, int at, int until) {
    int header = needed(bytes, at, until);
    if (until - at < header) {
      return at;
    }
    BoxHeader box = header(bytes, at);
    if (box.type() != BoxType.MOOF) {
      passing = box.payloadSize();
      return at + header;
    }
    if (box.size() > until - at) {
      return at;
    }
    int size = (int) box.size();
    patchMoof(bytes.slice(at, size));
    return at + size;
  }

  private static int needed(ByteBuffer bytes, int at, int until) {
    boolean large = until - at >= BoxHeader.SHORT && BoxHeader.isLarge(bytes, at);
    return large ? BoxHeader.LARGE : BoxHeader.SHORT;
  }

  private static BoxHeader header(ByteBuffer bytes, int at) {
    BoxHeader box =
        BoxHeader.read(bytes, at, 0)
            .orElseThrow(() -> Mp4Errors.malformed("a box of an impossible size"));
    if (box.type() == BoxType.MOOF && box.size() > MAX_MOOF_BYTES) {
      throw Mp4Errors.malformed("a moof of " + box.size() + " bytes");
    }
    return box;
  }

  /**
   * Completes what was cut at the end of a read: reads the rest of the header or moof, patches it,
   * gives the caller the bytes that belong into its buffer and holds the others for the next read.
   * A source that ends here is handed on as it is.
   */
  private void complete(byte[] data, int at, int until) throws IOException {
    int given = until - at;
    reserve(given);
    System.arraycopy(data, at, carry, 0, given);
    int have = fill(given, BoxHeader.SHORT);
    if (have >= BoxHeader.SHORT) {
      have = fill(have, needed(ByteBuffer.wrap(carry), 0, have));
    }
    if (have >= needed(ByteBuffer.wrap(carry), 0, have)) {
      BoxHeader box = header(ByteBuffer.wrap(carry), 0);
      if (box.type() == BoxType.MOOF) {
        have = fill(have, (int) box.size());
      }
      patchBox(ByteBuffer.wrap(carry), 0, have);
    }
    System.arraycopy(carry, 0, data, at, given);
    heldFrom = given;
    heldUntil = have;
  }

  /** Reads until {@code wanted} bytes are in the carry buffer; returns how many are. */
  private int fill(int have, int wanted) throws IOException {
    reserve(wanted);
    return have >= wanted ? have : have + source.readNBytes(carry, have, wanted - have);
  }

  private void reserve(int size) {
    if (size > carry.length) {
      carry = Arrays.copyOf(carry, size);
    }
  }

  private void patchMoof(ByteBuffer moof) {
    BoxReader fragments = new BoxReader(moof);
    fragments.next();
    fragments = new BoxReader(fragments.payload());
    while (fragments.next()) {
      if (fragments.type() == BoxType.TRAF) {
        patchTrack(fragments.payload());
      }
    }
  }

  private void patchTrack(ByteBuffer traf) {
    BoxFields tfhd = new BoxReader(traf).require(BoxType.TFHD);
    tfhd.skip(4);
    int track = tfhd.s32();
    BoxReader boxes = new BoxReader(traf);
    BoxFields tfdt = boxes.find(BoxType.TFDT);
    if (tfdt == null) {
      return;
    }
    int version = tfdt.version();
    tfdt.flags();
    long time = shift.apply(track, tfdt.time(version));
    if (version == 1) {
      boxes.payload().putLong(4, time);
    } else if (time <= 0xFFFF_FFFFL) {
      boxes.payload().putInt(4, (int) time);
    } else {
      throw Mp4Errors.unsupported("a decode time of 32 bits that is moved over its end");
    }
  }
}
