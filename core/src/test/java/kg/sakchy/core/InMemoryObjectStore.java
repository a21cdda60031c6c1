package kg.sakchy.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/** An object store in the heap, with an optional size. Threads: safe for use by many threads. */
public final class InMemoryObjectStore implements ObjectStore {
  private final NavigableMap<ObjectKey, Stored> objects = new ConcurrentSkipListMap<>();
  private final long totalBytes;

  /** A store that does not tell its size. */
  public InMemoryObjectStore() {
    this(0);
  }

  /**
   * A store of a known size; putting more fails with RESOURCE_EXHAUSTED.
   *
   * @param totalBytes its size, or 0 for one that does not tell
   */
  public InMemoryObjectStore(long totalBytes) {
    this.totalBytes = totalBytes;
  }

  @Override
  public void check() {}

  @Override
  public synchronized void put(ObjectKey key, Path content, Bytes sha256) {
    byte[] data;
    try {
      data = Files.readAllBytes(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!sha256(data).equals(sha256)) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the content differs from its hash: " + key);
    }
    if (totalBytes > 0 && usedBytes() + data.length > totalBytes) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "the store is full");
    }
    objects.put(key, new Stored(data, Instant.now()));
  }

  @Override
  public InputStream open(ObjectKey key, long offset, long length) {
    Stored stored = objects.get(key);
    if (stored == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such object: " + key);
    }
    if (offset < 0 || length <= 0 || length > stored.data.length - offset) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not a range of the object: " + key);
    }
    return new ByteArrayInputStream(stored.data, (int) offset, (int) length);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(stored -> stored.info(key));
  }

  @Override
  public List<ObjectInfo> list(String prefix, @Nullable ObjectKey after, int limit) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().value().startsWith(prefix))
        .filter(entry -> after == null || entry.getKey().compareTo(after) > 0)
        .limit(limit)
        .map(entry -> entry.getValue().info(entry.getKey()))
        .toList();
  }

  @Override
  public Set<ObjectKey> delete(Collection<ObjectKey> keys) {
    keys.forEach(objects::remove);
    return Set.of();
  }

  @Override
  public Optional<URI> presignedGet(ObjectKey key, Duration expiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Capacity> capacity() {
    return totalBytes == 0
        ? Optional.empty()
        : Optional.of(new Capacity(totalBytes, totalBytes - usedBytes()));
  }

  @Override
  public void close() {}

  /** How many objects there are. */
  public int size() {
    return objects.size();
  }

  private long usedBytes() {
    return objects.values().stream().mapToLong(stored -> stored.data.length).sum();
  }

  private static Bytes sha256(byte[] data) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static final class Stored {
    private final byte[] data;
    private final Instant modified;

    private Stored(byte[] data, Instant modified) {
      this.data = data;
      this.modified = modified;
    }

    private ObjectInfo info(ObjectKey key) {
      return new ObjectInfo(key, data.length, modified);
    }
  }
}
