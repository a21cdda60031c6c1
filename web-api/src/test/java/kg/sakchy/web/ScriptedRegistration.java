package kg.sakchy.web;

import java.util.Objects;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Registers sample cameras with what the probe says, and keeps what it was asked for. */
final class ScriptedRegistration implements CameraRegistration {
  private final DeviceProbe probe;
  private final CameraDirectory cameras;
  private final CameraRegistry registry;
  volatile @Nullable Request lastRequest;
  volatile @Nullable DeviceAddress lastMove;

  ScriptedRegistration(DeviceProbe probe, CameraDirectory cameras, CameraRegistry registry) {
    this.probe = probe;
    this.cameras = cameras;
    this.registry = registry;
  }

  @Override
  public Registered register(Request request) {
    lastRequest = request;
    DeviceReport report = probe.probe(request.address());
    CameraId id = Objects.requireNonNullElse(request.id(), new CameraId("cam-new"));
    Camera camera = SampleDevices.camera(id.value(), 1);
    registry.register(
        camera,
        new CameraDevice(
            id,
            report.address(),
            report.identity(),
            Objects.requireNonNull(report.mainProfile()),
            report.subProfile(),
            report.features()),
        request.placement());
    return new Registered(camera, report);
  }

  @Override
  public Registered refresh(CameraId camera, @Nullable DeviceAddress moved) {
    lastMove = moved;
    Camera known =
        cameras
            .find(camera)
            .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "there is no such camera"));
    DeviceAddress at = moved != null ? moved : registry.device(camera).orElseThrow().address();
    return new Registered(known, probe.probe(at));
  }
}
