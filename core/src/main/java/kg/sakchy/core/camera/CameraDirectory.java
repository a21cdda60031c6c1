package kg.sakchy.core.camera;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registered cameras.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface CameraDirectory {
  /** Adds a camera of version 1. Fails with CONFLICT when the id is taken. */
  void create(Camera camera);

  Optional<Camera> find(CameraId id);

  /**
   * One page in the order of ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<Camera> list(@Nullable CameraId after, int limit);

  /**
   * Those of some cameras that there are, in the order of ids.
   *
   * @param ids at most 1000
   */
  default List<Camera> find(Collection<CameraId> ids) {
    return ids.stream().sorted().distinct().flatMap(id -> find(id).stream()).toList();
  }

  /**
   * Replaces a camera. {@code camera.version()} is the version the change is based on; the stored
   * one becomes the next.
   *
   * @return the stored camera
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND, or CONFLICT when somebody changed it in
   *     between
   */
  Camera change(Camera camera);

  /** Forgets the camera, not its recordings: they age out. Returns whether it existed. */
  boolean delete(CameraId id);

  /**
   * Calls {@code listener} after every committed change made through this directory; it must return
   * quickly.
   */
  void onChange(Listener listener);

  /**
   * Told of changes. Losing a call is harmless: whoever listens also compares the whole list from
   * time to time.
   */
  interface Listener {
    /**
     * @param id the camera
     * @param camera as it is now, or null when it was deleted
     */
    void changed(CameraId id, @Nullable Camera camera);
  }
}
