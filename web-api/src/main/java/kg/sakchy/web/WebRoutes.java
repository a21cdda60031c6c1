package kg.sakchy.web;

import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.AccessRules;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.access.MediaTokenOperation;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.archive.PreviewOperations;
import kg.sakchy.web.archive.SnapshotOperation;
import kg.sakchy.web.archive.TimelineOperation;
import kg.sakchy.web.archive.VideoOperations;
import kg.sakchy.web.audit.Actors;
import kg.sakchy.web.audit.AuditRoutes;
import kg.sakchy.web.camera.CameraOperations;
import kg.sakchy.web.camera.NewCameras;
import kg.sakchy.web.camera.StatusOperation;
import kg.sakchy.web.console.ConsoleFiles;
import kg.sakchy.web.hls.LiveRings;
import kg.sakchy.web.hls.MasterOperation;
import kg.sakchy.web.hls.MediaOperation;
import kg.sakchy.web.hls.PlaylistOperation;
import kg.sakchy.web.http.Contract;
import kg.sakchy.web.http.ContractRouter;
import kg.sakchy.web.http.Entrance;
import kg.sakchy.web.http.Operation;
import kg.sakchy.web.http.OwnNames;
import kg.sakchy.web.http.Permission;
import kg.sakchy.web.http.SocketOperation;
import kg.sakchy.web.live.MediaLimits;
import kg.sakchy.web.live.MediaSockets;
import kg.sakchy.web.organisation.UnitCameraOperations;
import kg.sakchy.web.organisation.UnitOperations;
import kg.sakchy.web.page.CameraPage;
import kg.sakchy.web.page.SignInPage;
import kg.sakchy.web.role.AssignmentOperations;
import kg.sakchy.web.role.RoleOperations;
import kg.sakchy.web.whep.WhepOperations;
import org.jspecify.annotations.Nullable;

/**
 * Which class answers which operation of the contract.
 *
 * <p>Threads: built once; closing ends what operations have begun.
 */
final class WebRoutes implements AutoCloseable {
  private final OwnNames names;
  private final WebPorts ports;
  private final Contract contract = Contract.load();
  private final Permissions permissions;
  private final MediaAccess media;
  private final MediaRights rights;
  private final NewCameras places;
  private final @Nullable DeviceRoutes devices;
  private final LiveRings rings;
  private final ConsoleFiles console = ConsoleFiles.load();

  /**
   * @param names by which the server is called
   */
  WebRoutes(OwnNames names, WebPorts ports) {
    this.names = names;
    this.ports = ports;
    WebPorts.Server server = ports.server();
    WebPorts.Access access = ports.access();
    permissions = new Permissions(access.policy());
    media = new MediaAccess(access.policy(), ports.live().tokens(), server.clock());
    rights = new MediaRights(media, server.audit().refused());
    WebPorts.Video video = ports.video();
    places = new NewCameras(video.cameras(), access.organisation(), video.archive(), permissions);
    rings =
        new LiveRings(
            ports.live().views(),
            ports.video().archive(),
            ports.video().recordings(),
            server.clock(),
            server.metrics());
    WebPorts.Devices given = ports.devices();
    devices =
        given == null
            ? null
            : new DeviceRoutes(video.cameras(), permissions, places, given, ports.server());
  }

  /**
   * What is asked before each operation.
   *
   * @throws IllegalStateException when an operation of the contract has no rule
   */
  Permission permission() {
    return new AccessRules(contract, permissions, media, ports.server().audit().refused());
  }

  /** The router with all operations and all pages. */
  Router build(ContractRouter router) {
    Router built =
        router
            .build(contract, entrance(), audited(blocking()), direct(), lasting())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    console.mount(built);
    new CameraPage().mount(built);
    new SignInPage().mount(built);
    return built;
  }

  private Entrance entrance() {
    Set<String> open = new HashSet<>(SignInPage.OPEN);
    open.addAll(console.open());
    return new Entrance(
        names,
        ports.access().authentication(),
        open,
        Set.of(ConsoleFiles.PAGE, CameraPage.PATH),
        SignInPage.PATH);
  }

