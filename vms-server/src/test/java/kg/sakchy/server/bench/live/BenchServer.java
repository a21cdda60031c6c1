package kg.sakchy.server.bench.live;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kg.sakchy.core.InMemoryAccountStore;
import kg.sakchy.core.InMemoryApiTokenStore;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCredentialStore;
import kg.sakchy.core.InMemorySessionStore;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.ScriptedAuditEvidence;
import kg.sakchy.core.access.ApiTokenDesk;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.PlainHashing;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.config.WebRtcConfig;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.gateway.RtspGateway;
import kg.sakchy.gateway.view.ViewedStreams;
import kg.sakchy.gateway.webrtc.WebRtcServer;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.web.WebPorts;
import kg.sakchy.web.WebServer;
import org.jspecify.annotations.Nullable;

/**
 * What stands between cameras or an archive and the browser: the gateway that pulls simulated
 * cameras over RTSP, and the web server. Nothing is recorded, and whoever asks may see everything.
 */
final class BenchServer implements AutoCloseable {
  private final List<Runnable> ends = new ArrayList<>();
  private final VmsClock clock = VmsClock.system();
  private final InMemoryCameraDirectory directory = new InMemoryCameraDirectory();
  private final RtspGateway gateway;
  private final @Nullable CurrentCertificate certificate;
  private final WebServer web;

  private BenchServer(Archive archive, @Nullable CurrentCertificate certificate) {
    this.certificate = certificate;
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    gateway = opened(new RtspGateway(GatewayConfig.DEFAULTS, clock, metrics), RtspGateway::close);
    AuditLog log = new InMemoryAuditLog();
    WebPorts.Audit audit =
        new WebPorts.Audit(
            log,
            new ScriptedAuditEvidence(),
            opened(new LastingActs(log, clock), LastingActs::close),
            opened(new RefusedActs(log, clock), RefusedActs::close));
    SamplePeople people = new SamplePeople(directory, clock);
    WebPorts ports =
        new WebPorts(
            new WebPorts.Video(
                directory,
                gateway,
                stream -> Optional.empty(),
                archive,
                (format, sample, width) -> new byte[0]),
            null,
            new WebPorts.Live(
                new ViewedStreams(directory, gateway),
                ArchiveTranscoder.NONE,
                new MediaTokens(new byte[32], clock),
                opened(
                    WebRtcServer.open(new WebRtcConfig("127.0.0.1", 0, 64, 64), clock, metrics),
                    WebRtcServer::close)),
            new WebPorts.Access(
                (shown, address) ->
                    Caller.of(new AccountId(SamplePeople.ROOT), "Viewer", "from " + address),
                people.policy(),
                people.access().organisation(),
                people.access().roles(),
                people.access().approvals()),
            nobody(clock),
            new WebPorts.Server(metrics, clock, List::of, audit));
    web =
        opened(
            WebServer.start(HttpConfig.at("127.0.0.1", 0), certificate, ports), WebServer::close);
  }

  /** Nobody signs in here. */
  private static WebPorts.People nobody(VmsClock clock) {
    InMemoryAccountStore accounts = new InMemoryAccountStore();
    InMemoryCredentialStore credentials = new InMemoryCredentialStore(accounts);
    InMemoryApiTokenStore tokens = new InMemoryApiTokenStore(accounts);
    Sessions sessions = new Sessions(new InMemorySessionStore(), clock);
    Passwords passwords = new Passwords(accounts, credentials, new PlainHashing(), clock);
    return new WebPorts.People(
        new SignIn(accounts, credentials, passwords, sessions, clock),
        accounts,
        new AccountDesk(accounts, credentials, passwords, sessions, clock),
        tokens,
        new ApiTokenDesk(tokens, clock),
        null);
  }

  /**
   * Cameras {@code cam1} to {@code camN} that send stamped pictures; nothing is recorded.
   *
   * @param encrypted whether the browser talks to it over TLS, and so by HTTP/2
   */
  static BenchServer live(int cameras, boolean encrypted) throws IOException {
    BenchServer server =
        new BenchServer(new NoArchive(), encrypted ? SampleCertificate.current("127.0.0.1") : null);
    StampedMedia media = server.opened(StampedMedia.start(), StampedMedia::close);
    SimServer sim = server.opened(SimServer.start(SimOptions.DEFAULTS), SimServer::close);
    for (int i = 1; i <= cameras; i++) {
      CameraId id = new CameraId("cam" + i);
      sim.addCamera(id.value(), media);
      StreamSource source = StreamSource.parse(sim.uri(id.value()).toString(), Transport.TCP);
      server.register(id, source);
      server.gateway.open(StreamId.main(id), source);
    }
    return server;
  }

  /** One camera that sends nothing, and its recordings. */
  static BenchServer over(Archive archive, CameraId camera) {
    BenchServer server = new BenchServer(archive, null);
    server.register(camera, StreamSource.parse("rtsp://127.0.0.1:9/", Transport.TCP));
    return server;
  }

  private void register(CameraId id, StreamSource source) {
    directory.create(new Camera(id, id.value(), source, null, false, null, clock.now(), null, 1));
  }

  /** Remembers how a part ends. */
  private <T> T opened(T part, Consumer<T> end) {
    ends.add(() -> end.accept(part));
    return part;
  }

  /** The page with the players. */
  String address() {
    return (certificate == null ? "http" : "https") + "://127.0.0.1:" + web.port() + "/";
  }

  @Override
  public void close() {
    ends.reversed().forEach(Runnable::run);
  }

  private static final class NoArchive implements Archive {
    @Override
    public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public InputStream open(Segment segment, long offset, long length) {
      return InputStream.nullInputStream();
    }

    @Override
    public Timeline timeline(StreamId stream, TimeRange range) {
      return new Timeline(List.of(), List.of());
    }
  }
}
