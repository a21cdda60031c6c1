package kg.sakchy.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.config.WebRtcConfig;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.server.VmsServer;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.ClipOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimPlacement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that searches, registers and records eight simulated cameras: two domes, a school with a
 * microphone, a junction in H.265, one that fails now and then.
 *
 * <p>Threads: started and closed by the thread of the command.
 */
public final class Demo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

  /** Each camera has an address of its own, as on a real network; all of them are this machine. */
  private static final String NETWORK = "127.0.1.";

  /** One of the ports that a scan of a range knocks at. */
  private static final int DEVICE_PORT = 8899;

  private static final Duration SEARCH = Duration.ofSeconds(10);
  private static final Duration MOTION_EVERY = Duration.ofSeconds(25);
  private static final Duration MOTION_FOR = Duration.ofSeconds(6);

  /** Who signs in. */
  public static final AccountId ACCOUNT = new AccountId("demo");

  private final VmsServer server;
  private final VmsClock clock;
  private String password = "";
  private final List<SimFleet> cameras = new ArrayList<>();

  private Demo(VmsServer server, VmsClock clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * Starts server and cameras, and registers the cameras that a search finds.
   *
   * @param config of the server
   * @param more RTSP addresses of cameras to record besides the simulated ones
   */
  public static Demo start(VmsConfig config, List<String> more) {
    VmsClock clock = VmsClock.system();
    VmsServer server =
        VmsServer.start(config, clock); // first: a busy port is said before anything is drawn
    Demo demo = new Demo(server, clock);
    try {
      demo.fill();
      demo.password = server.entry().openDoor(ACCOUNT, "Demo");
      demo.register(demo.search());
      demo.registerByRtsp(more);
      return demo;
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  /**
   * The configuration of a demo: a directory and a port of its own, segments short enough to watch
   * them come, and nothing that leaves this machine.
   */
  public static VmsConfig config(VmsConfig base, Path dataDir, int port) {
    RecordingConfig recording = base.recording();
    return new VmsConfig(
        dataDir.toString(),
        base.tls(),
        base.http().withPort(port),
        base.rtsp().withPorts(preferred(base.rtsp().port()), preferred(base.rtsp().tlsPort())),
        new WebRtcConfig(
            base.webrtc().host(),
            preferred(base.webrtc().port()),
            base.webrtc().sessions(),
            base.webrtc().sessionsPerClient()),
        base.live(),
        base.database(),
        base.objectStore(),
        new DeviceConfig(false, true, true),
        base.gateway(),
        new RecordingConfig(
            Duration.ofSeconds(20),
            recording.part(),
            recording.spoolLimitMiB(),
            recording.spoolReserveMiB(),
            recording.uploads(),
            recording.memoryLimitMiB(),
            1,
            recording.maxUsedPercent()),
        base.audit(),
        base.oidc());
  }

  /** That port, or any, so that a demo runs beside another server. */
  private static int preferred(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return port == 0 ? 0 : probe.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  private void fill() {
    for (int i = 0; i < DemoCamera.ALL.size(); i++) {
      add(DemoCamera.ALL.get(i), address(i));
    }
  }

  private static String address(int index) {
    return NETWORK + (index + 1);
  }

  /** At its own address; where the system has only one loopback address, at a port of its own. */
  private void add(DemoCamera camera, String address) {
    try {
      add(camera, address, SimPlacement.at(address, DEVICE_PORT));
    } catch (VmsException e) {
      LOG.debug("no address of its own for {}", camera.id(), e);
      add(camera, "127.0.0.1", SimPlacement.ownPort());
    }
  }

  private void add(DemoCamera camera, String host, SimPlacement place) {
    SimFleet fleet = SimFleet.start(clock, host, 0, 0);
    try {
      SimDevice device = device(fleet, camera, place);
      switch (camera.kind()) {
        case WITH_MOTION -> fleet.motion(device, MOTION_EVERY, MOTION_FOR);
        case UNRELIABLE -> {
          fleet.motion(device, MOTION_EVERY, MOTION_FOR);
          fleet.card(device);
          fleet.unreliable(device);
        }
        case DOME, FIXED, H265 -> {}
      }
      cameras.add(fleet);
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private static SimDevice device(SimFleet fleet, DemoCamera camera, SimPlacement place) {
    String name = camera.id().value();
    return switch (camera.kind()) {
      case DOME -> fleet.dome(name, camera.title(), place);
      case FIXED, WITH_MOTION, UNRELIABLE -> fleet.fixed(name, camera.title(), place);
      case H265 -> fleet.clip(name, ClipMedia.open(DemoClips.h265()), ClipOptions.DEFAULTS, place);
    };
  }

  /** The first camera, for any player. */
  public Optional<URI> rtspAddress() {
    return server.rtspAddress().map(all -> all.resolve(DemoCamera.ALL.getFirst().id() + "/main"));
  }

  /** The device services that a search of the cameras' addresses finds, by host and port. */
  private Map<String, URI> search() {
    Map<String, URI> found = new ConcurrentHashMap<>();
    CountDownLatch finished = new CountDownLatch(1);
    DiscoveryRequest request =
        new DiscoveryRequest(
            List.of(address(0) + "-" + address(DemoCamera.ALL.size() - 1)), SEARCH);
    DeviceDiscovery.Search search =
        server
            .devices()
            .discovery()
            .start(
                request,
                event -> {
                  switch (event) {
                    case DiscoveryEvent.Found(var device) ->
                        device.services().forEach(uri -> found.put(uri.getAuthority(), uri));
                    case DiscoveryEvent.Finished end -> finished.countDown();
                    case DiscoveryEvent.Left left -> {}
                    case DiscoveryEvent.Progress progress -> {}
                  }
                });
    try {
      if (!finished.await(SEARCH.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the search for the demo's cameras takes too long");
      }
      LOG.info("the search found {} cameras", found.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      search.close();
    }
    return found;
  }

  private void register(Map<String, URI> found) {
    for (SimDevice device : devices()) {
      URI service = found.getOrDefault(device.uri().getAuthority(), device.uri());
      DemoCamera camera =
          DemoCamera.ALL.stream()
              .filter(each -> each.id().value().equals(device.name()))
              .findFirst()
              .orElseThrow();
      DeviceAddress address = new DeviceAddress(service, SimFleet.LOGIN, false);
      CameraRegistration registration = server.devices().registration();
      if (server.cameras().find(camera.id()).isPresent()) {
        registration.refresh(camera.id(), address); // the camera of an earlier demo
      } else {
        registration.register(
            new CameraRegistration.Request(
                address, camera.id(), camera.name(), null, null, true, null, camera.placement()));
      }
    }
  }

  private void registerByRtsp(List<String> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      CameraId id = new CameraId("camera-" + (i + 1));
      StreamSource source = StreamSource.parse(addresses.get(i), Transport.TCP);
      Instant now = Instant.now();
      // an address as a name, without user and password
      String name = source.uri().toString();
      Optional<Camera> old = server.cameras().find(id);
      if (old.isPresent()) {
        Camera known = old.get();
        server
            .cameras()
            .change(
                new Camera(
                    id, name, source, null, true, null, known.createdAt(), now, known.version()));
      } else {
        server.cameras().create(new Camera(id, name, source, null, true, null, now, now, 1));
      }
    }
  }

  public URI address() {
    return server.address();
  }

  /** The password of {@link #ACCOUNT}: another one at each start. */
  public String password() {
    return password;
  }

  private List<SimDevice> devices() {
    return cameras.stream().flatMap(fleet -> fleet.devices().stream()).toList();
  }

  /** How many cameras are simulated. */
  public int simulated() {
    return devices().size();
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      cameras.forEach(SimFleet::close);
    }
  }
}
