package kg.sakchy.recorder;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.recorder.archive.MergedArchive;
import kg.sakchy.recorder.edge.ArchivePorts;
import kg.sakchy.recorder.edge.EdgeFillStatus;
import kg.sakchy.recorder.edge.EdgeGapFiller;
import kg.sakchy.recorder.edge.EdgePorts;
import kg.sakchy.recorder.edge.FillPolicy;
import kg.sakchy.recorder.gap.GapBook;
import kg.sakchy.recorder.gap.Reconciler;
import kg.sakchy.recorder.ingest.IngestContext;
import kg.sakchy.recorder.ingest.Lanes;
import kg.sakchy.recorder.ingest.MemoryBudget;
import kg.sakchy.recorder.ingest.StreamRecorder;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import kg.sakchy.recorder.retention.KeepRule;
import kg.sakchy.recorder.retention.Retention;
import kg.sakchy.recorder.spool.Spool;
import kg.sakchy.recorder.spool.SpoolGate;
import kg.sakchy.recorder.spool.SpoolRecovery;
import kg.sakchy.recorder.time.RunClock;
import kg.sakchy.recorder.upload.Backoff;
import kg.sakchy.recorder.upload.Uploader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records every camera that should be recorded, and reads the archive.
 *
 * <p>Life: the constructor takes the spool directory, {@link #start} recovers it and begins; {@link
 * #close} seals what is open and gives the directory back. Neither the database nor the object
 * store need be there: what waits for them waits in the spool.
 *
 * <p>Threads: archive, status and problems from any; {@link #start} and {@link #close} once each,
 * from one thread.
 */
public final class Recorder implements Archive, RecordingStatus.Source, AutoCloseable {
  private static final Duration REFRESH = Duration.ofSeconds(20);
  private static final Duration FLUSH = Duration.ofSeconds(5);
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
  private static final Duration RETENTION = Duration.ofMinutes(5);
  private static final Duration EDGE_FILL = Duration.ofSeconds(10);
  private static final Comparator<StreamId> BY_NAME = Comparator.comparing(StreamId::toString);
  private static final long CLOSE_SECONDS = 10;
  private static final long GROW_SECONDS = 5;
  private static final long MIB = 1L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final RecordingConfig config;
  private final VmsClock clock;
  private final SpoolLock lock;
  private final RecorderMetrics metrics;
  private final Spool spool;
  private final SpoolGate gate;
  private final GapBook book;
  private final Lanes lanes;
  private final Uploader uploader;
  private final Retention retention;
  private final Reconciler reconciler;
  private final RecordingSupervisor supervisor;
  private final Archive archive;
  private final List<WorkLoop> loops;
  private final IngestContext ingest;
  private final RecorderPorts ports;
  private Duration wallOffset;
  private @Nullable EdgeGapFiller edge;
  private @Nullable WorkLoop edgeLoop;
  private boolean started;

  /**
   * @param spoolDir directory of this recorder alone; made when missing
   * @throws VmsException FAILED_PRECONDITION when another server uses the directory, UNAVAILABLE
   *     when it cannot be written
   */
  public Recorder(
      RecordingConfig config,
      Path spoolDir,
      VmsClock clock,
      LiveStreams live,
      CameraDirectory cameras,
      RecordingIndex index,
      GapLedger ledger,
      ObjectStore store,
      MeterRegistry registry) {
    this(
        config,
        spoolDir,
        clock,
        new RecorderPorts(live, cameras, index, ledger, store),
        registry,
        Backoff.DEFAULT);
  }

  Recorder(
      RecordingConfig config,
      Path spoolDir,
      VmsClock clock,
      RecorderPorts ports,
      MeterRegistry registry,
      Backoff backoff) {
    this.config = config;
    this.clock = clock;
    this.wallOffset = Duration.between(Instant.EPOCH, clock.now()).minusNanos(clock.nanoTime());
    this.lock = SpoolLock.take(spoolDir);
    this.metrics = new RecorderMetrics(registry);
    this.spool = new Spool(spoolDir);
    this.gate =
        new SpoolGate(
            spool,
            config.spoolLimitMiB(),
            config.spoolReserveMiB(),
            () -> spoolDir.toFile().getUsableSpace(),
            clock);
    WorkLoop flush = new WorkLoop("gap-ledger", Duration.ZERO, FLUSH, this::flushGaps);
    WorkLoop supervise = new WorkLoop("recordings", Duration.ZERO, REFRESH, this::supervise);
    this.book = new GapBook(ports.ledger(), spoolDir.resolve("gaps.journal"), metrics, flush::kick);
    this.lanes = new Lanes(Math.max(2, Runtime.getRuntime().availableProcessors()));
    this.uploader = new Uploader(spool, ports.store(), ports.index(), clock, metrics, backoff);
    this.retention =
        new Retention(
            ports.index(), ports.store(), config.retentionDays(), config.maxUsedPercent(), metrics);
    this.reconciler = new Reconciler(ports.index(), spool, ports.ledger(), book, this::keptSince);
    this.ports = ports;
    MemoryBudget budget = new MemoryBudget(config.memoryLimitMiB() * MIB);
    this.ingest = new IngestContext(config, clock, spool, gate, budget, book, metrics);
    this.supervisor =
        new RecordingSupervisor(
            ports.cameras(),
            ports.live(),
            ingest,
            lanes,
            new StreamHistory(
                spool, ports.index(), ports.ledger(), clock, clock.now(), lock.stoppedCleanly()),
            supervise::kick);
    this.archive = new MergedArchive(spool, ports.index(), ports.store(), ports.ledger(), book);
    this.loops =
        List.of(
            supervise,
            flush,
            new WorkLoop("recorder-housekeeping", HOUSEKEEPING, HOUSEKEEPING, this::housekeep),
            new WorkLoop("retention", RETENTION, RETENTION, this::retain));
    metrics.gauge("memory", "bytes", "media that waits for the spool's disk", budget::usedBytes);
    metrics.gauge("tasks", "tasks", "parts and events that wait to be written", lanes::waiting);
    metrics.gauge("spool", "bytes", "size of all segments in the spool", spool::bytes);
    metrics.gauge(
        "spool.shut", "alarms", "1 while the spool is full", () -> gate.shut().isPresent() ? 1 : 0);
  }

  /**
   * Fills gaps from what the cameras recorded themselves. Call it before {@link #start}, once.
   *
   * @param recordings what the cameras hold
   * @param replay how it is played
   */
  public void fillGapsFrom(EdgeRecordings recordings, EdgeReplay replay) {
    fillGapsFrom(new EdgePorts(recordings, replay), FillPolicy.DEFAULTS, EDGE_FILL);
  }

  void fillGapsFrom(EdgePorts edgePorts, FillPolicy policy, Duration interval) {
    EdgeGapFiller filler =
        new EdgeGapFiller(
            edgePorts,
            new ArchivePorts(ports.index(), ports.ledger()),
            ingest,
            policy,
            () -> supervisor.recordings().keySet().stream().sorted(BY_NAME).toList(),
            this::keptSince,
            spool.root().resolve("edge-fill.journal"));
    edge = filler;
    edgeLoop = new WorkLoop("edge-fill", interval, interval, filler::pass);
  }

  /** How the filling of gaps goes; empty when nobody asked for it. */
  public Optional<EdgeFillStatus> edgeFill() {
    return Optional.ofNullable(edge).map(EdgeGapFiller::status);
  }

  /**
   * Recovers the spool, then begins to record and to upload. Returns as soon as the spool is in
   * order.
   */
  public void start() {
    recover();
    uploader.start(config.uploads());
    loops.forEach(WorkLoop::start);
    if (edgeLoop != null) {
      edgeLoop.start();
    }
    started = true;
  }

  /** What {@link #start} does first. */
  void recover() {
    spool.onSealed(uploader::add);
    int saved = new SpoolRecovery(spool).run();
    metrics.segmentsRecovered.increment(saved);
    LOG.info("the spool holds {} segments, {} of them saved", spool.sealed().size(), saved);
  }

  private boolean supervise(boolean due) {
    if (due || !supervisor.listKnown()) {
      supervisor.refresh();
    }
    supervisor.reconcile();
    return true;
  }

  private boolean flushGaps(boolean due) {
    return book.flush();
  }

  /** Once a minute: open gaps grow, refused seals are tried again, the plan is checked. */
  boolean housekeep(boolean due) {
    spool.retrySeals();
    growGaps();
    if (clockWasSet()) {
      return true; // the streams find out with their next key frames; judge them a minute later
    }
    Instant now = clock.now();
    supervisor
        .recordings()
        .forEach((stream, recording) -> reconciler.check(stream, recording.since(), now));
    return true;
  }

  /** Waits for streams whose disk answers, so that the check below sees what they know. */
  private void growGaps() {
    CompletableFuture<?>[] grown =
        supervisor.recordings().values().stream()
            .map(recording -> recording.recorder().growGap())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(grown).completeOnTimeout(null, GROW_SECONDS, TimeUnit.SECONDS).join();
  }

  private boolean clockWasSet() {
    Duration offset = Duration.between(Instant.EPOCH, clock.now()).minusNanos(clock.nanoTime());
    Duration step = offset.minus(wallOffset);
    wallOffset = offset;
    return step.abs().compareTo(RunClock.STEP) > 0;
  }

  /** Every few minutes: what is too old or too much goes. */
  boolean retain(boolean due) {
    if (supervisor.listKnown()) {
      List<KeepRule> rules = new ArrayList<>();
      supervisor.cameras().forEach(camera -> rules.add(rule(camera)));
      retention.run(rules, clock.now());
    }
    return true;
  }

  private KeepRule rule(Camera camera) {
    Integer days = camera.retentionDays();
    return new KeepRule(StreamId.main(camera.id()), days == null ? config.retentionDays() : days);
  }

  private Instant keptSince(StreamId stream) {
    int days = config.retentionDays();
    for (Camera camera : supervisor.cameras()) {
      days = Math.min(days, rule(camera).days());
    }
    Instant byAge = clock.now().minus(Duration.ofDays(days));
    Instant byRoom = retention.removedUntil();
    return byRoom.isAfter(byAge) ? byRoom : byAge;
  }

  /** What is wrong now with the recorder as a whole, in words; empty when all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    uploader.problem().ifPresent(problems::add);
    gate.shut().ifPresent(problems::add);
    retention.alarm().ifPresent(problems::add);
    if (!supervisor.listKnown()) {
      problems.add("the list of cameras could not be read yet");
    }
    return problems;
  }

  /** Lets the next pass of retention remove as much as it wants, when its fuse has blown. */
  public void allowLargeCleanUp() {
    retention.allowOnce();
  }

  @Override
  public Optional<RecordingStatus> status(StreamId stream) {
    Optional<StreamRecorder> recorder = supervisor.recorder(stream);
    if (recorder.isPresent()) {
      RecordingStatus status = recorder.get().status();
      return Optional.of(
          status.problem() != null
              ? status
              : new RecordingStatus(
                  status.state(),
                  status.lastPartAt(),
                  status.segments(),
                  status.spoolBytes(),
                  uploader.problem().orElse(null)));
    }
    boolean known =
        supervisor.cameras().stream().anyMatch(camera -> StreamId.main(camera.id()).equals(stream));
    return known
        ? Optional.of(
            new RecordingStatus(RecordingStatus.State.OFF, null, 0, spool.bytes(stream), null))
        : Optional.empty();
  }

  @Override
  public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
    return archive.segments(stream, range, limit);
  }

  @Override
  public InputStream open(Segment segment, long offset, long length) {
    return archive.open(segment, offset, length);
  }

  @Override
  public Timeline timeline(StreamId stream, TimeRange range) {
    return archive.timeline(stream, range);
  }

  @Override
  public void close() {
    endFills();
    loops.forEach(WorkLoop::close);
    boolean sealed = ended(supervisor.close());
    lanes.close();
    uploader.close();
    try {
      book.flush();
      // A recorder that never ran leaves the spool as the one before it left it.
      if (sealed && (started || lock.stoppedCleanly())) {
        lock.stopped(clock.now());
      }
    } finally {
      lock.close();
    }
  }

  private void endFills() {
    if (edgeLoop != null) {
      edgeLoop.close();
    }
    if (edge != null) {
      edge.close();
    }
  }

  private static boolean ended(CompletableFuture<Void> recordings) {
    try {
      recordings.orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
      return true;
    } catch (RuntimeException e) { // the disk hangs; the next start recovers
      LOG.atWarn().setCause(e).log("not every segment could be sealed in time");
      return false;
    }
  }
}
