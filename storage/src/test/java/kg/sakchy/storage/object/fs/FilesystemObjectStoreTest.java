package kg.sakchy.storage.object.fs;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemObjectStoreTest implements ObjectStoreContract {
  private static final ObjectKey KEY = new ObjectKey("v1/gate/main/2026/11/22/1-a-0.mp4");

  @TempDir private Path directory;
  private Path root;
  private Path memory;
  private FilesystemObjectStore store;

  @BeforeEach
  void open() {
    root = directory.resolve("objects");
    memory = directory.resolve("objects.id");
    store = new FilesystemObjectStore(root, memory);
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void copiesWhatItCannotLink() throws IOException {
    // A link across file systems is refused; /dev/shm is another one wherever it exists.
    Path memoryDisk = Path.of("/dev/shm");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isWritable(memoryDisk), "no second file system to copy from");
    Path elsewhere = Files.createTempFile(memoryDisk, "sakchy", "");
    try {
      byte[] content = ObjectStoreContract.random(600_000);
      Files.write(elsewhere, content);
      store.put(KEY, elsewhere, ObjectStoreContract.sha256(content));
      assertThat(read(KEY, 0, content.length)).isEqualTo(content);
      assertFails(
          ErrorKind.DATA_LOSS,
          () -> store.put(KEY, elsewhere, ObjectStoreContract.sha256(new byte[1])));
      assertThat(temporaryFiles()).isEmpty();
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void leavesNoTemporaryFilesBehind() throws IOException {
    Path file = put(directory, KEY, ObjectStoreContract.random(1_000));
    store.put(KEY, file, ObjectStoreContract.sha256(ObjectStoreContract.random(1_000)));
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void sweepsOnlyOldTemporaryFiles() throws IOException {
    store.check();
    Path old = Files.createFile(root.resolve(".tmp/old"));
    Path fresh = Files.createFile(root.resolve(".tmp/fresh"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    store.check();
    assertThat(temporaryFiles()).containsExactly(fresh);
  }

  @Test
  void removesDirectoriesThatBecameEmpty() throws IOException {
    put(directory, KEY, new byte[1]);
    put(directory, new ObjectKey("v1/yard/x"), new byte[1]);
    assertThat(store.delete(Set.of(KEY))).isEmpty();
    assertThat(root.resolve("v1/gate")).doesNotExist();
    assertThat(root.resolve("v1/yard")).exists();
  }

  @Test
  void anEmptyMountPointIsRefusedInEveryCall() throws IOException {
    Path file = put(directory, KEY, new byte[1]);
    Path unmounted = directory.resolve("unmounted");
    Files.move(root, unmounted);
    Files.createDirectory(root);
    for (ObjectStore one : List.of(store, new FilesystemObjectStore(root, memory))) {
      assertFails(ErrorKind.UNAVAILABLE, one::check);
      assertFails(
          ErrorKind.UNAVAILABLE, () -> one.put(KEY, file, ObjectStoreContract.sha256(new byte[1])));
      assertFails(ErrorKind.UNAVAILABLE, () -> one.open(KEY, 0, 1).close());
      assertFails(ErrorKind.UNAVAILABLE, () -> one.stat(KEY));
      assertFails(ErrorKind.UNAVAILABLE, () -> one.list("", null, 10));
      assertFails(ErrorKind.UNAVAILABLE, () -> one.delete(Set.of(KEY)));
      assertFails(ErrorKind.UNAVAILABLE, one::capacity);
    }
    assertThat(root).isEmptyDirectory();
    Files.delete(root);
    Files.move(unmounted, root);
    store.check();
    assertThat(read(KEY, 0, 1)).hasSize(1);
  }

  @Test
  void anotherStoreInItsPlaceIsRefused() throws IOException {
    put(directory, KEY, new byte[1]);
    Path other = directory.resolve("other");
    new FilesystemObjectStore(other, directory.resolve("other.id")).check();
    ObjectStore wrong = new FilesystemObjectStore(other, memory);
    assertFails(ErrorKind.UNAVAILABLE, wrong::check);
  }

  @Test
  void aDirectoryOfOtherFilesDoesNotBecomeAStore() throws IOException {
    Files.createDirectories(root);
    Files.createFile(root.resolve("photo.jpg"));
    assertFails(ErrorKind.FAILED_PRECONDITION, store::check);
    assertThat(memory).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
    Files.createFile(root);
    assertFails(ErrorKind.FAILED_PRECONDITION, store::check);
  }

  @Test
  void aKeyCannotBeTheDirectoryOfAnother() throws IOException {
    put(directory, new ObjectKey("a/b"), new byte[1]);
    assertFails(ErrorKind.CONFLICT, () -> put(directory, new ObjectKey("a/b/c"), new byte[1]));
    assertFails(ErrorKind.CONFLICT, () -> put(directory, new ObjectKey("a"), new byte[1]));
    assertThat(store.stat(new ObjectKey("a"))).isEmpty();
    assertThat(store.stat(new ObjectKey("a/b/c"))).isEmpty();
  }

  @Test
  void aMissingSourceIsNotFound() {
    assertFails(
        ErrorKind.NOT_FOUND,
        () ->
            store.put(KEY, directory.resolve("nothing"), ObjectStoreContract.sha256(new byte[1])));
  }

  @Test
  void listsNoStrangeFiles() throws IOException {
    put(directory, new ObjectKey("a/b"), new byte[1]);
    Files.createFile(root.resolve("a/.hidden"));
    Files.createFile(root.resolve("a/Upper.mp4"));
    Files.createFile(root.resolve("stray file"));
    assertThat(store.list("", null, 10)).hasSize(1);
    assertThat(store.list("../", null, 10)).isEmpty();
    assertThat(store.list("/etc/", null, 10)).isEmpty();
    assertThat(store.list("a/../../", null, 10)).isEmpty();
    assertThat(store.list(".tmp/", null, 10)).isEmpty();
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(".tmp"))) {
      return files.toList();
    }
  }
}
