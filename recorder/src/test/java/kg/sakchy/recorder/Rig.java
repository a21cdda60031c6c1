package kg.sakchy.recorder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import kg.sakchy.core.FailingCameraDirectory;
import kg.sakchy.core.FailingGapLedger;
import kg.sakchy.core.FailingObjectStore;
import kg.sakchy.core.FailingRecordingIndex;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryGapLedger;
import kg.sakchy.core.InMemoryObjectStore;
import kg.sakchy.core.InMemoryRecordingIndex;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.recorder.edge.EdgePorts;
import kg.sakchy.recorder.edge.FillPolicy;
import kg.sakchy.recorder.upload.Backoff;

/** A recorder with everything around it in memory, and switches to break it. */
final class Rig implements AutoCloseable {
  static final RecordingConfig CONFIG =
      new RecordingConfig(Duration.ofSeconds(10), Duration.ofMillis(500), 64, 0, 2, 16, 30, 90);

  /** The usual waits, but no rate. */
  static final FillPolicy EAGER =
      new FillPolicy(
          FillPolicy.DEFAULTS.settle(),
          FillPolicy.DEFAULTS.mostAtOnce(),
          1L << 40,
          FillPolicy.DEFAULTS.askAgain(),
          FillPolicy.DEFAULTS.mostAsked(),
          FillPolicy.DEFAULTS.retry(),
          FillPolicy.DEFAULTS.longestRetry(),
          FillPolicy.DEFAULTS.refused(),
          FillPolicy.DEFAULTS.unsupported());

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final FakeClock clock;
  final FaultSwitch storeFaults = new FaultSwitch();
  final FaultSwitch databaseFaults = new FaultSwitch();
  final InMemoryCameraDirectory cameras;
  final InMemoryRecordingIndex index;
  final InMemoryGapLedger ledger;
  final InMemoryObjectStore store;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final ScriptedStreams live;
  final Path spool;
  final Recorder recorder;

  Rig(Path spool, RecordingConfig config) {
    this(
        spool,
        config,
        new FakeClock(Instant.parse("2026-05-01T10:00:00Z")),
        new InMemoryCameraDirectory(),
        new InMemoryRecordingIndex(),
        new InMemoryGapLedger(),
        new InMemoryObjectStore());
  }

  private Rig(
      Path spool,
      RecordingConfig config,
      FakeClock clock,
      InMemoryCameraDirectory cameras,
      InMemoryRecordingIndex index,
      InMemoryGapLedger ledger,
      InMemoryObjectStore store) {
    this.spool = spool;
    this.clock = clock;
    this.cameras = cameras;
    this.index = index;
    this.ledger = ledger;
    this.store = store;
    this.live = new ScriptedStreams(clock);
    this.recorder =
        new Recorder(
            config,
            spool,
            clock,
            new RecorderPorts(
                live,
                new FailingCameraDirectory(cameras, databaseFaults),
                new FailingRecordingIndex(index, databaseFaults),
                new FailingGapLedger(ledger, databaseFaults),
                new FailingObjectStore(store, storeFaults)),
            registry,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));
  }

  /** Started, with the usual settings. */
  static Rig started(Path spool) {
    Rig rig = new Rig(spool, CONFIG);
    rig.recorder.start();
    return rig;
  }

  /** Started, and filling gaps from the camera's card. */
  static Rig filling(Path spool, CardCamera card) {
    Rig rig = new Rig(spool, CONFIG);
    return rig.fill(card);
  }

  /** The same on another spool directory, with the clock, database and store of this one. */
  Rig nextFilling(Path otherSpool, CardCamera card) {
    return new Rig(otherSpool, CONFIG, clock, cameras, index, ledger, store).fill(card);
  }

  private Rig fill(CardCamera card) {
    recorder.fillGapsFrom(new EdgePorts(card, card), EAGER, Duration.ofMillis(10));
    recorder.start();
    return this;
  }

  /** A recorder on another spool directory, with the same clock, database and store. */
  Rig next(Path otherSpool) {
    Rig rig = new Rig(otherSpool, CONFIG, clock, cameras, index, ledger, store);
    rig.recorder.start();
    return rig;
  }

  /** What is on disk at this moment, as a kill would leave it. */
  Path copyOfSpool(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(spool)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(spool.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }

  /** Registers a camera that is recorded; returns when the recorder listens to it. */
  ScriptedStream register(String id) {
    cameras.create(
        new Camera(
            new CameraId(id),
            id,
            StreamSource.parse("rtsp://camera.example/" + id, Transport.TCP),
            null,
            true,
            null,
            clock.now(),
            clock.now(),
            1));
    return stream(id);
  }

  /** The stream of a registered camera, as soon as the recorder listens to it. */
  ScriptedStream stream(String id) {
    StreamId stream = StreamId.main(new CameraId(id));
    await(
        "the recorder listens to " + id,
        () -> {
          ScriptedStream open = live.streams.get(stream);
          return open != null && open.listeners() == 1;
        });
    return Objects.requireNonNull(live.streams.get(stream));
  }

  /** Waits until all parts handed in are written. */
  void settle() {
    await("all parts are written", () -> gauge("sakchy.recorder.tasks") == 0);
  }

  /** Waits until all sealed segments are stored and indexed. */
  void uploaded() {
    settle();
    await("no sealed segment is left in the spool", () -> files(".mp4").isEmpty());
  }

  double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  double count(String name) {
    return registry.get(name).counter().count();
  }

  /** Files in the spool whose name ends so. */
  List<Path> files(String ending) {
    try (Stream<Path> files = Files.walk(spool)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(spool); // something moved while we looked: look again
    }
  }

  /** Indexed segments, by start. */
  List<Segment> stored() {
    return index.all();
  }

  /** Gaps in the ledger, when all are there. */
  List<Gap> gaps() {
    await("all gaps are in the ledger", () -> gauge("sakchy.recorder.gaps.pending") == 0);
    return ledger.all();
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    recorder.close();
  }
}
