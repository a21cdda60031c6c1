package kg.sakchy.server.device;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.camera.RegisteredCameras;
import kg.sakchy.onvif.discovery.NetworkDiscovery;
import kg.sakchy.onvif.discovery.SessionKnock;
import kg.sakchy.onvif.event.CameraEventService;
import kg.sakchy.onvif.event.EventJournal;
import kg.sakchy.onvif.health.HealthMonitor;
import kg.sakchy.onvif.metadata.MetadataStreams;
import kg.sakchy.onvif.notify.NotificationServer;
import kg.sakchy.onvif.probe.OnvifDeviceProbe;
import kg.sakchy.onvif.ptz.Lens;
import kg.sakchy.onvif.ptz.OnvifPtzControl;
import kg.sakchy.onvif.recording.OnvifEdgeRecordings;
import kg.sakchy.onvif.registration.AddressFollower;
import kg.sakchy.onvif.registration.ProbingCameraRegistration;
import kg.sakchy.onvif.registration.TableImports;
import kg.sakchy.onvif.security.CertificatePins;
import kg.sakchy.onvif.soap.DeviceSessions;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.web.WebPorts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ONVIF side of the server: one set of sessions, and on it discovery, registration, steering,
 * events and health.
 *
 * <p>Threads: started and closed by one thread; the parts it hands out are safe for many.
 */
public final class DeviceSide implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceSide.class);

  /** Between two tries to begin while the database is away. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** A lens that sees half of everything projects no flat picture. */
  private static final double FLATTEST_DEGREES = 180;

  private final DeviceConfig config;

  /** What to close, the last started first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final DeviceDiscovery discovery;
  private final DeviceProbe probe;
  private final CameraRegistration registration;
  private final CameraImports imports;
  private final PtzControl ptz;
  private final EdgeRecordings edge;
  private final CameraEventService events;
  private final MetadataStreams metadata;
  private final HealthMonitor health;
  private final AddressFollower follower;
  private final CountDownLatch closing = new CountDownLatch(1);

  private DeviceSide(
      DeviceConfig config,
      Catalogue catalogue,
      LiveStreams streams,
      Path dataDir,
      VmsClock clock,
      MeterRegistry meters) {
    this.config = config;
    DeviceMetrics metrics = new DeviceMetrics(meters);
    CertificatePins pins = new CertificatePins(new PinFile(dataDir.resolve("certificates.txt")));
    DeviceSessions sessions = opened(new DeviceSessions(clock, pins));
    RegisteredCameras cameras = new RegisteredCameras(catalogue.registry(), sessions);
    discovery = new NetworkDiscovery(new SessionKnock(sessions), clock);
    probe = new OnvifDeviceProbe(sessions, clock);
    ProbingCameraRegistration registering =
        new ProbingCameraRegistration(catalogue.cameras(), catalogue.registry(), probe, clock);
    registration = registering;
    imports =
        opened(
            TableImports.open(
                catalogue.cameras(), catalogue.registry(), probe, catalogue.imports(), clock));
    ptz =
        new OnvifPtzControl(
            cameras, catalogue.registry(), device -> lens(catalogue.registry(), device), clock);
    edge = new OnvifEdgeRecordings(cameras);
    EventJournal journal = opened(new EventJournal(catalogue.events()));
    NotificationServer receiver = receiver(config, metrics);
    events =
        opened(new CameraEventService(catalogue.registry(), cameras, journal, receiver, clock));
    metadata =
        opened(
            new MetadataStreams(
                streams, camera -> clockOffset(cameras, camera), events::hears, journal, clock));
    metrics.events(journal, events, metadata);
    health =
        opened(
            new HealthMonitor(
                catalogue.registry(),
                cameras,
                catalogue.events(),
                journal,
                camera -> isStreaming(streams, camera),
                clock));
    follower = new AddressFollower(registering, clock);
  }

  private @Nullable NotificationServer receiver(DeviceConfig config, DeviceMetrics metrics) {
    if (!config.events() || !config.notifications().listens()) {
      return null;
    }
    NotificationServer receiver = opened(NotificationServer.listen(config.notifications()));
    metrics.notifications(receiver);
    LOG.info("cameras without pull points may notify at port {}", receiver.port());
    return receiver;
  }

  private static Duration clockOffset(RegisteredCameras cameras, CameraId camera) {
    return cameras
        .find(camera)
        .flatMap(known -> known.session().cameraClock().offset())
        .orElse(Duration.ZERO);
  }

  /** Another program may hold the port of discovery; then moved cameras are found by searching. */
  private void listen() {
    try {
      opened(discovery.listen(follower));
    } catch (VmsException e) {
      LOG.atWarn().log("cameras that announce themselves are not heard: {}", e.toLogLine());
    }
  }

  /** Begins to hear the cameras, as soon as the database tells which there are. */
  private void hear() {
    boolean closed = false;
    while (!closed) {
      try {
        events.start();
        return;
      } catch (VmsException e) {
        LOG.debug("cameras are not heard yet: {}", e.toLogLine());
      }
      try {
        closed = closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Puts the parts together and opens the port for notifications; nothing is asked of a camera yet.
   *
   * @param streams tell whether a camera's recorded stream delivers pictures, and carry metadata
   * @param dataDir where certificates are remembered
   * @throws VmsException FAILED_PRECONDITION if the port for notifications is taken
   */
  public static DeviceSide open(
      DeviceConfig config,
      Catalogue catalogue,
      LiveStreams streams,
      Path dataDir,
      VmsClock clock,
      MeterRegistry meters) {
    return new DeviceSide(config, catalogue, streams, dataDir, clock, meters);
  }

  /** Begins to look at the cameras and to hear them. */
  public void start() {
    health.start();
    if (config.announcements()) {
      listen();
    }
    if (config.events()) {
      Thread.ofVirtual().name("camera-events").start(this::hear);
      metadata.start();
    }
  }

  private static Optional<Boolean> isStreaming(LiveStreams streams, CameraId camera) {
    return streams
        .find(StreamId.main(camera))
        .map(stream -> stream.status().state() == StreamStatus.State.STREAMING);
  }

  /** The angle of view that was registered with the camera, if one was. */
  private static Lens lens(CameraRegistry registry, CameraDevice device) {
    Double widest =
        registry.placement(device.camera()).map(Placement::viewAngleDegrees).orElse(null);
    return widest == null || widest >= FLATTEST_DEGREES
        ? Lens.ASSUMED
        : new Lens(Lens.ASSUMED.maxZoomFactor(), widest, false, List.of());
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  public DeviceDiscovery discovery() {
    return discovery;
  }

  public DeviceProbe probe() {
    return probe;
  }

  public CameraRegistration registration() {
    return registration;
  }

  public CameraImports imports() {
    return imports;
  }

  public PtzControl ptz() {
    return ptz;
  }

  /** What the web server shows and does with cameras as devices. */
  public WebPorts.Devices ports(Catalogue catalogue) {
    return new WebPorts.Devices(
        discovery,
        probe,
        registration,
        catalogue.registry(),
        imports,
        ptz,
        catalogue.events(),
        health);
  }

  /** What the cameras hold on their own storage. */
  public EdgeRecordings edge() {
    return edge;
  }

  @Override
  public void close() {
    closing.countDown();
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) { // each part gets its chance to close
        LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
