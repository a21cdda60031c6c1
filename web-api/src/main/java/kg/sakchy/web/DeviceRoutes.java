package kg.sakchy.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.camera.NewCameras;
import kg.sakchy.web.device.DeviceOperations;
import kg.sakchy.web.device.DiscoveryOperations;
import kg.sakchy.web.device.DiscoverySearches;
import kg.sakchy.web.device.RegistrationOperations;
import kg.sakchy.web.event.EventOperations;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.SocketOperation;
import kg.sakchy.web.imports.ImportOperations;
import kg.sakchy.web.ptz.PtzHolds;
import kg.sakchy.web.ptz.PtzOperations;
import kg.sakchy.web.ptz.PtzSocket;

/**
 * The operations on cameras as devices: what answers them, and what answers in a server that knows
 * no devices.
 *
 * <p>Threads: built once; closing ends searches under way.
 */
final class DeviceRoutes implements AutoCloseable {
  private static final String SOCKET = "steerCamera";
  private static final Duration PTZ_PATIENCE = Duration.ofSeconds(2);
  private static final Map<String, Function<DeviceRoutes, Operation>> BLOCKING =
      Map.ofEntries(
          Map.entry("startDiscovery", routes -> routes.discovery::start),
          Map.entry("getDiscoveryEvents", routes -> routes.discovery::events),
          Map.entry("cancelDiscovery", routes -> routes.discovery::cancel),
          Map.entry("probeDevice", routes -> routes.registration::probe),
          Map.entry("registerCamera", routes -> routes.registration::register),
          Map.entry("refreshCamera", routes -> routes.registration::refresh),
          Map.entry("getDevice", routes -> routes.devices::get),
          Map.entry("putDevice", routes -> routes.devices::put),
          Map.entry("setUpCamera", routes -> routes.devices::setUp),
          Map.entry("getPlacement", routes -> routes.devices::getPlacement),
          Map.entry("putPlacement", routes -> routes.devices::putPlacement),
          Map.entry("startImport", routes -> routes.imports::start),
          Map.entry("listImports", routes -> routes.imports::list),
          Map.entry("getImport", routes -> routes.imports::get),
          Map.entry("getImportRows", routes -> routes.imports::rows),
          Map.entry("getImportEvents", routes -> routes.imports::events),
          Map.entry("cancelImport", routes -> routes.imports::cancel),
          Map.entry("resumeImport", routes -> routes.imports::resume),
          Map.entry("getPtz", routes -> routes.ptz::get),
          Map.entry("sendPtzCommand", routes -> routes.ptz::send),
          Map.entry("listPtzPresets", routes -> routes.ptz::presets),
          Map.entry("setPtzPreset", routes -> routes.ptz::setPreset),
          Map.entry("deletePtzPreset", routes -> routes.ptz::removePreset),
          Map.entry("listPtzTours", routes -> routes.ptz::tours),
          Map.entry("listEvents", routes -> routes.events::list),
          Map.entry("streamEvents", routes -> routes.events::stream));

  private final DiscoverySearches searches;
  private final DiscoveryOperations discovery;
  private final RegistrationOperations registration;
  private final DeviceOperations devices;
  private final ImportOperations imports;
  private final PtzOperations ptz;
  private final EventOperations events;
  private final SocketOperation socket;

  DeviceRoutes(
      CameraDirectory cameras,
      Permissions permissions,
      NewCameras places,
      WebPorts.Devices ports,
      WebPorts.Server server) {
    searches = new DiscoverySearches(ports.discovery(), ports.registry(), server.clock());
    discovery = new DiscoveryOperations(searches, permissions);
    registration =
        new RegistrationOperations(ports.probe(), ports.registration(), ports.registry(), places);
    devices = new DeviceOperations(cameras, ports.registry(), ports.probe());
    imports = new ImportOperations(ports.imports());
    PtzHolds holds = new PtzHolds(permissions, server.clock());
    ptz = new PtzOperations(ports.ptz(), holds, PTZ_PATIENCE);
    events = new EventOperations(ports.events(), permissions);
    socket = PtzSocket.over(ports.ptz(), holds, server.audit().lasting());
  }

  /** What may block, by operation id. */
  Map<String, Operation> blocking() {
    Map<String, Operation> operations = new HashMap<>();
    BLOCKING.forEach((id, operation) -> operations.put(id, operation.apply(this)));
    return operations;
  }

  /** What goes on over a socket, by operation id. */
  Map<String, SocketOperation> lasting() {
    return Map.of(SOCKET, socket);
  }

  /** All of it in a server that knows no devices. */
  static Map<String, Operation> absent() {
    Operation absent =
        call -> {
          throw new VmsException(
              ErrorKind.UNAVAILABLE, "this server runs without the part that talks to devices");
        };
    Map<String, Operation> operations = new HashMap<>();
    BLOCKING.keySet().forEach(id -> operations.put(id, absent));
    operations.put(SOCKET, absent);
    return operations;
  }

  @Override
  public void close() {
    searches.close();
  }
}
