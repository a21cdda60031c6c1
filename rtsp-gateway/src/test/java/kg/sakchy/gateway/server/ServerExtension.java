package kg.sakchy.gateway.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.X509ExtendedKeyManager;
import kg.sakchy.core.FailingAuditLog;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.RtspGateway;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.TestScene;
import kg.sakchy.gateway.server.access.Entrance;
import kg.sakchy.gateway.server.session.ServerLimits;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimFaults;
import kg.sakchy.sim.SimMedia;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Simulated cameras, a gateway that pulls them, and a server for one test. */
final class ServerExtension implements AfterEachCallback, LiveViews {
  static final ServerLimits LIMITS =
      new ServerLimits(
          64,
          32,
          4,
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5));

  /** Somebody who may see everything. */
  static final String VIEWER = SamplePeople.ROOT;

  private static final VmsClock CLOCK = VmsClock.system();

  private final InMemoryCameraDirectory directory = new InMemoryCameraDirectory();
  private final SamplePeople people = new SamplePeople(directory, CLOCK);
  private final MediaTokens tokens = new MediaTokens(new byte[32], CLOCK);
  private final SimServer cameras =
      SimServer.start(SimOptions.DEFAULTS.withReportInterval(Duration.ofMillis(200)));
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final FaultSwitch auditFaults = new FaultSwitch();
  private final AuditLog log = new FailingAuditLog(audit, auditFaults);
  private final LastingActs acts = new LastingActs(log, CLOCK);
  private final RefusedActs refused = new RefusedActs(log, CLOCK);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RtspGateway gateway =
      new RtspGateway(GatewayExtension.PATIENT, VmsClock.system(), registry);
  private final ConcurrentHashMap<StreamId, CountedStream> streams = new ConcurrentHashMap<>();
  private final StoredArchive archive = new StoredArchive();
  private @Nullable RtspServer server;

  RtspServer start() {
    return start(LIMITS, null);
  }

  RtspServer start(ServerLimits limits, @Nullable X509ExtendedKeyManager keys) {
    RtspServer started =
        RtspServer.start(
            new RtspServer.Options(
                "127.0.0.1",
                0,
                keys == null ? null : new RtspServer.Encrypted("127.0.0.1", 0, keys),
                1,
                limits),
            new RtspServer.Ports(
                this,
                archive,
                acts,
                new Entrance(people, new MediaAccess(people.policy(), tokens, CLOCK), refused)),
            VmsClock.system(),
            registry);
    server = started;
    return started;
  }

  /** Who may see what; {@link #VIEWER} may see everything. */
  SamplePeople people() {
    return people;
  }

  /** A token of somebody for the present or the past of a camera, or both. */
  String token(
      String maker, String camera, boolean live, @Nullable TimeRange archive, Duration validity) {
    return tokens.issue(
        new MediaGrant(
            new CameraId(camera),
            live,
            archive,
            Instant.now().plus(validity),
            new AccountId(maker)));
  }

  /** What was recorded of those who were served, and of those who were not. */
  InMemoryAuditLog audit() {
    return audit;
  }

  /** Breaks the audit. */
  FaultSwitch auditFaults() {
    return auditFaults;
  }

  StoredArchive archive() {
    return archive;
  }

  RtspGateway gateway() {
    return gateway;
  }

  /** A camera of {@link TestScene} whose main stream is pulled. */
  SimCamera camera(String id) {
    return camera(id, new TestScene());
  }

  SimCamera camera(String id, SimMedia media) {
    SimCamera camera = cameras.addCamera(id, media, new SimFaults());
    StreamId stream = StreamId.main(new CameraId(id));
    StreamSource source = new StreamSource(cameras.uri(id), null, Transport.TCP);
    streams.put(stream, new CountedStream(gateway.open(stream, source)));
    directory.create(
        new Camera(stream.camera(), id, source, null, false, null, CLOCK.now(), null, 1));
    return camera;
  }

  CountedStream stream(String id) {
    CountedStream stream = streams.get(StreamId.main(new CameraId(id)));
    if (stream == null) {
      throw new AssertionError("no camera " + id);
    }
    return stream;
  }

  /** Address of a stream of the server, {@code cam/main}, for {@link #VIEWER}. */
  String address(String path) {
    return address(VIEWER, path);
  }

  /** Address of a stream of the server for somebody, with name and password. */
  String address(String account, String path) {
    return plainAddress(path).replace("rtsp://", "rtsp://" + account + ":" + account + "@");
  }

  /** Address of a stream of the server without any right. */
  String plainAddress(String path) {
    if (server == null) {
      throw new AssertionError("no server");
    }
    return "rtsp://127.0.0.1:" + server.port() + "/" + path;
  }

  RtspViewer viewer(String path) throws Exception {
    return new RtspViewer(address(path));
  }

  /** Value of a metric, 0 while it does not exist. */
  double metric(String name, String... tags) {
    var meter = registry.find(name).tags(tags).meter();
    return meter == null ? 0 : meter.measure().iterator().next().getValue();
  }

  @Override
  public LiveView open(StreamId id) {
    LiveStream stream = streams.get(id);
    if (stream == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such camera");
    }
    return new LiveView() {
      @Override
      public LiveStream stream() {
        return stream;
      }

      @Override
      public Delivery delivery() {
        return Delivery.ORIGINAL;
      }

      @Override
      public void close() {
        // the stream is pulled as long as the test runs
      }
    };
  }

  @Override
  public LiveView open(StreamId id, PlayableCodecs playable) {
    return open(id);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (server != null) {
      server.close();
    }
    auditFaults.mend();
    acts.close();
    refused.close();
    gateway.close();
    cameras.close();
  }
}
