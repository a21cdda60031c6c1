package kg.sakchy.storage.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A directory that can be read while its database is away: every camera is also kept in memory and
 * in a file, so that recording begins, and goes on, without the database. Changes need the
 * database.
 */
final class RememberedCameraDirectory implements CameraDirectory, AutoCloseable {
  private static final int PAGE = 1_000;

  private final CameraDirectory directory;
  private final RememberedList<Camera> copy;

  /** Reads the file of the last time and begins to listen to {@code directory}. */
  RememberedCameraDirectory(CameraDirectory directory, Path path, CameraSecrets secrets) {
    this.directory = directory;
    this.copy = new RememberedList<>("the list of cameras", file(path, secrets), Camera::id);
    directory.onChange(this::remember);
  }

  /** The copy at {@code path}. */
  static CopyFile<Camera> file(Path path, CameraSecrets secrets) {
    CameraJson json = new CameraJson(secrets);
    return new CopyFile<>(path, "cameras", json::write, json::read);
  }

  /** Takes over the whole list from the database. */
  void refresh() {
    List<Camera> all = new ArrayList<>();
    List<Camera> page = directory.list(null, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = directory.list(all.getLast().id(), PAGE);
    }
    copy.replace(all);
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
      return copy.insteadOf(e).stream().filter(camera -> camera.id().equals(id)).findFirst();
    }
  }

  @Override
  public List<Camera> find(Collection<CameraId> ids) {
    try {
      return directory.find(ids);
    } catch (VmsException e) {
      return copy.insteadOf(e).stream().filter(camera -> ids.contains(camera.id())).toList();
    }
  }

  @Override
  public List<Camera> list(@Nullable CameraId after, int limit) {
    try {
      return directory.list(after, limit);
    } catch (VmsException e) {
      return copy.insteadOf(e).stream()
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
    copy.close();
  }

  /** Changes may be told in another order than they were made; the version tells. */
  private void remember(CameraId id, @Nullable Camera camera) {
    copy.merge(id, camera, (old, now) -> now.version() >= old.version() ? now : old);
  }
}
