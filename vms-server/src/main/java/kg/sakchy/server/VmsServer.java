package kg.sakchy.server;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.LapsedApprovals;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.config.ListenAddress;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.core.tls.KeyedCertificate;
import kg.sakchy.ffmpeg.Ffmpeg;
import kg.sakchy.ffmpeg.FfmpegKeyFramePictures;
import kg.sakchy.gateway.RtspGateway;
import kg.sakchy.gateway.server.RtspServer;
import kg.sakchy.recorder.Recorder;
import kg.sakchy.server.device.DeviceSide;
import kg.sakchy.server.entry.EntrySide;
import kg.sakchy.server.live.LiveSide;
import kg.sakchy.server.tls.TlsSide;
import kg.sakchy.storage.ObjectStores;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.web.ReadinessChecks;
import kg.sakchy.web.WebPorts;
import kg.sakchy.web.WebServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: every part, started in the order of need and stopped in reverse.
 *
 * <p>A store or a database that is away does not stop the start: recording begins into the spool.
 * What does stop it, in one sentence: a data directory that cannot be written or is in use, a busy
 * port, a configuration that makes no sense.
 *
 * <p>Threads: start and close by one thread; the parts it hands out are safe for many.
 */
public final class VmsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VmsServer.class);

  /** An embedded database that exists is ready within this; recording does not wait longer. */
  private static final Duration DATABASE_START = Duration.ofSeconds(2);

  /** How long the start waits for the database before it says that it goes on without it. */
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(15);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(5);

  /** What to close, the last started first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ObjectStore store;
  private final Catalogue catalogue;
  private final RtspGateway gateway;
  private final DeviceSide devices;
  private final Optional<TlsSide> tls;
  private final LiveSide live;
  private final EntrySide entry;
  private final Recorder recorder;
  private final HttpConfig http;
  private final WebServer web;
  private final Optional<RtspServer> rtsp;

  private VmsServer(VmsConfig config, VmsClock clock) {
    try {
      http = config.http();
      Ffmpeg.init();
      DataDirectory data = opened(DataDirectory.open(Path.of(config.dataDir())));
      bindProcessMetrics();
      tls =
          TlsSide.open(config.tls(), http.hostNames(), data.path(), clock, metrics)
              .map(this::opened);
      CurrentCertificate certificate = tls.map(TlsSide::certificate).orElse(null);
      catalogue =
          opened(
              Catalogue.open(
                  config.database(), data.path(), config.devices().eventRetentionDays(), metrics));
      AuditEvidence evidence = catalogue.keepAudit(config.audit().retentionDays());
      LastingActs acts = opened(new LastingActs(catalogue.audit(), clock));
      RefusedActs refused = opened(new RefusedActs(catalogue.audit(), clock));
      opened(
          new LapsedApprovals(catalogue.approvals(), catalogue.audit(), clock, VmsServer::alarm));
      store = opened(ObjectStores.open(config.objectStore(), data.path()));
      gateway = opened(new RtspGateway(config.gateway(), clock, metrics));
      devices =
          opened(
              DeviceSide.open(config.devices(), catalogue, gateway, data.path(), clock, metrics));
      live =
          opened(LiveSide.open(config, catalogue.cameras(), gateway, data.path(), clock, metrics));
      entry = opened(new EntrySide(catalogue, config.oidc(), clock));
      recorder =
          opened(
              new Recorder(
                  config.recording(),
                  data.directory("spool"),
                  clock,
                  gateway,
                  catalogue.cameras(),
                  catalogue.recordings(),
                  catalogue.gaps(),
                  store,
                  metrics));
      FfmpegKeyFramePictures pictures = opened(new FfmpegKeyFramePictures());
      ReadinessChecks readiness = opened(readiness(clock));
      AccessPolicy policy = catalogue.policy();
      web =
          opened(
              WebServer.start(
                  http,
                  certificate,
                  new WebPorts(
                      new WebPorts.Video(
                          catalogue.cameras(), gateway, recorder, recorder, pictures),
                      devices.ports(catalogue),
                      live.ports(),
                      new WebPorts.Access(
                          entry.authentication(),
                          policy,
                          catalogue.organisation(),
                          catalogue.roles(),
                          catalogue.approvals()),
                      entry.ports(),
                      new WebPorts.Server(
                          metrics,
                          clock,
                          readiness,
                          new WebPorts.Audit(
                              catalogue.audit(),
                              evidence,
                              acts,
                              refused))))); // before the rest runs: a busy port ends the start at
      // once
      rtsp =
          live.serveRtsp(
                  config.rtsp(),
                  certificate,
                  recorder,
                  acts,
                  live.entrance(entry.authentication(), policy, refused, clock))
              .map(this::opened);
      boolean ready = catalogue.awaitReady(DATABASE_START);
      if (config.devices().edgeFill()) {
        recorder.fillGapsFrom(devices.edge(), gateway.replay());
      }
      recorder.start(); // with or without the database
      devices.start();
      if (!ready && !catalogue.awaitReady(DATABASE_PATIENCE)) {
        LOG.warn("the database is away; recording goes on into the spool until it comes back");
      }
      new Rehearsal(recorder, catalogue.cameras(), clock).start();
    } catch (RuntimeException e) {
      close(); // what was opened so far
      throw e;
    }
  }

  private static void alarm(Approval overdue) {
    LOG.atWarn()
        .addKeyValue("approval", overdue.number())
        .addKeyValue("camera", overdue.request().act().camera())
        .addKeyValue("requester", overdue.request().requester())
        .log("what was done without approval was not reviewed in time");
  }

  private ReadinessChecks readiness(VmsClock clock) {
    Map<String, ReadinessChecks.Check> checks = new LinkedHashMap<>();
    checks.put("database", said("the database answers", catalogue::check));
    checks.put("object store", said("the object store takes segments", store::check));
    checks.put("recorder", this::checkRecorder);
    return ReadinessChecks.start(checks, CHECK_INTERVAL, CHECK_PATIENCE, clock);
  }

  private static ReadinessChecks.Check said(String words, Runnable check) {
    return () -> {
      check.run();
      return words;
    };
  }

  private String checkRecorder() {
    List<String> problems = recorder.problems();
    if (problems.isEmpty()) {
      return "the recorder works";
    }
    throw new VmsException(ErrorKind.UNAVAILABLE, String.join("; ", problems));
  }

  /** Starts a server. */
  public static VmsServer start(VmsConfig config, VmsClock clock) {
    long began = clock.nanoTime();
    VmsServer server = new VmsServer(config, clock);
    LOG.info(
        "server ready at {} after {} ms", server.address(), (clock.nanoTime() - began) / 1_000_000);
    return server;
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private void bindProcessMetrics() {
    new JvmMemoryMetrics().bindTo(metrics);
    JvmGcMetrics gc = opened(new JvmGcMetrics());
    gc.bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
  }

  /** Where to point a browser. */
  public URI address() {
    InetAddress host = ListenAddress.first("http.host", http.host());
    String reached =
        host.isAnyLocalAddress() || host.isLoopbackAddress() ? "127.0.0.1" : http.host();
    return URI.create(
        (tls.isPresent() ? "https://" : "http://") + reached + ":" + web.port() + "/");
  }

  /** What it shows over TLS, if it does. */
  public Optional<KeyedCertificate> certificate() {
    return tls.map(side -> side.certificate().get());
  }

  /** Where cameras are served over RTSP: the address of all of them, if it listens. */
  public Optional<URI> rtspAddress() {
    return rtsp.map(server -> URI.create("rtsp://127.0.0.1:" + server.port() + "/"));
  }

  /** The same over TLS, if it has a certificate. */
  public Optional<URI> rtspsAddress() {
    return tls.flatMap(side -> rtsp)
        .map(server -> URI.create("rtsps://127.0.0.1:" + server.tlsPort() + "/"));
  }

  public CameraDirectory cameras() {
    return catalogue.cameras();
  }

  public DeviceSide devices() {
    return devices;
  }

  /** Who comes in. */
  public EntrySide entry() {
    return entry;
  }

  public LiveStreams streams() {
    return gateway;
  }

  public Archive archive() {
    return recorder;
  }

  public RecordingIndex recordings() {
    return catalogue.recordings();
  }

  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /**
   * Stops taking requests, seals what is being recorded, says goodbye to the cameras, closes the
   * rest. Idempotent.
   */
  @Override
  public void close() {
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
