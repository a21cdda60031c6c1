package kg.sakchy.storage.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that can be read while its database is away: every camera is also kept in memory and
 * in a file, so that recording begins, and goes on, without the database. Changes need the
 * database.
 *
 * <p>The file is written by one thread after each change; changes that come while it writes go into
 * the next writing together. Closing waits for the last.
 */
final class RememberedCameraDirectory implements CameraDirectory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedCameraDirectory.class);
  private static final int PAGE = 1_000;

  private final CameraDirectory directory;
  private final CameraFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SortedMap<CameraId, Camera> copy = new TreeMap<>();
  private final Thread writer;

  /** Whether the copy says anything: it was read from the file or from the database. */
  private boolean known;

  private boolean unwritten;
  private boolean closed;

  /** Reads the file of the last time and begins to listen to {@code directory}. */
  RememberedCameraDirectory(CameraDirectory directory, Path path) {
    this.directory = directory;
    this.file = new CameraFile(path);
    try {
      file.read()
          .ifPresent(
              cameras -> {
                cameras.forEach(camera -> copy.put(camera.id(), camera));
                known = true;
              });
    } catch (IOException | VmsException e) {
      LOG.atWarn().setCause(e).log("the list of cameras of the last time cannot be read");
    }
    directory.onChange(this::remember);
    this.writer = Thread.ofVirtual().name("camera-file").start(this::writeChanges);
  }

  /** Takes over the whole list from the database. */
  void refresh() {
    List<Camera> all = new ArrayList<>();
    List<Camera> page = directory.list(null, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = directory.list(all.getLast().id(), PAGE);
    }
    lock.lock();
    try {
      SortedMap<CameraId, Camera> before = new TreeMap<>(copy);
      copy.clear();
      all.forEach(camera -> copy.put(camera.id(), camera));
      unwritten |= !known || !before.equals(copy);
      known = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void create(Camera camera) {
    directory.create(camera);
  }

  @Override
  public Optional<Camera> find(CameraId id) {
    try {
      return directory.find(id);
    } catch (VmsException e) {
      return remembered(e).stream().filter(camera -> camera.id().equals(id)).findFirst();
    }
  }

  @Override
  public List<Camera> list(@Nullable CameraId after, int limit) {
    try {
      return directory.list(after, limit);
    } catch (VmsException e) {
      return remembered(e).stream()
          .filter(camera -> after == null || camera.id().compareTo(after) > 0)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Camera change(Camera camera) {
    return directory.change(camera);
  }

  @Override
  public boolean delete(CameraId id) {
    return directory.delete(id);
  }

  @Override
  public void onChange(Listener listener) {
    directory.onChange(listener);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The copy, when the database is away and there is one; else the error. */
  private List<Camera> remembered(VmsException error) {
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

  private void remember(CameraId id, @Nullable Camera camera) {
    lock.lock();
    try {
      if (camera == null) {
        copy.remove(id);
      } else {
        copy.merge(id, camera, (old, now) -> now.version() >= old.version() ? now : old);
      }
      unwritten = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void writeChanges() {
    for (List<Camera> next = nextToWrite(); next != null; next = nextToWrite()) {
      try {
        file.write(next);
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("the list of cameras cannot be written");
      }
    }
  }

  /** Waits for a change; null once closed and written. */
  private @Nullable List<Camera> nextToWrite() {
    lock.lock();
    try {
      while (!unwritten && !closed) {
        changed.awaitUninterruptibly();
      }
      if (!unwritten) {
        return null;
      }
      unwritten = false;
      return List.copyOf(copy.values());
    } finally {
      lock.unlock();
    }
  }
}
