package kg.sakchy.recorder.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.recorder.ingest.IngestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the ledger for gaps that are over, and has them filled from the cameras: a few at a time,
 * one a camera, held to a rate, and none while the store is behind. Level-triggered: every pass
 * looks at what is missing now, so a lost fill, a crash or a restart costs time and nothing else.
 *
 * <p>Threads: {@link #pass} confined to one thread, where it blocks (database); {@link #status}
 * from any; each fill runs on a virtual thread of its own.
 */
public final class EdgeGapFiller implements AutoCloseable {
  /** Streams looked at in one pass; the next pass goes on behind them. */
  static final int STREAMS_A_PASS = 50;

  /** The store is behind when the spool is so full, as a share of its limit. */
  private static final int BEHIND_DIVISOR = 4;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final long MIB = 1L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(EdgeGapFiller.class);

  private final EdgeRecordings recordings;
  private final EdgeReplay replay;
  private final ArchiveGaps archive;
  private final IngestContext context;
  private final FillPolicy policy;
  private final Supplier<List<StreamId>> streams;
  private final Function<StreamId, Instant> keptSince;
  private final FillMemory memory;
  private final Pace pace;
  private final Map<StreamId, Fill> running = new ConcurrentHashMap<>();
  private final Map<StreamId, Instant> quietUntil = new ConcurrentHashMap<>();
  private int next;
  private volatile boolean closed;
  private volatile @Nullable String lastProblem;

  /** A task and its thread. */
  private record Fill(FillTask task, Thread thread) {}

  /**
   * @param ports what the cameras hold, and how it is played
   * @param archive what is missing
   * @param context the recorder's spool, clock, limits and meters
   * @param streams which streams are recorded just now
   * @param keptSince before this, retention may have removed segments of the stream
   * @param journal file that need not exist
   */
  public EdgeGapFiller(
      EdgePorts ports,
      ArchivePorts archive,
      IngestContext context,
      FillPolicy policy,
      Supplier<List<StreamId>> streams,
      Function<StreamId, Instant> keptSince,
      Path journal) {
    this.recordings = ports.recordings();
    this.replay = ports.replay();
    this.archive = new ArchiveGaps(context.spool(), archive.index(), archive.ledger());
    this.context = context;
    this.policy = policy;
    this.streams = streams;
    this.keptSince = keptSince;
    this.memory = new FillMemory(policy, new FillJournal(journal));
    this.pace = new Pace(policy.bytesPerSecond());
    context
        .metrics()
        .gauge("edge.running", "fills", "gaps being filled from cameras", running::size);
    context
        .metrics()
        .gauge("edge.given.up", "gaps", "gaps that no camera could fill", memory::givenUp);
  }

  /**
   * Looks at some streams, and begins what is due.
   *
   * @return always true: a pass may be asked for at any time
   * @throws VmsException when the database is away
   */
  public boolean pass(boolean due) {
    List<StreamId> all = streams.get();
    boolean behind =
        context.spool().bytes() > context.config().spoolLimitMiB() * MIB / BEHIND_DIVISOR;
    if (all.isEmpty() || behind) {
      return true;
    }
    Instant now = context.clock().now();
    int looks = Math.min(STREAMS_A_PASS, all.size());
    for (int i = 0; i < looks && running.size() < policy.mostAtOnce() && !closed; i++) {
      StreamId stream = all.get(Math.floorMod(next++, all.size()));
      if (!running.containsKey(stream)
          && !now.isBefore(quietUntil.getOrDefault(stream, Instant.MIN))) {
        due(stream, now).ifPresent(this::begin);
      }
    }
    return true;
  }

  private Optional<Gap> due(StreamId stream, Instant now) {
    return archive.candidates(stream, keptSince.apply(stream), now.minus(policy.settle())).stream()
        .filter(gap -> memory.isDue(gap, now) && archive.isOver(gap, now))
        .findFirst();
  }

  private void begin(Gap gap) {
    FillTask task = new FillTask(gap, recordings, replay, archive, context, pace);
    Thread thread = Thread.ofVirtual().name("edge-fill-" + gap.stream()).unstarted(() -> run(task));
    running.put(gap.stream(), new Fill(task, thread));
    thread.start();
  }

  private void run(FillTask task) {
    Gap gap = task.gap();
    try {
      judge(gap, task.run());
    } catch (VmsException e) { // the database is away
      fail(gap, List.of(gap), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // one bad camera must not end the others' fills
      LOG.atError().addKeyValue("stream", gap.stream()).setCause(e).log("a fill failed");
      fail(gap, List.of(gap), new VmsException(ErrorKind.INTERNAL, "the fill failed: " + e, e));
    } finally {
      running.remove(gap.stream());
    }
  }

  private void judge(Gap gap, FillTask.Result result) {
    Duration filled = result.filled();
    if (filled.isPositive()) {
      context.metrics().filledSeconds.increment(filled.toMillis() / 1000.0);
      LOG.atInfo()
          .addKeyValue("stream", gap.stream())
          .log("filled {} of a gap of {} from the camera", filled, gap.range().duration());
    }
    VmsException problem = result.problem();
    if (problem != null) {
      fail(gap, result.left(), problem);
      return;
    }
    Instant now = context.clock().now();
    result.left().forEach(left -> memory.nothingMore(gap, left, now, "the camera has no more"));
    if (!result.left().contains(gap)) {
      memory.forget(gap);
    }
    memory.save(keptSince.apply(gap.stream()));
    context.metrics().fillEnded(result.left().isEmpty() ? "filled" : "incomplete");
  }

  private void fail(Gap gap, List<Gap> left, VmsException problem) {
    if (closed) {
      return; // no fault of the camera
    }
    Instant now = context.clock().now();
    left.forEach(each -> memory.failed(gap, each, now, problem));
    if (!left.contains(gap)) {
      memory.forget(gap);
    }
    memory.save(keptSince.apply(gap.stream()));
    quietUntil.put(gap.stream(), now.plus(policy.waitAfter(problem.kind(), 1)));
    context.metrics().fillEnded(problem.kind().code());
    lastProblem = gap.stream() + ": " + problem.getMessage();
    LOG.atWarn()
        .addKeyValue("stream", gap.stream())
        .log("a gap is not filled yet: {}", problem.toLogLine());
  }

  /** How it goes. */
  public EdgeFillStatus status() {
    List<EdgeFillStatus.Running> now = new ArrayList<>();
    running.values().forEach(fill -> now.add(fill.task().status()));
    return new EdgeFillStatus(now, memory.size(), memory.givenUp(), lastProblem);
  }

  /** Ends the fills under way; what they have written is sealed and stays. */
  @Override
  public void close() {
    closed = true;
    pace.end();
    List<Fill> fills = List.copyOf(running.values());
    fills.forEach(fill -> fill.task().close());
    long deadline = System.nanoTime() + CLOSE_WAIT.toNanos();
    for (Fill fill : fills) {
      try {
        long left = Math.max(1, deadline - System.nanoTime());
        if (!fill.thread().join(Duration.ofNanos(left))) {
          fill.thread().interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
