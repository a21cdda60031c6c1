package kg.sakchy.storage.object.s3;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.CopyingObjectStoreContract;
import kg.sakchy.core.MinioServer;
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what goes wrong, on a real MinIO. */
class MinioObjectStoreTest implements CopyingObjectStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir static Path serverDirectory;
  private static MinioServer server;

  private String bucket;
  private S3ObjectStore store;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    server = MinioServer.start(serverDirectory);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    bucket = "bucket-" + BUCKETS.incrementAndGet();
    store = new S3ObjectStore(server.bucket(bucket));
    store.check();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void aWrongSecretIsNamed() {
    try (S3ObjectStore wrong = new S3ObjectStore(server.config(bucket, false, "not-the-secret"))) {
      assertThatThrownBy(wrong::check)
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED))
          .hasMessageContaining("secret key")
          .hasMessageNotContaining("not-the-secret");
    }
  }

  @Test
  void anUnknownUserIsNamed(@TempDir Path directory) throws IOException {
    Path file = put(directory, new ObjectKey("a"), new byte[1]);
    try (S3ObjectStore wrong = new S3ObjectStore(server.withUser(bucket, "nobody"))) {
      assertFails(ErrorKind.UNAUTHENTICATED, wrong::check);
      assertFails(
          ErrorKind.UNAUTHENTICATED,
          () -> wrong.put(new ObjectKey("b"), file, ObjectStoreContract.sha256(new byte[1])));
      assertFails(ErrorKind.UNAUTHENTICATED, () -> wrong.list("", null, 10));
    }
  }

  @Test
  void aMissingBucketIsNeverTakenForAMissingObject(@TempDir Path directory) throws IOException {
    ObjectKey key = new ObjectKey("a/b");
    Path file = put(directory, key, new byte[1]);
    try (S3ObjectStore lost = new S3ObjectStore(server.config("no-such", false, "tester-secret"))) {
      assertFails(ErrorKind.FAILED_PRECONDITION, lost::check);
      assertFails(ErrorKind.FAILED_PRECONDITION, () -> lost.stat(key));
      assertFails(ErrorKind.FAILED_PRECONDITION, () -> lost.open(key, 0, 1).close());
      assertFails(ErrorKind.FAILED_PRECONDITION, () -> lost.list("", null, 1));
      assertFails(ErrorKind.FAILED_PRECONDITION, () -> lost.delete(java.util.List.of(key)));
      assertFails(
          ErrorKind.FAILED_PRECONDITION,
          () -> lost.put(key, file, ObjectStoreContract.sha256(new byte[1])));
    }
  }

  @Test
  void makesTheBucketOnThePutWhenAllowed(@TempDir Path directory) throws IOException {
    byte[] content = ObjectStoreContract.random(10_000);
    Path file = put(directory, new ObjectKey("a"), content);
    try (S3ObjectStore fresh = new S3ObjectStore(server.bucket(bucket + "-new"))) {
      fresh.put(new ObjectKey("b"), file, ObjectStoreContract.sha256(content));
      assertThat(fresh.stat(new ObjectKey("b"))).isPresent();
    }
  }

  @Test
  void aServerThatStoppedIsUnavailableAndUsableOnceItIsBack(@TempDir Path directory)
      throws IOException, InterruptedException {
    byte[] content = ObjectStoreContract.random(300_000);
    ObjectKey key = new ObjectKey("a/b");
    Path file = put(directory, key, content);
    server.stop();
    try {
      assertFails(ErrorKind.UNAVAILABLE, store::check);
      assertFails(
          ErrorKind.UNAVAILABLE, () -> store.put(key, file, ObjectStoreContract.sha256(content)));
      assertFails(ErrorKind.UNAVAILABLE, () -> store.open(key, 0, 1).close());
      assertFails(ErrorKind.UNAVAILABLE, () -> store.stat(key));
    } finally {
      server.start();
    }
    store.check();
    store.put(key, file, ObjectStoreContract.sha256(content));
    assertThat(read(key, 0, content.length)).isEqualTo(content);
  }
}
