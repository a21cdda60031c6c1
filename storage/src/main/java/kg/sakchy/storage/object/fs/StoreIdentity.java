package kg.sakchy.storage.object.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.UUID;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.Durably;
import org.jspecify.annotations.Nullable;

/**
 * Tells a store from a directory that only has its name. A marker file in the store holds an
 * identity, and a second file outside of it remembers that identity: when a disk is not mounted,
 * the empty mount point has no marker and is refused, instead of being taken for an archive that
 * was lost or as a place to write to.
 *
 * <p>Threads: safe for use by many threads.
 */
final class StoreIdentity {
  /** Begins with a dot, so it can be no object key. */
  static final String MARKER = ".sakchy-store";

  private static final int ID_LENGTH = 36;

  private final Path root;
  private final Path marker;
  private final Path memory;
  private volatile @Nullable String expected;

  /**
   * @param root the store's directory
   * @param memory the file that remembers its identity, on another file system if the store can be
   *     unmounted
   */
  StoreIdentity(Path root, Path memory) {
    this.root = root;
    this.marker = root.resolve(MARKER);
    this.memory = memory;
  }

  /**
   * Makes sure that the directory is the store it was before; a new store is marked.
   *
   * @throws VmsException UNAVAILABLE when it is another directory or none
   */
  void verify() {
    try {
      String remembered = expected;
      if (remembered == null) {
        remembered = establish();
        expected = remembered;
      }
      if (!remembered.equals(read(marker))) {
        throw new VmsException(
            ErrorKind.UNAVAILABLE,
            "the directory %s is not the object store it was before: is its disk mounted? It should hold %s with %s"
                .formatted(root, MARKER, remembered));
      }
    } catch (IOException e) {
      throw FilesystemErrors.map("looking at the object store in " + root, e);
    }
  }

  private synchronized String establish() throws IOException {
    String remembered = read(memory);
    if (remembered != null) {
      return remembered;
    }
    String marked = read(marker);
    if (marked == null) {
      requireEmpty();
      marked = UUID.randomUUID().toString();
      Durably.createDirectories(root);
      Durably.write(marker, marked.getBytes(StandardCharsets.US_ASCII));
    }
    Durably.createDirectories(Durably.parent(memory));
    Durably.write(memory, marked.getBytes(StandardCharsets.US_ASCII));
    return marked;
  }

  private void requireEmpty() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (!entry.endsWith("lost+found")) { // every fresh ext4 has it
          throw new VmsException(
              ErrorKind.FAILED_PRECONDITION,
              "the directory %s holds other files and cannot become an object store"
                  .formatted(root));
        }
      }
    } catch (NoSuchFileException e) {
      return; // it will be made
    } catch (NotDirectoryException e) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION, "%s is not a directory".formatted(root), e);
    }
  }

  private static @Nullable String read(Path file) throws IOException {
    try {
      if (Files.size(file) != ID_LENGTH) {
        return null;
      }
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
