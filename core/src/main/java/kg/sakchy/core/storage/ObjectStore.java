package kg.sakchy.core.storage;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Where sealed segments live: immutable objects under keys.
 *
 * <p>Threads: safe for use by many threads; calls block. Fails: VmsException with NOT_FOUND,
 * UNAVAILABLE or TIMEOUT (a retry may help), RESOURCE_EXHAUSTED (full), UNAUTHENTICATED or
 * PERMISSION_DENIED (wrong keys), FAILED_PRECONDITION (no such bucket), DATA_LOSS (content differs
 * from its hash).
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Looks whether the store can be used: reachable, keys accepted, bucket there and writable.
   * Returns normally or says in words what is wrong.
   */
  void check();

  /**
   * Stores a file. When it returns, the object is durable and whole; putting the same content again
   * is harmless.
   *
   * @param sha256 of the content, which the caller vouches for; a store that moves the bytes to
   *     another place verifies it on the way
   */
  void put(ObjectKey key, Path content, Bytes sha256);

  /**
   * Opens a range of an object.
   *
   * @param offset first byte
   * @param length how many, over 0; a range that ends behind the object fails with INVALID_ARGUMENT
   */
  InputStream open(ObjectKey key, long offset, long length);

  Optional<ObjectInfo> stat(ObjectKey key);

  /**
   * One page of the keys that begin with {@code prefix}, in order.
   *
   * @param after the last key of the page before, or null
   */
  List<ObjectInfo> list(String prefix, @Nullable ObjectKey after, int limit);

  /**
   * Deletes objects; a missing one counts as deleted.
   *
   * @return the keys that are still there
   */
  Set<ObjectKey> delete(Collection<ObjectKey> keys);

  /**
   * An address from which anybody can read the object until it expires; empty when the store has no
   * such thing.
   */
  Optional<URI> presignedGet(ObjectKey key, Duration expiry);

  /** Size and free space where the store can tell. */
  Optional<Capacity> capacity();

  @Override
  void close();

  /**
   * An object.
   *
   * @param key its name
   * @param sizeBytes its size
   * @param modified when it was stored
   */
  record ObjectInfo(ObjectKey key, long sizeBytes, Instant modified) {}

  /**
   * Room in the store.
   *
   * @param totalBytes all of it
   * @param usableBytes what this process may still write
   */
  record Capacity(long totalBytes, long usableBytes) {}
}
