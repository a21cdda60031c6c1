package kg.sakchy.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * File operations that survive a loss of power once they return.
 *
 * <p>Threads: safe for use by many threads, each on its own files.
 */
public final class Durably {
  /**
   * Windows cannot open a directory as a file, and writes its entries through without being told.
   */
  private static final boolean DIRECTORIES_CAN_BE_SYNCED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private Durably() {}

  /** Writes a small file whole or not at all. */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.write(temporary, content);
    syncFile(temporary);
    move(temporary, file);
  }

  /** Renames within a file system, over an older file of that name. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(parent(to));
  }

  /** Makes a directory and those above it that are missing. */
  public static void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    @Nullable Path existing = directory.toAbsolutePath();
    while (existing != null && !Files.isDirectory(existing)) {
      missing.push(existing);
      existing = existing.getParent();
    }
    if (missing.isEmpty()) {
      return;
    }
    Files.createDirectories(directory);
    for (Path made : missing) {
      syncDirectory(parent(made));
    }
  }

  /** Waits until the content of a file is on the disk. */
  public static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Waits until the names in a directory are on the disk. */
  public static void syncDirectory(Path directory) throws IOException {
    if (DIRECTORIES_CAN_BE_SYNCED) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** The directory a file is in. */
  public static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a root has no directory");
  }
}
