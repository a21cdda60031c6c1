package kg.sakchy.storage;

import java.nio.file.Path;
import kg.sakchy.core.config.ObjectStoreConfig;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.storage.object.fs.FilesystemObjectStore;
import kg.sakchy.storage.object.s3.S3ObjectStore;

/** Opens the object store that the configuration names. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Opens the store without asking whether it is there, so that a server starts, and records into
   * its spool, while the store is away; {@link ObjectStore#check()} asks.
   *
   * @param dataDir the filesystem store lives below it in {@code objects}
   */
  public static ObjectStore open(ObjectStoreConfig config, Path dataDir) {
    return switch (config.type()) {
      case FILESYSTEM ->
          new FilesystemObjectStore(dataDir.resolve("objects"), dataDir.resolve("objects.id"));
      case S3 -> new S3ObjectStore(config.s3());
    };
  }
}
