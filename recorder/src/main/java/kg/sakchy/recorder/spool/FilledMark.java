package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kg.sakchy.media.mp4.SegmentIdentity;

/**
 * Bit 1 of the flags of a segment's identity box: the segment was fetched from the camera's own
 * recording to fill a gap. Readers that do not know the bit read the box all the same. Layout:
 * {@code ref/segment-format.md}.
 *
 * <p>Threads: pure functions over values and files.
 */
public final class FilledMark {
  /** Behind size, name, user type, version and the two upper bytes of the flags. */
  private static final int FLAGS_OFFSET = 4 + 4 + 16 + 1 + 2;

  private static final int FILLED = 2;

  private FilledMark() {}

  /** The identity box of a segment, marked if it is filled. */
  public static byte[] encode(SegmentIdentity identity) {
    byte[] box = identity.encode();
    if (identity.time().isFilled()) {
      box[FLAGS_OFFSET] |= FILLED;
    }
    return box;
  }

  /**
   * Whether a segment file is marked.
   *
   * @param boxOffset where its identity box begins
   */
  static boolean isSet(Path file, long boxOffset) throws IOException {
    ByteBuffer box = ByteBuffer.allocate(FLAGS_OFFSET + 1);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (box.hasRemaining()) {
        if (channel.read(box, boxOffset + box.position()) < 0) {
          return false;
        }
      }
    }
    return SegmentIdentity.matches(box.flip()) && (box.get(FLAGS_OFFSET) & FILLED) != 0;
  }
}
