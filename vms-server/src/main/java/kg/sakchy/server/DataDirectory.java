package kg.sakchy.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server, held by a lock while the server runs: two servers on one spool would
 * destroy each other's segments.
 *
 * <p>Fails, in one sentence: PERMISSION_DENIED when it cannot be made or written, CONFLICT when
 * another server holds it.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    FileChannel channel;
    try {
      Files.createDirectories(absolute);
      channel =
          FileChannel.open(
              absolute.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.PERMISSION_DENIED, "the data directory " + absolute + " cannot be written", e);
    }
    if (tryLock(channel, absolute) == null) {
      close(channel);
      throw new VmsException(
          ErrorKind.CONFLICT, "another server uses the data directory " + absolute);
    }
    return new DataDirectory(absolute, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel, Path path) {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    } catch (IOException e) {
      close(channel);
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "the data directory " + path + " cannot be locked", e);
    }
  }

  Path path() {
    return path;
  }

  /** Below it, made when missing. */
  Path directory(String name) {
    Path directory = path.resolve(name);
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.PERMISSION_DENIED, "the directory " + directory + " cannot be made", e);
    }
  }

  @Override
  public void close() {
    close(lockFile);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new VmsException(ErrorKind.INTERNAL, "the lock of the data directory did not close", e);
    }
  }
}
