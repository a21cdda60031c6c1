package kg.sakchy.media.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * A file of boxes read from front to back, media skipped.
 *
 * <p>Threads: confined to one thread.
 */
final class ScanSource {
  private final InputStream stream;
  private final Skipper skipper;
  private final byte[] header = new byte[BoxHeader.LARGE];
  private long position;

  /** Goes over bytes without reading them; false when they are not all there. */
  private interface Skipper {
    boolean skip(long bytes) throws IOException;
  }

  private ScanSource(InputStream stream, Skipper skipper) {
    this.stream = stream;
    this.skipper = skipper;
  }

  static ScanSource of(InputStream stream) {
    return new ScanSource(
        stream,
        bytes -> {
          try {
            // The last byte is read: a stream may let itself be skipped over its end.
            stream.skipNBytes(bytes - 1);
            return stream.read() >= 0;
          } catch (EOFException e) {
            return false;
          }
        });
  }

  static ScanSource of(SeekableByteChannel file) throws IOException {
    file.position(0);
    return new ScanSource(
        Channels.newInputStream(file),
        bytes -> {
          long left = file.size() - file.position();
          file.position(file.position() + Math.min(bytes, left));
          return bytes <= left;
        });
  }

  /** The next header; empty at the end, and when it is torn or impossible. */
  Optional<BoxHeader> header() throws IOException {
    if (stream.readNBytes(header, 0, BoxHeader.SHORT) < BoxHeader.SHORT) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(header);
    int more = BoxHeader.isLarge(bytes, 0) ? BoxHeader.LARGE - BoxHeader.SHORT : 0;
    if (stream.readNBytes(header, BoxHeader.SHORT, more) < more) {
      return Optional.empty();
    }
    Optional<BoxHeader> box = BoxHeader.read(bytes, 0, position);
    box.ifPresent(found -> position += found.headerSize());
    return box;
  }

  /** The whole box whose header was read last; empty when it is torn or over {@code limit}. */
  Optional<ByteBuffer> body(BoxHeader box, int limit) throws IOException {
    if (box.size() > limit) {
      return Optional.empty();
    }
    int payload = (int) box.payloadSize();
    byte[] read = stream.readNBytes(payload);
    if (read.length < payload) {
      return Optional.empty();
    }
    position += payload;
    return Optional.of(
        ByteBuffer.allocate((int) box.size()).put(header, 0, box.headerSize()).put(read).flip());
  }

  /** Goes over the box whose header was read last; false when it is torn. */
  boolean skip(BoxHeader box) throws IOException {
    long payload = box.payloadSize();
    if (payload > 0 && !skipper.skip(payload)) {
      return false;
    }
    position += payload;
    return true;
  }
}
