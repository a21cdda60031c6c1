package kg.sakchy.storage.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose ONVIF sides can be read while its database is away, so that cameras are steered
 * and their events heard without the database. Changes, and placements, need the database.
 */
final class RememberedCameraRegistry implements CameraRegistry, AutoCloseable {
  private static final int PAGE = 1_000;

  private final CameraRegistry registry;
  private final RememberedList<CameraDevice> copy;

  /** Reads the file of the last time and begins to listen to {@code registry}. */
  RememberedCameraRegistry(CameraRegistry registry, Path path, CameraSecrets secrets) {
    this.registry = registry;
    this.copy =
        new RememberedList<>("the list of devices", file(path, secrets), CameraDevice::camera);
    registry.onDeviceChange((camera, device) -> copy.merge(camera, device, (old, now) -> now));
  }

  /** The copy at {@code path}. */
  static CopyFile<CameraDevice> file(Path path, CameraSecrets secrets) {
    DeviceJson json = new DeviceJson(secrets);
    return new CopyFile<>(path, "devices", json::write, json::read);
  }

  /** Takes over the whole list from the database. */
  void refresh() {
    List<CameraDevice> all = new ArrayList<>();
    List<CameraDevice> page = registry.devices(null, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = registry.devices(all.getLast().camera(), PAGE);
    }
    copy.replace(all);
  }

  @Override
  public void register(
      Camera camera, @Nullable CameraDevice device, @Nullable Placement placement) {
    registry.register(camera, device, placement);
  }

  @Override
  public void putDevice(CameraDevice device) {
    registry.putDevice(device);
  }

  @Override
  public void putPlacement(CameraId camera, Placement placement) {
    registry.putPlacement(camera, placement);
  }

  @Override
  public Optional<CameraDevice> device(CameraId camera) {
    try {
      return registry.device(camera);
    } catch (VmsException e) {
      return first(e, device -> device.camera().equals(camera));
    }
  }

  @Override
  public Optional<CameraDevice> deviceByEndpoint(String endpoint) {
    try {
      return registry.deviceByEndpoint(endpoint);
    } catch (VmsException e) {
      return first(
          e, device -> !endpoint.isEmpty() && device.identity().endpoint().equals(endpoint));
    }
  }

  @Override
  public Optional<CameraDevice> deviceBySerial(String make, String serial) {
    try {
      return registry.deviceBySerial(make, serial);
    } catch (VmsException e) {
      return first(
          e,
          device -> {
            DeviceIdentity identity = device.identity();
            return !serial.isEmpty()
                && identity.serial().equals(serial)
                && identity.make().equals(make);
          });
    }
  }

  @Override
  public Optional<Placement> placement(CameraId camera) {
    return registry.placement(camera);
  }

  @Override
  public List<CameraDevice> devices(@Nullable CameraId after, int limit) {
    try {
      return registry.devices(after, limit);
    } catch (VmsException e) {
      return copy.insteadOf(e).stream()
          .filter(device -> after == null || device.camera().compareTo(after) > 0)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public void onDeviceChange(Listener listener) {
    registry.onDeviceChange(listener);
  }

  @Override
  public void close() {
    copy.close();
  }

  private Optional<CameraDevice> first(VmsException error, Predicate<CameraDevice> wanted) {
    return copy.insteadOf(error).stream().filter(wanted).findFirst();
  }
}
