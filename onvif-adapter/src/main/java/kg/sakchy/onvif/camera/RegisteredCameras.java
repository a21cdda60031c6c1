package kg.sakchy.onvif.camera;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.security.PlainPasswords;
import kg.sakchy.onvif.soap.AddressRule;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.DeviceSessions;
import kg.sakchy.onvif.soap.DeviceTarget;

/**
 * Finds the session of a registered camera. What the registry says is remembered until it says that
 * it changed, so that a joystick does not ask the database.
 *
 * <p>Threads: safe for use by many threads; calls block (database) the first time.
 */
public final class RegisteredCameras {
  private final CameraRegistry registry;
  private final DeviceSessions sessions;
  private final ConcurrentHashMap<CameraId, CameraDevice> devices = new ConcurrentHashMap<>();

  public RegisteredCameras(CameraRegistry registry, DeviceSessions sessions) {
    this.registry = registry;
    this.sessions = sessions;
    registry.onDeviceChange((camera, device) -> devices.remove(camera));
  }

  /** The camera, if it has an ONVIF side. */
  public Optional<RegisteredCamera> find(CameraId camera) {
    CameraDevice known = devices.get(camera);
    if (known == null) {
      known = registry.device(camera).orElse(null);
      if (known == null) {
        return Optional.empty();
      }
      devices.put(camera, known);
    }
    return Optional.of(of(known));
  }

  /**
   * The camera.
   *
   * @throws VmsException NOT_FOUND without an ONVIF side
   */
  public RegisteredCamera require(CameraId camera) {
    return find(camera)
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.NOT_FOUND, "the camera " + camera + " is not known by ONVIF"));
  }

  /** A device whose registration is at hand. */
  public RegisteredCamera of(CameraDevice device) {
    DeviceAddress address = device.address();
    DeviceTarget target =
        new DeviceTarget(
            address.service(),
            device.camera().value(),
            address.keepHost() ? AddressRule.ANSWERING_ENDPOINT : AddressRule.ANSWERING_HOST,
            PlainPasswords.NEVER);
    DeviceSession session = sessions.session(target, address.credentials());
    return new RegisteredCamera(device, session);
  }
}
