package kg.sakchy.onvif.registration;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceIdentity;

/**
 * What a run of an import knows about devices: which were registered at which address when it
 * began, and which line of the table a device belongs to.
 *
 * <p>Threads: safe for use by many threads.
 */
final class KnownDevices {
  private static final int PAGE = 1_000;

  private final Map<String, CameraDevice> byAddress = new HashMap<>();
  private final Map<String, Integer> lines = new ConcurrentHashMap<>();

  /** Reads the registered devices. */
  static KnownDevices read(CameraRegistry registry) {
    KnownDevices known = new KnownDevices();
    List<CameraDevice> page = registry.devices(null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(device -> known.byAddress.put(place(device.address().service()), device));
      page = registry.devices(page.getLast().camera(), PAGE);
    }
    return known;
  }

  /** Host and port in one form, whatever way they were written. */
  static String place(URI service) {
    boolean https = "https".equalsIgnoreCase(service.getScheme());
    int port = service.getPort() >= 0 ? service.getPort() : https ? 443 : 80;
    return service.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** The device registered at that host and port. */
  Optional<CameraDevice> at(URI service) {
    return Optional.ofNullable(byAddress.get(place(service)));
  }

  /**
   * Says that a line is about a registered camera.
   *
   * @throws kg.sakchy.core.error.VmsException INVALID_ARGUMENT when another line is
   */
  void claim(int line, CameraId camera) {
    claim(line, "camera " + camera);
  }

  /** The same for a device that is not registered. */
  void claim(int line, DeviceIdentity identity) {
    if (!identity.endpoint().isEmpty()) {
      claim(line, "endpoint " + identity.endpoint());
    }
    if (!identity.serial().isEmpty()) {
      claim(line, "serial " + identity.make() + " " + identity.serial());
    }
  }

  private void claim(int line, String what) {
    Integer other = lines.putIfAbsent(what, line);
    if (other != null && other != line) {
      throw CameraRow.wrong(Column.ADDRESS, "the same camera answers here and at line " + other);
    }
  }
}
