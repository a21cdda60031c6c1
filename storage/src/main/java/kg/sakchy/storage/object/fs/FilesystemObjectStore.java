package kg.sakchy.storage.object.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.file.Durably;
import kg.sakchy.storage.object.RangeInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files below one directory.
 *
 * <p>A put links the file where the file system can, else copies it and verifies the hash on the
 * way; syncs it, renames it into place, and syncs the directories. A linked file shares its bytes
 * with the object, so whoever puts a file must never write to it again; deleting it is fine.
 *
 * <p>No key may be the directory of another (CONFLICT). Half-written files wait in {@code .tmp} and
 * are swept when the store is opened a day later.
 *
 * <p>Threads: safe for use by many threads, and by several processes on one directory.
 */
public final class FilesystemObjectStore implements ObjectStore {
  private static final String TEMPORARY = ".tmp";
  private static final int COPY_BUFFER = 256 * 1024;
  private static final Duration TEMPORARY_LIFE = Duration.ofDays(1);

  /** A put that meets the removal of an empty directory makes the directory again, so often. */
  private static final int DIRECTORY_ATTEMPTS = 5;

  private final Path root;
  private final Path temporary;
  private final StoreIdentity identity;

  /**
   * Names a store without touching it; each call looks whether it is there, and the first that
   * finds an empty directory makes it a store.
   *
   * @param root its directory
   * @param memory a file outside of it that remembers which store it is; see {@link StoreIdentity}
   */
  public FilesystemObjectStore(Path root, Path memory) {
    this.root = root.toAbsolutePath();
    this.temporary = this.root.resolve(TEMPORARY);
    this.identity = new StoreIdentity(this.root, memory);
  }

  @Override
  public void check() {
    identity.verify();
    try {
      Durably.createDirectories(temporary);
      sweep();
      Path probe = newTemporary();
      Files.write(probe, new byte[1]);
      Files.delete(probe);
    } catch (IOException e) {
      throw FilesystemErrors.map("writing to the object store in " + root, e);
    }
  }

  @Override
  public void put(ObjectKey key, Path content, Bytes sha256) {
    identity.verify();
    Path staged = newTemporary();
    try {
      try {
        stage(content, staged, sha256, key);
        Files.setLastModifiedTime(staged, FileTime.from(Instant.now()));
        Durably.syncFile(staged);
        publish(staged, path(key));
      } finally {
        Files.deleteIfExists(staged); // a rename onto a link to the same file leaves both names
      }
    } catch (IOException e) {
      throw FilesystemErrors.map("storing " + key, e).with("key", key);
    }
  }

  @Override
  public InputStream open(ObjectKey key, long offset, long length) {
    try {
      SeekableByteChannel channel = Files.newByteChannel(path(key));
      try {
        if (offset < 0 || length <= 0 || length > channel.size() - offset) {
          throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not a range of the object " + key)
              .with("offset", offset)
              .with("length", length)
              .with("size", channel.size());
        }
        channel.position(offset);
        return new RangeInputStream(Channels.newInputStream(channel), length);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      if (FilesystemErrors.missing(e)) {
        identity.verify();
      }
      throw FilesystemErrors.map("reading " + key, e);
    }
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path(key), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new ObjectInfo(key, attributes.size(), attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (IOException e) {
      if (FilesystemErrors.missing(e)) {
        identity.verify();
        return Optional.empty();
      }
      throw FilesystemErrors.map("looking for " + key, e);
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix, @Nullable ObjectKey after, int limit) {
    identity.verify();
    try {
      return KeyWalk.page(root, prefix, after, limit);
    } catch (IOException e) {
      throw FilesystemErrors.map("listing " + prefix, e);
    }
  }

  @Override
  public Set<ObjectKey> delete(Collection<ObjectKey> keys) {
    identity.verify();
    Set<ObjectKey> left = new HashSet<>();
    Set<Path> directories = new HashSet<>();
    for (ObjectKey key : keys) {
      Path file = path(key);
      try {
        if (Files.deleteIfExists(file)) {
          directories.add(Durably.parent(file));
        }
      } catch (IOException e) {
        left.add(key);
      }
    }
    try {
      for (Path directory : directories) {
        removeEmpty(directory);
      }
    } catch (IOException e) {
      throw FilesystemErrors.map("deleting objects", e);
    }
    return left;
  }

  @Override
  public Optional<URI> presignedGet(ObjectKey key, Duration expiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Capacity> capacity() {
    identity.verify();
    try {
      FileStore disk = Files.getFileStore(root);
      return Optional.of(new Capacity(disk.getTotalSpace(), disk.getUsableSpace()));
    } catch (IOException e) {
      throw FilesystemErrors.map("asking for the room in " + root, e);
    }
  }

  @Override
  public void close() {}

  private Path path(ObjectKey key) {
    return root.resolve(key.value());
  }

  private Path newTemporary() {
    return temporary.resolve(UUID.randomUUID().toString());
  }

  /** Brings {@code content} to {@code staged}: a link moves no byte, a copy is verified. */
  private void stage(Path content, Path staged, Bytes sha256, ObjectKey key) throws IOException {
    if (link(content, staged)) {
      return;
    }
    MessageDigest digest = sha256();
    byte[] buffer = new byte[COPY_BUFFER];
    try (InputStream in = Files.newInputStream(content);
        OutputStream out = Files.newOutputStream(staged)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    if (!Bytes.copyOf(digest.digest()).equals(sha256)) {
      throw new VmsException(
              ErrorKind.DATA_LOSS, "the content of " + content + " differs from its hash")
          .with("key", key);
    }
  }

  /** Whether {@code staged} is now a second name of {@code content}. */
  private boolean link(Path content, Path staged) throws IOException {
    if (!Files.isDirectory(temporary)) {
      Durably.createDirectories(temporary);
    }
    try {
      Files.createLink(staged, content);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // another file system, or one without links
    }
  }

  private static void publish(Path staged, Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Durably.createDirectories(Durably.parent(target));
        Durably.move(staged, target);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == DIRECTORY_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Removes a directory and those above it as far as they are empty; syncs the last that stays. */
  private void removeEmpty(Path directory) throws IOException {
    Path rest = directory;
    while (!rest.equals(root)) {
      try {
        Files.delete(rest);
      } catch (DirectoryNotEmptyException e) {
        break;
      } catch (NoSuchFileException e) {
        // another thread was faster; its parent may be empty now
      }
      rest = Durably.parent(rest);
    }
    try {
      Durably.syncDirectory(rest);
    } catch (NoSuchFileException e) {
      return; // another thread removed it, and synced what is above
    }
  }

  private void sweep() throws IOException {
    Instant old = Instant.now().minus(TEMPORARY_LIFE);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      return; // a put of another thread finished while we looked
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