  private Map<String, Operation> blocking() {
    WebPorts.Video on = ports.video();
    var clock = ports.server().clock();
    CameraOperations cameras = new CameraOperations(on.cameras(), permissions, places, clock);
    VideoOperations video =
        new VideoOperations(on.archive(), rights, ApprovalRoutes.exports(ports), clock);
    Map<String, Operation> operations = new HashMap<>();
    operations.put("listCameras", cameras::list);
    operations.put("createCamera", cameras::create);
    operations.put("getCamera", cameras::get);
    operations.put("changeCamera", cameras::change);
    operations.put("deleteCamera", cameras::delete);
    operations.put("getCameraStatus", status());
    operations.put("getVideo", video::get);
    operations.put("headVideo", video::head);
    operations.put("createMediaToken", new MediaTokenOperation(media.tokens(), rights, clock));
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
    operations.put("getTimeline", new TimelineOperation(on.archive(), rights, clock));
    WhepOperations whep =
        new WhepOperations(
            ports.live().views(), ports.live().webRtc(), rights, ports.server().audit().lasting());
    operations.put("startWhep", whep::start);
    operations.put("endWhep", whep::end);
    operations.put("describeWhep", whep::options);
    operations.putAll(organisation());
    operations.putAll(ApprovalRoutes.blocking(ports));
    operations.putAll(AccountRoutes.blocking(ports.people()));
    operations.putAll(devices == null ? DeviceRoutes.absent() : devices.blocking());
    return operations;
  }

  private Map<String, Operation> audited(Map<String, Operation> operations) {
    WebPorts.Server server = ports.server();
    WebPorts.Audit audit = server.audit();
    Actors actors = new Actors(rights, ports.people().signIn());
    return new AuditRoutes(audit.log(), audit.evidence(), audit.lasting(), actors, server.clock())
        .around(operations);
  }

  private Map<String, Operation> organisation() {
    WebPorts.Access on = ports.access();
    VmsClock clock = ports.server().clock();
    UnitOperations units = new UnitOperations(on.organisation(), on.roles(), clock);
    UnitCameraOperations cameras =
        new UnitCameraOperations(on.organisation(), ports.video().cameras());
    RoleOperations roles = new RoleOperations(on.roles());
    AssignmentOperations assignments =
        new AssignmentOperations(on.roles(), on.organisation(), permissions, clock);
    return Map.ofEntries(
        Map.entry("listUnits", units::own),
        Map.entry("getUnit", units::get),
        Map.entry("changeUnit", units::change),
        Map.entry("deleteUnit", units::delete),
        Map.entry("listUnitsBelow", units::below),
        Map.entry("createUnit", units::create),
        Map.entry("searchUnits", units::search),
        Map.entry("moveUnit", units::move),
        Map.entry("listUnitCameras", cameras::list),
        Map.entry("getCameraUnit", cameras::get),
        Map.entry("assignCamera", cameras::assign),
        Map.entry("listRoles", roles::list),
        Map.entry("putRole", roles::put),
        Map.entry("deleteRole", roles::delete),
        Map.entry("listAssignments", assignments::list),
        Map.entry("assignRole", assignments::assign),
        Map.entry("revokeRole", assignments::revoke));
  }

  private StatusOperation status() {
    WebPorts.Video on = ports.video();
    WebPorts.Devices given = ports.devices();
    @Nullable CameraRegistry registry = given == null ? null : given.registry();
    DeviceHealth.@Nullable Source health = given == null ? null : given.health();
    return new StatusOperation(
        on.cameras(), on.streams(), on.recordings(), registry, health, ports.server().clock());
  }

  private Map<String, Operation> direct() {
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
            new MediaSockets.Sources(
                ports.live().views(), ports.video().archive(), ports.live().transcoder()),
            rights,
            server.audit().lasting(),
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
