package kg.sakchy.server.demo;

import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.ffmpeg.SceneOptions;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.ClipOptions;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimMedia;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.sim.onvif.OnvifProfile;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimIdentity;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimPlacement;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.sim.onvif.discovery.DiscoveryResponder;
import kg.sakchy.sim.onvif.event.SimScript;
import org.jspecify.annotations.Nullable;

/**
 * Simulated cameras with both sides, RTSP and ONVIF, and a life of their own: domes that turn,
 * motion now and then, one that fails.
 *
 * <p>Threads: started and filled by one thread; closed by any.
 */
public final class SimFleet implements AutoCloseable {
  /** Whom the cameras let in. */
  public static final Credentials LOGIN = new Credentials("operator", "sim-camera");

  private static final Duration CARD = Duration.ofMinutes(3);
  private static final Duration FAILS_EVERY = Duration.ofMinutes(2);
  private static final Duration FAILS_FOR = Duration.ofSeconds(20);

  private final SimServer rtsp;
  private final OnvifSim onvif;
  private final VmsClock clock;
  private final ScheduledExecutorService life =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sim-life").daemon().factory());
  private final List<SimDevice> devices = new ArrayList<>();
  private @Nullable DiscoveryResponder responder;

  private SimFleet(SimServer rtsp, OnvifSim onvif, VmsClock clock) {
    this.rtsp = rtsp;
    this.onvif = onvif;
    this.clock = clock;
  }

  /**
   * Starts without cameras.
   *
   * @param host address of both sides
   * @param rtspPort TCP port of the streams; 0 takes a free one
   * @param onvifPort TCP port of the devices that share one; 0 takes a free one
   */
  public static SimFleet start(VmsClock clock, String host, int rtspPort, int onvifPort) {
    SimServer rtsp = SimServer.start(SimOptions.DEFAULTS.withHost(host).withPort(rtspPort));
    try {
      OnvifSimOptions options =
          OnvifSimOptions.DEFAULTS.withHost(host).withPort(onvifPort).withClock(clock);
      return new SimFleet(rtsp, OnvifSim.start(options), clock);
    } catch (RuntimeException e) {
      rtsp.close();
      throw e;
    }
  }

  /** A dome whose picture really moves. */
  public SimDevice dome(String name, String title, SimPlacement place) {
    DomeView view = new DomeView();
    SceneMedia scene = new SceneMedia(SceneOptions.live(title), clock, view);
    SimDevice device = add(profile(name, scene).withPtz(PtzSpec.DOME_28X), place);
    view.follow(device.ptz());
    return device;
  }

  /** A fixed camera with a drawn scene, a running clock and sound. */
  public SimDevice fixed(String name, String title, SimPlacement place) {
    return add(profile(name, new SceneMedia(SceneOptions.live(title), clock)), place);
  }

  /** A camera that repeats a clip. */
  public SimDevice clip(String name, ClipMedia media, ClipOptions options, SimPlacement place) {
    return add(profile(name, media.options(options)), place);
  }

  private SimDeviceProfile profile(String name, SimMedia media) {
    return SimDeviceProfile.of(name, SimStream.of("main", rtsp.addCamera(name, media)))
        .withIdentity(SimIdentity.of(name))
        .withProfiles(OnvifProfile.S, OnvifProfile.T, OnvifProfile.G)
        .withLogin(SimLogin.of(LOGIN.user(), LOGIN.password()));
  }

  private SimDevice add(SimDeviceProfile profile, SimPlacement place) {
    SimDevice device = onvif.addDevice(profile, place);
    devices.add(device);
    return device;
  }

  /** Something moves in front of the camera from time to time. */
  public void motion(SimDevice device, Duration pause, Duration length) {
    device.events().play(SimScript.motion(pause, length));
  }

  /** The camera records on a card of its own, the last few minutes. */
  public void card(SimDevice device) {
    for (SimStream stream : device.profile().streams()) {
      SimCamera camera = stream.camera();
      if (camera != null) {
        camera.recordOnEdge(CARD);
      }
    }
  }

  /**
   * All devices make themselves known on a network, by WS-Discovery.
   *
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE if the interface cannot do multicast
   */
  public void announce(NetworkInterface network) {
    DiscoveryResponder started = DiscoveryResponder.start(network);
    responder = started;
    devices.forEach(started::add);
  }

  /** The camera's network fails now and then. */
  public void unreliable(SimDevice device) {
    long every = FAILS_EVERY.toMillis();
    life.scheduleAtFixedRate(device::cutNetwork, every, every, TimeUnit.MILLISECONDS);
    life.scheduleAtFixedRate(
        device::restoreNetwork, every + FAILS_FOR.toMillis(), every, TimeUnit.MILLISECONDS);
  }

  public List<SimDevice> devices() {
    return List.copyOf(devices);
  }

  /** RTSP address of a camera. */
  public URI stream(String name) {
    return rtsp.uri(name);
  }

  @Override
  public void close() {
    life.shutdownNow();
    if (responder != null) {
      responder.close();
    }
    onvif.close();
    rtsp.close();
  }
}
