package kg.sakchy.media.mp4;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of pieces, one after another; each is opened when its turn comes.
 *
 * <p>Threads: confined to one thread.
 */
final class RangeStream extends InputStream {
  private final Archive archive;
  private Iterator<RangePiece> pieces;
  private @Nullable InputStream current;
  private long left;

  RangeStream(Archive archive, List<RangePiece> pieces) {
    this.archive = archive;
    this.pieces = pieces.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    InputStream open = current;
    if (open == null || left == 0) {
      closeCurrent();
      if (!pieces.hasNext()) {
        return -1;
      }
      RangePiece piece = pieces.next();
      open = open(piece);
      current = open;
      left = piece.length();
    }
    int count = open.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw endsEarly(null);
    }
    left -= count;
    return count;
  }

  private InputStream open(RangePiece piece) throws IOException {
    return switch (piece) {
      case RangePiece.Made made -> new ByteArrayInputStream(made.bytes().toByteArray());
      case RangePiece.Media media -> open(media);
    };
  }

  private InputStream open(RangePiece.Media media) throws IOException {
    if (media.shift().isZero()) {
      return archive.open(media.segment(), media.offset(), media.length());
    }
    long ahead = media.offset() - media.boxOffset();
    InputStream stream =
        new TfdtShifter(
            archive.open(media.segment(), media.boxOffset(), media.boxEnd() - media.boxOffset()),
            media.shift());
    try {
      stream.skipNBytes(ahead);
      return stream;
    } catch (EOFException e) {
      stream.close();
      throw endsEarly(e);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static VmsException endsEarly(@Nullable Throwable cause) {
    return new VmsException(
        ErrorKind.DATA_LOSS, "a segment object ends before the size the index knows", cause);
  }

  @Override
  public void close() throws IOException {
    pieces = Collections.emptyIterator();
    closeCurrent();
  }

  private void closeCurrent() throws IOException {
    InputStream open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }
}
