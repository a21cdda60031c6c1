package kg.sakchy.core;

import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import org.jspecify.annotations.Nullable;

/** A directory that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingCameraDirectory implements CameraDirectory {
  private final CameraDirectory directory;
  private final FaultSwitch faults;

  public FailingCameraDirectory(CameraDirectory directory, FaultSwitch faults) {
    this.directory = directory;
    this.faults = faults;
  }

  @Override
  public void create(Camera camera) {
    faults.pass();
    directory.create(camera);
  }

  @Override
  public Optional<Camera> find(CameraId id) {
    faults.pass();
    return directory.find(id);
  }

  @Override
  public List<Camera> list(@Nullable CameraId after, int limit) {
    faults.pass();
    return directory.list(after, limit);
  }

  @Override
  public Camera change(Camera camera) {
    faults.pass();
    return directory.change(camera);
  }

  @Override
  public boolean delete(CameraId id) {
    faults.pass();
    return directory.delete(id);
  }

  @Override
  public void onChange(Listener listener) {
    directory.onChange(listener);
  }
}
