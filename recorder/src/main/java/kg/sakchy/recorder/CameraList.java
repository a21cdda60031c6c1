package kg.sakchy.recorder;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import org.jspecify.annotations.Nullable;

/**
 * The last known list of cameras: what to go on with while the database is away. Threads: safe for
 * use by many; only {@link #refresh} blocks.
 */
final class CameraList {
  private static final int PAGE = 500;

  private final CameraDirectory directory;
  private final Map<CameraId, Camera> cameras = new TreeMap<>();
  private long changes;

  CameraList(CameraDirectory directory) {
    this.directory = directory;
  }

  /** A camera was changed, or deleted when null; an older version than known is ignored. */
  synchronized void changed(CameraId id, @Nullable Camera camera) {
    changes++;
    if (camera == null) {
      cameras.remove(id);
    } else {
      cameras.merge(id, camera, (old, now) -> now.version() >= old.version() ? now : old);
    }
  }

  /**
   * Reads the whole list. One that was changed while it was read is read again next time.
   *
   * @throws kg.sakchy.core.error.VmsException when the database is away; the list stays
   */
  void refresh() {
    long before;
    synchronized (this) {
      before = changes;
    }
    Map<CameraId, Camera> next = new TreeMap<>();
    List<Camera> page = directory.list(null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(camera -> next.put(camera.id(), camera));
      page = page.size() < PAGE ? List.of() : directory.list(page.getLast().id(), PAGE);
    }
    synchronized (this) {
      if (changes == before) {
        cameras.clear();
        cameras.putAll(next);
      }
    }
  }

  synchronized Collection<Camera> all() {
    return List.copyOf(cameras.values());
  }
}
