package kg.sakchy.recorder.retention;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/** A store on a disk that others have filled to the last byte; nothing may be deleted from it. */
final class FullStore implements ObjectStore {
  @Override
  public Optional<Capacity> capacity() {
    return Optional.of(new Capacity(1L << 40, 0));
  }

  @Override
  public Set<ObjectKey> delete(Collection<ObjectKey> keys) {
    throw new AssertionError("deletes " + keys);
  }

  @Override
  public void check() {}

  @Override
  public void put(ObjectKey key, Path content, Bytes sha256) {
    throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "full");
  }

  @Override
  public InputStream open(ObjectKey key, long offset, long length) {
    throw new VmsException(ErrorKind.NOT_FOUND, "no such object");
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key) {
    return Optional.empty();
  }

  @Override
  public List<ObjectInfo> list(String prefix, @Nullable ObjectKey after, int limit) {
    return List.of();
  }

  @Override
  public Optional<URI> presignedGet(ObjectKey key, Duration expiry) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
