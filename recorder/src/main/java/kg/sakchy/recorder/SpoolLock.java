package kg.sakchy.recorder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.recorder.spool.SpoolErrors;

/**
 * Holds the spool for one server, and remembers whether the one before was stopped on purpose: the
 * file {@code stopped} exists only between a clean stop and the next start.
 *
 * <p>Threads: confined to the thread that starts and closes the recorder.
 */
final class SpoolLock implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;
  private final boolean stoppedCleanly;

  private SpoolLock(Path root, FileChannel channel, boolean stoppedCleanly) {
    this.root = root;
    this.channel = channel;
    this.stoppedCleanly = stoppedCleanly;
  }

  /**
   * Takes the spool, making its directory when missing.
   *
   * @throws VmsException FAILED_PRECONDITION when another server has it; UNAVAILABLE when the
   *     directory cannot be written
   */
  static SpoolLock take(Path root) {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new VmsException(
            ErrorKind.FAILED_PRECONDITION, "another server uses the spool directory " + root);
      }
      return new SpoolLock(root, channel, Files.deleteIfExists(root.resolve("stopped")));
    } catch (IOException e) {
      throw SpoolErrors.of("cannot use the spool directory " + root, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  boolean stoppedCleanly() {
    return stoppedCleanly;
  }

  /** Notes that everything was sealed. */
  void stopped(Instant at) {
    try {
      Files.writeString(root.resolve("stopped"), at.toString());
    } catch (IOException e) {
      throw SpoolErrors.of("cannot note the clean stop", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw SpoolErrors.of("cannot release the spool", e);
    }
  }
}
