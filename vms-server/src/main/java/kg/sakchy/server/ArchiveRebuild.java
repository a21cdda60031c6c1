package kg.sakchy.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.recorder.rebuild.IndexRebuild;
import kg.sakchy.storage.ObjectStores;
import kg.sakchy.storage.catalogue.Catalogue;

/**
 * Makes the index of a stopped server anew from its object store.
 *
 * <p>Threads: runs on the caller's.
 */
public final class ArchiveRebuild {
  private static final Duration DATABASE_PATIENCE = Duration.ofMinutes(2);

  private ArchiveRebuild() {}

  /**
   * Runs to the end.
   *
   * @param listener told how far it is
   * @throws VmsException CONFLICT while the server runs; UNAVAILABLE without database or store
   */
  public static IndexRebuild.Progress run(
      VmsConfig config, Consumer<IndexRebuild.Progress> listener) throws InterruptedException {
    try (DataDirectory data = DataDirectory.open(Path.of(config.dataDir()));
        Catalogue catalogue =
            Catalogue.open(config.database(), data.path(), new SimpleMeterRegistry());
        ObjectStore store = ObjectStores.open(config.objectStore(), data.path())) {
      store.check();
      if (!catalogue.awaitReady(DATABASE_PATIENCE)) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "the database does not answer");
      }
      return new IndexRebuild(store, catalogue.recordings(), data.directory("rebuild"))
          .run(listener);
    }
  }
}
