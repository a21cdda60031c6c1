package kg.sakchy.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Cameras in the heap. Threads: safe for use by many threads. */
public final class InMemoryCameraDirectory implements CameraDirectory {
  private final SortedMap<CameraId, Camera> cameras = new TreeMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void create(Camera camera) {
    Camera created = withVersion(camera, 1);
    synchronized (this) {
      if (cameras.putIfAbsent(camera.id(), created) != null) {
        throw new VmsException(ErrorKind.CONFLICT, "a camera has this id: " + camera.id());
      }
    }
    tell(camera.id(), created);
  }

  @Override
  public synchronized Optional<Camera> find(CameraId id) {
    return Optional.ofNullable(cameras.get(id));
  }

  @Override
  public synchronized List<Camera> list(@Nullable CameraId after, int limit) {
    return cameras.values().stream()
        .filter(camera -> after == null || camera.id().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Camera change(Camera camera) {
    Camera changed = withVersion(camera, camera.version() + 1);
    synchronized (this) {
      Camera stored = cameras.get(camera.id());
      if (stored == null) {
        throw new VmsException(ErrorKind.NOT_FOUND, "no such camera: " + camera.id());
      }
      if (stored.version() != camera.version()) {
        throw new VmsException(
            ErrorKind.CONFLICT, "somebody else changed the camera: " + camera.id());
      }
      cameras.put(camera.id(), changed);
    }
    tell(camera.id(), changed);
    return changed;
  }

  @Override
  public boolean delete(CameraId id) {
    boolean existed;
    synchronized (this) {
      existed = cameras.remove(id) != null;
    }
    if (existed) {
      tell(id, null);
    }
    return existed;
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  private void tell(CameraId id, @Nullable Camera camera) {
    listeners.forEach(listener -> listener.changed(id, camera));
  }

  private static Camera withVersion(Camera camera, long version) {
    return new Camera(
        camera.id(),
        camera.name(),
        camera.main(),
        camera.sub(),
        camera.recording(),
        camera.retentionDays(),
        camera.createdAt(),
        camera.recordingSince(),
        version);
  }
}
