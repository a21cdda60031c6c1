package kg.sakchy.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** ONVIF sides and placements in the heap. Threads: safe for use by many threads. */
public final class InMemoryCameraRegistry implements CameraRegistry {
  private final CameraDirectory directory;
  private final SortedMap<CameraId, CameraDevice> devices = new TreeMap<>();
  private final Map<CameraId, Placement> placements = new HashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Keeps the cameras themselves in {@code directory}. */
  public InMemoryCameraRegistry(CameraDirectory directory) {
    this.directory = directory;
    directory.onChange(
        (id, camera) -> {
          if (camera == null) {
            forget(id);
          }
        });
  }

  @Override
  public void register(
      Camera camera, @Nullable CameraDevice device, @Nullable Placement placement) {
    synchronized (this) {
      if (device != null) {
        refuseTwin(device);
      }
      directory.create(camera);
      if (device != null) {
        devices.put(camera.id(), device);
      }
      if (placement != null) {
        placements.put(camera.id(), placement);
      }
    }
    if (device != null) {
      tell(camera.id(), device);
    }
  }

  @Override
  public void putDevice(CameraDevice device) {
    synchronized (this) {
      requireCamera(device.camera());
      refuseTwin(device);
      devices.put(device.camera(), device);
    }
    tell(device.camera(), device);
  }

  @Override
  public synchronized void putPlacement(CameraId camera, Placement placement) {
    requireCamera(camera);
    placements.put(camera, placement);
  }

  @Override
  public synchronized Optional<CameraDevice> device(CameraId camera) {
    return Optional.ofNullable(devices.get(camera));
  }

  @Override
  public synchronized Optional<CameraDevice> deviceByEndpoint(String endpoint) {
    return endpoint.isEmpty()
        ? Optional.empty()
        : first(identity -> identity.endpoint().equals(endpoint));
  }

  @Override
  public synchronized Optional<CameraDevice> deviceBySerial(String make, String serial) {
    return serial.isEmpty()
        ? Optional.empty()
        : first(identity -> identity.make().equals(make) && identity.serial().equals(serial));
  }

  @Override
  public synchronized Optional<Placement> placement(CameraId camera) {
    return Optional.ofNullable(placements.get(camera));
  }

  @Override
  public synchronized List<CameraDevice> devices(@Nullable CameraId after, int limit) {
    return devices.values().stream()
        .filter(device -> after == null || device.camera().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public void onDeviceChange(Listener listener) {
    listeners.add(listener);
  }

  private void forget(CameraId camera) {
    boolean hadDevice;
    synchronized (this) {
      placements.remove(camera);
      hadDevice = devices.remove(camera) != null;
    }
    if (hadDevice) {
      tell(camera, null);
    }
  }

  private void requireCamera(CameraId camera) {
    if (directory.find(camera).isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such camera: " + camera);
    }
  }

  private void refuseTwin(CameraDevice device) {
    DeviceIdentity identity = device.identity();
    deviceByEndpoint(identity.endpoint())
        .or(() -> deviceBySerial(identity.make(), identity.serial()))
        .filter(twin -> !twin.camera().equals(device.camera()))
        .flatMap(twin -> directory.find(twin.camera()))
        .ifPresent(
            twin -> {
              throw new VmsException(
                  ErrorKind.CONFLICT,
                  "this camera is registered already: " + twin.name() + " (" + twin.id() + ")");
            });
  }

  private Optional<CameraDevice> first(Predicate<DeviceIdentity> wanted) {
    return devices.values().stream().filter(device -> wanted.test(device.identity())).findFirst();
  }

  private void tell(CameraId camera, @Nullable CameraDevice device) {
    listeners.forEach(listener -> listener.changed(camera, device));
  }
}
