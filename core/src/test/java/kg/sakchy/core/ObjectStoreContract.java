package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.storage.ObjectStore.ObjectInfo;
import kg.sakchy.core.unit.Bytes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ObjectStore} promises. A test class implements it and names its store. */
public interface ObjectStoreContract {
  /** The store under test, empty at the beginning of each test. */
  ObjectStore store();

  @Test
  default void aHealthyStorePassesItsCheck() {
    store().check();
    store().check();
  }

  @Test
  default void storesAndReadsBackTheSameBytes(@TempDir Path directory) throws IOException {
    byte[] content = random(1_000_003);
    ObjectKey key = new ObjectKey("v1/cam-1/main/2026/11/22/1-a-0.mp4");
    put(directory, key, content);
    assertThat(read(key, 0, content.length)).isEqualTo(content);
    ObjectInfo info = store().stat(key).orElseThrow();
    assertThat(info.key()).isEqualTo(key);
    assertThat(info.sizeBytes()).isEqualTo(content.length);
    assertThat(info.modified())
        .isBetween(Instant.now().minusSeconds(3_600), Instant.now().plusSeconds(3_600));
  }

  @Test
  default void leavesTheFileThatWasPutInPlace(@TempDir Path directory) throws IOException {
    byte[] content = random(4_096);
    Path file = put(directory, new ObjectKey("a/b"), content);
    assertThat(file).hasBinaryContent(content);
  }

  @Test
  default void theObjectDoesNotChangeWithTheFileItCameFrom(@TempDir Path directory)
      throws IOException {
    byte[] content = random(4_096);
    ObjectKey key = new ObjectKey("a/b");
    Path file = put(directory, key, content);
    Files.delete(file);
    assertThat(read(key, 0, content.length)).isEqualTo(content);
  }

  @Test
  default void readsRanges(@TempDir Path directory) throws IOException {
    byte[] content = random(100_000);
    ObjectKey key = new ObjectKey("ranges/object");
    put(directory, key, content);
    assertThat(read(key, 0, 1)).isEqualTo(java.util.Arrays.copyOfRange(content, 0, 1));
    assertThat(read(key, 99_999, 1))
        .isEqualTo(java.util.Arrays.copyOfRange(content, 99_999, 100_000));
    assertThat(read(key, 12_345, 60_000))
        .isEqualTo(java.util.Arrays.copyOfRange(content, 12_345, 72_345));
  }

