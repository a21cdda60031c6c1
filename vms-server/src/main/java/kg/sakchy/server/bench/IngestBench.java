package kg.sakchy.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.ffmpeg.FfmpegProgram;
import kg.sakchy.server.Directories;
import kg.sakchy.server.VmsServer;
import kg.sakchy.server.config.ConfigLoader;

/**
 * Records N cameras with the real server (network, muxing, spool, store, catalogue) and measures
 * the whole process from outside, by what Linux accounts. The sources run in processes of their
 * own, so that they do not count.
 *
 * <p>Threads: confined to the thread that runs it.
 */
public final class IngestBench {
  /**
   * After the start, until the server's own first work (JIT, classes, connection pool) has settled.
   */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Longest wait for the last segments to be indexed. */
  private static final Duration INDEXED = Duration.ofSeconds(60);

  private final IngestOptions options;
  private final VmsClock clock = VmsClock.system();

  public IngestBench(IngestOptions options) {
    this.options = options;
  }

  /** Measures; takes a little more than warm-up and duration, twice with a comparison. */
  public IngestReport run() throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("sakchy-bench");
    try (SourceProcess sources = SourceProcess.start(options)) {
      List<String> addresses =
          IntStream.rangeClosed(1, options.cameras())
              .mapToObj(n -> sources.address().replace("{n}", Integer.toString(n)))
              .toList();
      IngestReport report = measureServer(addresses, dir.resolve("server"));
      return options.versusFfmpeg()
          ? measureFfmpeg(report, addresses, dir.resolve("ffmpeg"))
          : report;
    } finally {
      Directories.deleteTree(dir);
    }
  }

  private IngestReport measureServer(List<String> addresses, Path dataDir)
      throws InterruptedException {
    ProcessHandle self = ProcessHandle.current();
    Instant began = clock.now();
    try (VmsServer server = VmsServer.start(config(dataDir), clock)) {
      Thread.sleep(IDLE);
      ProcessUsage idle = ProcessUsage.of(self);
      List<StreamId> streams = register(server, addresses);
      Thread.sleep(options.warmUp());

      IngestCounts atBegin = IngestCounts.of(server);
      ProcessUsage before = ProcessUsage.of(self);
      ProcessUsage databaseBefore = ProcessUsage.descendants(self);
      long from = clock.nanoTime();
      Thread.sleep(options.duration());
      double seconds = (clock.nanoTime() - from) / 1e9;
      ProcessUsage after = ProcessUsage.of(self);
      ProcessUsage databaseAfter = ProcessUsage.descendants(self);
      IngestCounts counts = IngestCounts.of(server).since(atBegin);

      streams.forEach(stream -> server.cameras().delete(stream.camera())); // seals what is open
      IngestOutcome outcome =
          IngestOutcome.await(server, streams, new TimeRange(began, clock.now()), INDEXED);
      double n = options.cameras();
      double database = databaseAfter.cpuPercentSince(databaseBefore, seconds) / n;
      return new IngestReport(
          options.cameras(),
          seconds,
          after.cpuPercentSince(before, seconds) / n + database,
          database,
          (after.residentBytes() - idle.residentBytes()) / 1048576.0 / n,
          idle.residentBytes() / 1048576.0,
          counts.bitsPerSecond() / 1e6 / n,
          counts,
          outcome,
          Optional.empty());
    }
  }

  private VmsConfig config(Path dataDir) {
    VmsConfig loaded = new ConfigLoader(System.getenv()).load(options.configFile());
    return new VmsConfig(
            dataDir.toString(),
            loaded.tls(),
            loaded.http(),
            loaded.rtsp(),
            loaded.webrtc(),
            loaded.live(),
            loaded.database(),
            loaded.objectStore(),
            new DeviceConfig(false, false, false),
            loaded.gateway(),
            loaded.recording(),
            loaded.audit(),
            loaded.oidc())
        .onFreePorts();
  }

  private List<StreamId> register(VmsServer server, List<String> addresses) {
    List<StreamId> streams = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      StreamId stream =
          StreamId.main(new CameraId("bench-" + clock.now().toEpochMilli() + "-" + i));
      StreamSource source = StreamSource.parse(addresses.get(i), Transport.TCP);
      Instant now = clock.now();
      server
          .cameras()
          .create(new Camera(stream.camera(), "Bench " + i, source, null, true, null, now, now, 1));
      streams.add(stream);
    }
    return streams;
  }

  private IngestReport measureFfmpeg(IngestReport report, List<String> addresses, Path dir)
      throws InterruptedException {
    try (FfmpegBaseline baseline = FfmpegBaseline.start(FfmpegProgram.path(), addresses, dir)) {
      Thread.sleep(options.warmUp());
      ProcessUsage before = baseline.usage();
      long from = clock.nanoTime();
      Thread.sleep(options.duration());
      double seconds = (clock.nanoTime() - from) / 1e9;
      ProcessUsage after = baseline.usage();
      double n = options.cameras();
      return report.versus(
          new IngestReport.Baseline(
              baseline.running(),
              after.cpuPercentSince(before, seconds) / n,
              after.residentBytes() / 1048576.0 / n));
    }
  }
}
