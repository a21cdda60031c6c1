package kg.sakchy.core;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/** A store that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingObjectStore implements ObjectStore {
  private final ObjectStore store;
  private final FaultSwitch faults;

  public FailingObjectStore(ObjectStore store, FaultSwitch faults) {
    this.store = store;
    this.faults = faults;
  }

  @Override
  public void check() {
    faults.pass();
    store.check();
  }

  @Override
  public void put(ObjectKey key, Path content, Bytes sha256) {
    faults.pass();
    store.put(key, content, sha256);
  }

  @Override
  public InputStream open(ObjectKey key, long offset, long length) {
    faults.pass();
    return store.open(key, offset, length);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key) {
    faults.pass();
    return store.stat(key);
  }

  @Override
  public List<ObjectInfo> list(String prefix, @Nullable ObjectKey after, int limit) {
    faults.pass();
    return store.list(prefix, after, limit);
  }

  @Override
  public Set<ObjectKey> delete(Collection<ObjectKey> keys) {
    faults.pass();
    return store.delete(keys);
  }

  @Override
  public Optional<URI> presignedGet(ObjectKey key, Duration expiry) {
    faults.pass();
    return store.presignedGet(key, expiry);
  }

  @Override
  public Optional<Capacity> capacity() {
    faults.pass();
    return store.capacity();
  }

  @Override
  public void close() {
    store.close();
  }
}
