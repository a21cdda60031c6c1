package kg.sakchy.web;

import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.access.MediaTokenOperation;
import kg.sakchy.web.archive.PreviewOperations;
import kg.sakchy.web.archive.SnapshotOperation;
import kg.sakchy.web.archive.TimelineOperation;
import kg.sakchy.web.archive.VideoOperations;
import kg.sakchy.web.camera.CameraOperations;
import kg.sakchy.web.camera.StatusOperation;
import kg.sakchy.web.hls.LiveRings;
import kg.sakchy.web.hls.MasterOperation;
import kg.sakchy.web.hls.MediaOperation;
import kg.sakchy.web.hls.PlaylistOperation;
import kg.sakchy.web.http.Contract;
import kg.sakchy.web.http.ContractRouter;
import kg.sakchy.web.http.Entrance;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.SocketOperation;
import kg.sakchy.web.live.MediaLimits;
import kg.sakchy.web.live.MediaSockets;
import kg.sakchy.web.page.CameraPage;
import kg.sakchy.web.whep.WhepOperations;
import org.jspecify.annotations.Nullable;

/**
 * Which class answers which operation of the contract.
 *
 * <p>Threads: built once; closing ends what operations have begun.
 */
final class WebRoutes implements AutoCloseable {
  private final WebPorts ports;
  private final @Nullable DeviceRoutes devices;
  private final LiveRings rings;

  WebRoutes(WebPorts ports) {
    this.ports = ports;
    WebPorts.Server server = ports.server();
    rings =
        new LiveRings(
            ports.live().views(),
            ports.video().archive(),
            ports.video().recordings(),
            server.clock(),
            server.metrics());
    WebPorts.Devices given = ports.devices();
    devices =
        given == null ? null : new DeviceRoutes(ports.video().cameras(), given, ports.server());
  }

  /** The router with all operations and the first page. */
  Router build(ContractRouter router) {
    Contract contract = Contract.load();
    Router built =
        router
            .build(contract, entrance(), blocking(), direct(contract), lasting())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    new CameraPage().mount(built);
    return built;
  }

  private Entrance entrance() {
    return new Entrance(ports.access().authentication(), Set.of(), "/");
  }

  private Map<String, Operation> blocking() {
    WebPorts.Video on = ports.video();
    var clock = ports.server().clock();
    CameraOperations cameras = new CameraOperations(on.cameras(), clock);
    MediaRights rights = new MediaRights(ports.live().tokens());
    VideoOperations video = new VideoOperations(on.archive(), rights, clock);
    Map<String, Operation> operations = new HashMap<>();
    operations.put("listCameras", cameras::list);
    operations.put("createCamera", cameras::create);
    operations.put("getCamera", cameras::get);
    operations.put("changeCamera", cameras::change);
    operations.put("deleteCamera", cameras::delete);
    operations.put("getCameraStatus", status());
    operations.put("getVideo", video::get);
    operations.put("headVideo", video::head);
    operations.put("createMediaToken", new MediaTokenOperation(ports.live().tokens(), clock));
    PlaylistOperation playlists = new PlaylistOperation(rings, on.archive(), rights, clock);
    PreviewOperations previews = new PreviewOperations(on.archive(), on.pictures(), rights, clock);
    operations.put("listPreviews", previews::list);
    operations.put("getPreviewSheet", previews::sheet);
    operations.put("getHlsMaster", new MasterOperation(rings, on.archive(), rights, clock));
    operations.put("getHlsMain", playlists::main);
    operations.put("getHlsSub", playlists::sub);
    operations.put("getHlsMedia", new MediaOperation(rings, on.archive(), rights, clock));
    operations.put(
        "getSnapshot", new SnapshotOperation(on.archive(), on.pictures(), rights, clock));
    operations.put("getTimeline", new TimelineOperation(on.archive(), clock));
    WhepOperations whep = new WhepOperations(ports.live().views(), ports.live().webRtc(), rights);
    operations.put("startWhep", whep::start);
    operations.put("endWhep", whep::end);
    operations.put("describeWhep", whep::options);
    operations.putAll(devices == null ? DeviceRoutes.absent() : devices.blocking());
    return operations;
  }

  private StatusOperation status() {
    WebPorts.Video on = ports.video();
    WebPorts.Devices given = ports.devices();
    @Nullable CameraRegistry registry = given == null ? null : given.registry();
    DeviceHealth.@Nullable Source health = given == null ? null : given.health();
    return new StatusOperation(
        on.cameras(), on.streams(), on.recordings(), registry, health, ports.server().clock());
  }

  private Map<String, Operation> direct(Contract contract) {
    WebPorts.Server server = ports.server();
    SystemOperations system =
        new SystemOperations(
            contract,
            server.readiness(),
            ports.video().streams(),
            ports.video().recordings(),
            server.metrics(),
            server.clock());
    return Map.of(
        "getContract", system::contract,
        "getSystem", system::system,
        "getLiveness", system::liveness,
        "getReadiness", system::readiness,
        "getMetrics", system::metrics);
  }

  private Map<String, SocketOperation> lasting() {
    WebPorts.Server server = ports.server();
    Map<String, SocketOperation> operations =
        new HashMap<>(devices == null ? Map.of() : devices.lasting());
    operations.put(
        "watchCamera",
        new MediaSockets(
            ports.live().views(),
            ports.video().archive(),
            new MediaRights(ports.live().tokens()),
            server.clock(),
            server.metrics(),
            MediaLimits.DEFAULTS));
    return operations;
  }

  @Override
  public void close() {
    rings.close();
    if (devices != null) {
      devices.close();
    }
  }
}
