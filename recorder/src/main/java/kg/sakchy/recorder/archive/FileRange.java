package kg.sakchy.recorder.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A range of a file as a stream; owns the channel. Threads: confined to one thread at a time. */
final class FileRange extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  FileRange(FileChannel channel, long offset, long length) {
    this.channel = channel;
    this.position = offset;
    this.end = offset + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    int most = (int) Math.min(length, end - position);
    if (length == 0) {
      return 0;
    }
    if (most <= 0) {
      return -1;
    }
    int count = channel.read(ByteBuffer.wrap(into, offset, most), position);
    if (count > 0) {
      position += count;
    }
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, end - position);
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