  @Test
  default void refusesRangesThatAreNotInTheObject(@TempDir Path directory) throws IOException {
    ObjectKey key = new ObjectKey("ranges/object");
    put(directory, key, random(1_000));
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> store().open(key, 0, 1_001).close());
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> store().open(key, 1_000, 1).close());
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> store().open(key, 5_000, 1).close());
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> store().open(key, -1, 1).close());
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> store().open(key, 0, 0).close());
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> store().open(key, 1, Long.MAX_VALUE).close());
  }

  @Test
  default void aMissingObjectIsNotFound() {
    ObjectKey key = new ObjectKey("not/here");
    assertThat(store().stat(key)).isEmpty();
    assertFails(ErrorKind.NOT_FOUND, () -> store().open(key, 0, 1).close());
  }

  @Test
  default void anEmptyObjectIsAnObject(@TempDir Path directory) throws IOException {
    ObjectKey key = new ObjectKey("empty");
    put(directory, key, new byte[0]);
    assertThat(store().stat(key).orElseThrow().sizeBytes()).isZero();
  }

  @Test
  default void puttingAgainIsHarmless(@TempDir Path directory) throws IOException {
    ObjectKey key = new ObjectKey("twice");
    byte[] content = random(70_000);
    put(directory, key, content);
    put(directory, key, content);
    assertThat(read(key, 0, content.length)).isEqualTo(content);
    assertThat(store().list("", null, 10)).hasSize(1);
  }

  @Test
  default void listsPagesInTheOrderOfKeys(@TempDir Path directory) throws IOException {
    // A hyphen and a dot sort before the slash, a digit after it.
    List<ObjectKey> keys = new ArrayList<>();
    for (String name :
        List.of("a-1/x", "a.1/x", "a/x-1", "a/x/1", "a/x/2", "a0", "a0-", "b/1", "b/10", "b/2")) {
      keys.add(new ObjectKey(name));
    }
    for (int i = keys.size() - 1; i >= 0; i--) {
      put(directory, keys.get(i), random(10 + i));
    }
    assertThat(keys).isSorted();
    for (int limit : new int[] {1, 3, 10, 1_000}) {
      assertThat(listAll("", limit)).containsExactlyElementsOf(keys);
    }
    assertThat(listAll("a/", 2)).containsExactlyElementsOf(keys.subList(2, 5));
    assertThat(listAll("a", 3)).containsExactlyElementsOf(keys.subList(0, 7));
    assertThat(listAll("b/1", 3)).containsExactlyElementsOf(keys.subList(7, 9));
    assertThat(listAll("c/d", 3)).isEmpty();
    assertThat(store().list("", new ObjectKey("a/x/00"), 1))
        .extracting(ObjectInfo::key)
        .containsExactly(new ObjectKey("a/x/1"));
    assertThat(store().list("b/", new ObjectKey("a/x"), 10)).hasSize(3);
    assertThat(store().list("a/", new ObjectKey("b/1"), 10)).isEmpty();
    assertThat(store().list("a0", null, 1).getFirst().sizeBytes()).isEqualTo(15);
  }

  @Test
  default void deletesInBatchesAndMissingOnesCountAsDeleted(@TempDir Path directory)
      throws IOException {
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      keys.add(new ObjectKey("batch/%03d".formatted(i)));
      put(directory, keys.getLast(), random(5));
    }
    List<ObjectKey> doomed = new ArrayList<>(keys.subList(0, 29));
    doomed.add(new ObjectKey("batch/never-there"));
    doomed.add(new ObjectKey("never/there"));
    assertThat(store().delete(doomed)).isEmpty();
    assertThat(listAll("", 100)).containsExactly(keys.getLast());
    assertThat(store().delete(doomed)).isEmpty();
    assertThat(store().delete(Set.of())).isEmpty();
  }

  @Test
  default void manyThreadsPutAtATime(@TempDir Path directory) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<byte[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        ObjectKey key = new ObjectKey("parallel/" + i / 4 + "/" + i);
        byte[] content = random(100_000 + i);
        tasks.add(
            () -> {
              put(directory, key, content);
              return read(key, 0, content.length);
            });
      }
      for (Future<byte[]> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).hasSizeGreaterThanOrEqualTo(100_000);
      }
    }
    assertThat(listAll("parallel/", 7)).hasSize(24);
  }

  @Test
  default void aPresignedAddressServesTheObjectToAnybody(@TempDir Path directory)
      throws IOException, InterruptedException {
    ObjectKey key = new ObjectKey("presigned/object.mp4");
    byte[] content = random(10_000);
    put(directory, key, content);
    Optional<URI> address = store().presignedGet(key, Duration.ofMinutes(5));
    if (address.isPresent()) {
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<byte[]> answer =
            http.send(
                HttpRequest.newBuilder(address.get()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
      }
    }
  }

  @Test
  default void capacityIsPlausibleWhereItIsKnown() {
    store()
        .capacity()
        .ifPresent(
            capacity -> {
              assertThat(capacity.totalBytes()).isPositive();
              assertThat(capacity.usableBytes()).isBetween(0L, capacity.totalBytes());
            });
  }

  /** Stores {@code content} through a new file below {@code directory}, and returns the file. */
  default Path put(Path directory, ObjectKey key, byte[] content) throws IOException {
    Path file = Files.createTempFile(directory, "content", "");
    Files.write(file, content);
    store().put(key, file, sha256(content));
    return file;
  }

  /** Reads a range to the end of the stream. */
  default byte[] read(ObjectKey key, long offset, long length) throws IOException {
    try (InputStream in = store().open(key, offset, length)) {
      return in.readAllBytes();
    }
  }

  private List<ObjectKey> listAll(String prefix, int limit) {
    List<ObjectKey> all = new ArrayList<>();
    List<ObjectInfo> page = store().list(prefix, null, limit);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      page.forEach(info -> all.add(info.key()));
      page = store().list(prefix, all.getLast(), limit);
    }
    return all;
  }

  /** Repeatable noise. */
  static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  /** SHA-256 of {@code content}. */
  static Bytes sha256(byte[] content) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Asserts that {@code call} throws a VmsException of this kind. */
  static void assertFails(ErrorKind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VmsException.class, error -> assertThat(error.kind()).isEqualTo(kind));
  }
}
