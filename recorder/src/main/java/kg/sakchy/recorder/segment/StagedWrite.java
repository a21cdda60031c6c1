package kg.sakchy.recorder.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Writes many small arrays with few system calls: they are copied once, into a buffer outside the
 * heap that each writing thread keeps for itself, and go to the file from there.
 *
 * <p>Threads: any; the buffers are bounded by the number of threads of the recorder's lanes.
 */
final class StagedWrite {
  /** A part of a camera of 4 Mbit/s goes in one piece. */
  private static final int STAGE_BYTES = 256 * 1024;

  private static final ThreadLocal<ByteBuffer> STAGE =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(STAGE_BYTES));

  private StagedWrite() {}

  /** Appends {@code pieces}, one behind the other. */
  static void append(FileChannel channel, List<byte[]> pieces) throws IOException {
    ByteBuffer stage = STAGE.get().clear();
    for (byte[] piece : pieces) {
      for (int from = 0; from < piece.length; ) {
        int count = Math.min(stage.remaining(), piece.length - from);
        stage.put(piece, from, count);
        from += count;
        if (!stage.hasRemaining()) {
          drain(channel, stage);
        }
      }
    }
    drain(channel, stage);
  }

  private static void drain(FileChannel channel, ByteBuffer stage) throws IOException {
    stage.flip();
    while (stage.hasRemaining()) {
      channel.write(stage);
    }
    stage.clear();
  }
}
