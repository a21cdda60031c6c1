package kg.sakchy.storage.catalogue;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.lifecycle.Rounds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of the database that is also kept in memory and in a file, for when the database is away.
 *
 * <p>The file is written by one thread after each change; changes that come while it writes go into
 * the next writing together. Closing waits for the last.
 *
 * <p>Threads: safe for use by many threads; has one of its own.
 *
 * @param <V> what the list is of; one for each camera
 */
final class RememberedList<V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedList.class);

  private final String what;
  private final CopyFile<V> file;
  private final Function<V, CameraId> camera;
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<CameraId, V> copy = new TreeMap<>();
  private final Rounds writings;

  /** Whether the copy says anything: it was read from the file or from the database. */
  private boolean known;

  /**
   * Reads the file of the last time.
   *
   * @param what what it is, as it stands in a sentence: "the list of cameras"
   * @param camera of a value
   */
  RememberedList(String what, CopyFile<V> file, Function<V, CameraId> camera) {
    this.what = what;
    this.file = file;
    this.camera = camera;
    try {
      file.read()
          .ifPresent(
              values -> {
                values.forEach(value -> copy.put(camera.apply(value), value));
                known = true;
              });
    } catch (IOException | VmsException e) {
      LOG.atWarn().setCause(e).log("{} of the last time cannot be read", what);
    }
    writings = Rounds.whenWoken("copy-file", this::write);
  }

  /** Takes over the whole list. */
  void replace(List<V> all) {
    lock.lock();
    try {
      copy.clear();
      all.forEach(value -> copy.put(camera.apply(value), value));
      known = true;
    } finally {
      lock.unlock();
    }
    writings.wake(); // also for the same values: secrets may be sealed by another key now
  }

  /**
   * Takes over one value; null removes the camera's.
   *
   * @param choice of the remembered and the new one
   */
  void merge(CameraId id, @Nullable V value, BinaryOperator<V> choice) {
    lock.lock();
    try {
      if (value == null) {
        copy.remove(id);
      } else {
        copy.merge(id, value, choice);
      }
    } finally {
      lock.unlock();
    }
    writings.wake();
  }

  /**
   * The copy in the order of cameras, when {@code error} says that the database is away and there
   * is a copy.
   *
   * @throws VmsException the error, when not
   */
  List<V> insteadOf(VmsException error) {
    lock.lock();
    try {
      if (!known) {
        throw error;
      }
      return switch (error.kind()) {
        case UNAVAILABLE, TIMEOUT -> List.copyOf(copy.values());
        case INVALID_ARGUMENT,
            UNAUTHENTICATED,
            PERMISSION_DENIED,
            NOT_FOUND,
            CONFLICT,
            FAILED_PRECONDITION,
            RESOURCE_EXHAUSTED,
            CANCELLED,
            UNSUPPORTED,
            DATA_LOSS,
            INTERNAL ->
            throw error;
      };
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    writings.close();
  }

  private void write() {
    try {
      file.write(values());
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("{} cannot be written", what);
    }
  }

  private List<V> values() {
    lock.lock();
    try {
      return List.copyOf(copy.values());
    } finally {
      lock.unlock();
    }
  }
}
