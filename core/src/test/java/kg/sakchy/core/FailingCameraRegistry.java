package kg.sakchy.core;

import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import org.jspecify.annotations.Nullable;

/** A registry that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingCameraRegistry implements CameraRegistry {
  private final CameraRegistry registry;
  private final FaultSwitch faults;

  public FailingCameraRegistry(CameraRegistry registry, FaultSwitch faults) {
    this.registry = registry;
    this.faults = faults;
  }

  @Override
  public void register(
      Camera camera, @Nullable CameraDevice device, @Nullable Placement placement) {
    faults.pass();
    registry.register(camera, device, placement);
  }

  @Override
  public void putDevice(CameraDevice device) {
    faults.pass();
    registry.putDevice(device);
  }

  @Override
  public void putPlacement(CameraId camera, Placement placement) {
    faults.pass();
    registry.putPlacement(camera, placement);
  }

  @Override
  public Optional<CameraDevice> device(CameraId camera) {
    faults.pass();
    return registry.device(camera);
  }

  @Override
  public Optional<CameraDevice> deviceByEndpoint(String endpoint) {
    faults.pass();
    return registry.deviceByEndpoint(endpoint);
  }

  @Override
  public Optional<CameraDevice> deviceBySerial(String make, String serial) {
    faults.pass();
    return registry.deviceBySerial(make, serial);
  }

  @Override
  public Optional<Placement> placement(CameraId camera) {
    faults.pass();
    return registry.placement(camera);
  }

  @Override
  public List<CameraDevice> devices(@Nullable CameraId after, int limit) {
    faults.pass();
    return registry.devices(after, limit);
  }

  @Override
  public void onDeviceChange(Listener listener) {
    registry.onDeviceChange(listener);
  }
}
