package kg.sakchy.storage.object;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Exactly {@code length} bytes of another stream, then its end. A source that ends before is an
 * {@link EOFException}, never a short answer.
 *
 * <p>Threads: confined to one thread. Owns the source and closes it.
 */
public final class RangeInputStream extends InputStream {
  private final InputStream source;
  private long left;

  public RangeInputStream(InputStream source, long length) {
    this.source = source;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int next = source.read();
    account(next < 0 ? -1 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (left == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = source.read(buffer, offset, (int) Math.min(length, left));
    account(count);
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(source.available(), left);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void account(int count) throws EOFException {
    if (count < 0) {
      throw new EOFException("the object ended " + left + " bytes early");
    }
    left -= count;
  }
}
