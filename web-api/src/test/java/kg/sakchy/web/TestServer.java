package kg.sakchy.web;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.FailingAuditLog;
import kg.sakchy.core.FailingCameraDirectory;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.ScriptedAuditEvidence;
import kg.sakchy.core.ScriptedDeviceProbe;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.limit.TokenBucket;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.provider.IdentityProvider;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.web.http.ConnectionLimits;
import kg.sakchy.web.http.HttpLimits;
import org.jspecify.annotations.Nullable;

/** The real server on a free port, over ports from memory, with a real client. */
final class TestServer implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  static final CameraId GATE = new CameraId("gate");
  static final StreamId GATE_MAIN = StreamId.main(GATE);

  /** Whom everybody is taken for who shows nothing; may do everything. */
  static final Caller OPERATOR = Caller.of(new AccountId(SamplePeople.ROOT), "Operator", "test");

  /** The clock stands still, so that nobody who has asked too often would ever be heard again. */
  private static final HttpLimits PATIENT =
      HttpLimits.DEFAULTS.with(
          new ConnectionLimits(
              1_000,
              1_000,
              1_000,
              ConnectionLimits.DEFAULTS.quiet(),
              new TokenBucket.Rate(1, 1_000_000),
              new TokenBucket.Rate(1, 1_000_000)));

  private static final HttpConfig ANY_PORT = HttpConfig.at("127.0.0.1", 0);

  final FakeClock clock;
  final SamplePeople people;
  final TestAccounts accounts;
  final FaultSwitch directoryFaults = new FaultSwitch();
  final InMemoryCameraDirectory directory = new InMemoryCameraDirectory();
  final ScriptedStreams streams = new ScriptedStreams();
  final InMemoryArchive archive;
  final InMemoryCameraRegistry registry = new InMemoryCameraRegistry(directory);
  final ScriptedDeviceProbe probe = new ScriptedDeviceProbe();
  final ScriptedRegistration registration = new ScriptedRegistration(probe, directory, registry);
  final ScriptedDiscovery discovery = new ScriptedDiscovery();
  final ScriptedImports imports = new ScriptedImports();
  final ScriptedPtz ptz = new ScriptedPtz();
  final ScriptedWebRtc webRtc = new ScriptedWebRtc();
  final InMemoryEventLog events = new InMemoryEventLog();
  final Map<CameraId, DeviceHealth> health = new ConcurrentHashMap<>();
  final InMemoryAuditLog audit = new InMemoryAuditLog();
  final FaultSwitch auditFaults = new FaultSwitch();
  final MediaTokens tokens;
  final ScriptedViews views = new ScriptedViews();
  volatile ArchiveTranscoder transcoder = ArchiveTranscoder.NONE;
  final EchoPictures pictures = new EchoPictures();
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  volatile List<Readiness.Component> components =
      List.of(new Readiness.Component("database", true, "answers"));
  private final WebServer server;
  private final String root;
  private final HttpClient client;

  private TestServer(HttpConfig config, HttpLimits limits, boolean withDevices) {
    this(config, null, limits, withDevices, new InMemoryArchive(), new FakeClock(NOW), false);
  }

  private TestServer(
      HttpConfig config,
      @Nullable CurrentCertificate certificate,
      HttpLimits limits,
      boolean withDevices,
      InMemoryArchive archive,
      FakeClock clock,
      boolean strict) {
    this(
        config,
        certificate,
        limits,
        withDevices,
        archive,
        clock,
        strict,
        withDevices ? new ScriptedIdentityProvider() : null);
  }

  private TestServer(
      HttpConfig config,
      @Nullable CurrentCertificate certificate,
      HttpLimits limits,
      boolean withDevices,
      InMemoryArchive archive,
      FakeClock clock,
      boolean strict,
      @Nullable IdentityProvider provider) {
    this.archive = archive;
    this.clock = clock;
    this.people = new SamplePeople(directory, clock);
    accounts = new TestAccounts(people.access(), clock);
    this.tokens = new MediaTokens(new byte[32], clock);
    WebPorts ports =
        new WebPorts(
            new WebPorts.Video(
                new FailingCameraDirectory(directory, directoryFaults),
                streams,
                streams,
                archive,
                pictures),
            withDevices ? devices() : null,
            new WebPorts.Live(views, format -> transcoder.open(format), tokens, webRtc),
            new WebPorts.Access(
                strict ? accounts.authentication() : this::authenticate,
                people.policy(),
                people.access().organisation(),
                people.access().roles(),
                people.access().approvals()),
            accounts.ports(provider, audit),
            new WebPorts.Server(metrics, clock, () -> components, audit()));
    server = WebServer.start(config, certificate, ports, limits);
    root = (certificate == null ? "http" : "https") + "://127.0.0.1:" + server.port();
    client = client(certificate != null);
  }

  private static HttpClient client(boolean encrypted) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    return encrypted
        ? client
            .version(HttpClient.Version.HTTP_2)
            .sslContext(SampleCertificate.trustingAll())
            .build()
        : client.version(HttpClient.Version.HTTP_1_1).build();
  }

  private Caller authenticate(Authentication.Shown shown, String address) {
    return switch (shown) {
      case Authentication.Nothing nothing -> OPERATOR;
      case Authentication.SessionSecret session ->
          accounts.authentication().authenticate(session, address);
      case Authentication.TokenKey token -> people.authenticate(token, address);
      case Authentication.NameAndPassword both -> people.authenticate(both, address);
    };
  }

  private WebPorts.Audit audit() {
    AuditLog log = new FailingAuditLog(audit, auditFaults);
    return new WebPorts.Audit(
        log, new ScriptedAuditEvidence(), new LastingActs(log, clock), new RefusedActs(log, clock));
  }

  private WebPorts.Devices devices() {
    return new WebPorts.Devices(
        discovery,
        probe,
        registration,
        registry,
        imports,
        ptz,
        events,
        camera -> Optional.ofNullable(health.get(camera)));
  }

  static TestServer start() {
    return start(PATIENT);
  }

  static TestServer start(HttpLimits limits) {
    return new TestServer(ANY_PORT, limits, true);
  }

  static TestServer start(HttpConfig config) {
    return new TestServer(config, PATIENT, true);
  }

  /** A server over the archive another one left behind. */
  static TestServer startWith(InMemoryArchive archive, FakeClock clock) {
    return new TestServer(ANY_PORT, null, PATIENT, true, archive, clock, false);
  }

  /** A server that finds out who asks. */
  static TestServer startStrict() {
    return new TestServer(
        ANY_PORT, null, PATIENT, true, new InMemoryArchive(), new FakeClock(NOW), true);
  }

  /** A server over TLS that finds out who asks. */
  static TestServer startEncrypted(CurrentCertificate certificate) {
    return new TestServer(
        ANY_PORT, certificate, PATIENT, true, new InMemoryArchive(), new FakeClock(NOW), true);
  }

  /** A server that finds out who asks, and lets people sign in at a provider. */
  static TestServer startWith(IdentityProvider provider, FakeClock clock) {
    return new TestServer(
        ANY_PORT, null, HttpLimits.DEFAULTS, true, new InMemoryArchive(), clock, true, provider);
  }

  /** A server that knows no devices and no identity provider. */
  static TestServer startWithoutDevices() {
    return new TestServer(ANY_PORT, PATIENT, false);
  }

  /** A picture that tells what it was made of. */
  static final class EchoPictures implements KeyFramePictures {
    volatile byte[] lastSample = new byte[0];

    /** Makes the pictures instead, if there is one. */
    volatile @Nullable KeyFramePictures painter;

    @Override
    public byte[] jpeg(TrackFormat.Video format, byte[] sample, int maxWidth) {
      lastSample = sample;
      KeyFramePictures other = painter;
      if (other != null) {
        return other.jpeg(format, sample, maxWidth);
      }
      return ("JPEG " + format.width() + " " + maxWidth + " " + sample.length)
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  int port() {
    return server.port();
  }

  /** The address of its first page, without the slash. */
  String root() {
    return root;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path));
  }

  HttpResponse<byte[]> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpResponse<byte[]> post(String path, JsonObject body) {
    return send(json(path, "POST", body.encode()));
  }

  HttpRequest.Builder json(String path, String method, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  static JsonObject body(HttpResponse<byte[]> response) {
    return new JsonObject(text(response));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static @Nullable String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  /** Registers the camera {@link #GATE}. */
  void addGate() {
    post(
        "/api/v1/cameras",
        new JsonObject().put("id", "gate").put("url", "rtsp://admin:s3cret@10.0.0.5/stream1"));
  }

  /** Registers {@link #GATE} with the ONVIF side of the first sample device. */
  void addDome() {
    addGate();
    registry.putDevice(SampleDevices.device("gate", 1));
    probe.add(SampleDevices.report(1));
  }

  /** Sends a request whose answer may never end. */
  HttpResponse<InputStream> open(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Opens an event stream. */
  EventReader listen(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new EventReader(open(request));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
    server.close();
  }
}
