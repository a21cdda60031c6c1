package kg.sakchy.recorder.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.ingest.FilledLine;
import kg.sakchy.recorder.ingest.IngestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gap: asks the camera what it holds, replays it, and settles with the ledger what came of it.
 *
 * <p>Threads: {@link #run} on a thread of its own, where it blocks; {@link #close} and {@link
 * #status} from any.
 */
final class FillTask implements AutoCloseable {
  /** Asked for before and behind a gap: cameras' clocks and seams are not exact. */
  static final Duration MARGIN = Duration.ofSeconds(2);

  /** How far from a seam a segment may end or begin whose sender report is of use. */
  private static final Duration NEAR = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(FillTask.class);

  private final Gap gap;
  private final EdgeRecordings recordings;
  private final EdgeReplay replay;
  private final ArchiveGaps archive;
  private final IngestContext context;
  private final Pace pace;
  private final Instant begun;
  private volatile @Nullable Filling filling;
  private volatile EdgeReplay.@Nullable Playback playing;
  private volatile boolean closed;

  FillTask(
      Gap gap,
      EdgeRecordings recordings,
      EdgeReplay replay,
      ArchiveGaps archive,
      IngestContext context,
      Pace pace) {
    this.gap = gap;
    this.recordings = recordings;
    this.replay = replay;
    this.archive = archive;
    this.context = context;
    this.pace = pace;
    this.begun = context.clock().now();
  }

  Gap gap() {
    return gap;
  }

  /**
   * What came of a fill.
   *
   * @param left what the ledger still says of the gap, by start
   * @param filled how much of it is recorded now and was not before
   * @param problem why it did not come to its end, or null when the camera has no more to give
   */
  record Result(List<Gap> left, Duration filled, @Nullable VmsException problem) {}

  /**
   * Fills what can be filled.
   *
   * @throws VmsException when the database is away; nothing is settled then
   */
  Result run() throws InterruptedException {
    Duration before = archive.missing(gap);
    VmsException problem = null;
    for (Gap piece : archive.settle(gap)) {
      if (problem == null) {
        problem = fill(piece.range()).orElse(null);
      }
    }
    List<Gap> left = settled();
    return new Result(left, before.minus(archive.missing(gap)), problem);
  }

  /** The gap may be in pieces by now. */
  private List<Gap> settled() {
    return archive.candidates(gap.stream(), gap.range().start(), gap.range().end()).stream()
        .flatMap(piece -> archive.settle(piece).stream())
        .toList();
  }

  private Optional<VmsException> fill(TimeRange missing) throws InterruptedException {
    TimeRange wide = new TimeRange(missing.start().minus(MARGIN), missing.end().plus(MARGIN));
    try {
      for (EdgeSpan span : recordings.spans(gap.stream(), wide)) {
        Optional<TimeRange> part = span.range().intersection(wide);
        if (part.isPresent() && part.get().overlaps(missing)) {
          play(span, part.get(), missing);
        }
      }
      return Optional.empty();
    } catch (VmsException e) {
      return Optional.of(e);
    }
  }

  private void play(EdgeSpan span, TimeRange part, TimeRange missing) throws InterruptedException {
    if (closed) {
      throw new VmsException(ErrorKind.CANCELLED, "the server is being stopped");
    }
    ClockMatch clock = clock(span, missing);
    FilledLine line =
        new FilledLine(gap.stream(), context, clock.offset(), clock.uncertainty(), missing.end());
    Filling next = new Filling(line, missing, span.clockOffset().minus(clock.offset()), pace);
    LOG.atInfo()
        .addKeyValue("stream", gap.stream())
        .log("asking the camera for what it recorded from {} to {}", part.start(), part.end());
    filling = next;
    EdgeReplay.Playback playback = replay.start(span, part, next);
    playing = playback;
    next.fedBy(playback);
    if (closed) {
      playback.close();
    }
    try {
      next.await();
    } finally {
      playback.close();
      context.metrics().fetchedBytes.increment((double) next.bytes());
    }
  }

  private ClockMatch clock(EdgeSpan span, TimeRange missing) {
    List<Segment> before = archive.liveNear(gap.stream(), missing.start(), NEAR);
    List<Segment> behind = archive.liveNear(gap.stream(), missing.end(), NEAR);
    before.removeIf(segment -> segment.range().start().isAfter(missing.start()));
    behind.removeIf(segment -> segment.range().start().isBefore(missing.end().minusMillis(1)));
    return ClockMatch.of(span.clockOffset(), before, behind, missing.start(), missing.end());
  }

  EdgeFillStatus.Running status() {
    Filling now = filling;
    boolean written = now != null && now.filledUntil().isAfter(Instant.MIN);
    return new EdgeFillStatus.Running(
        gap.stream(), gap.range(), begun, now != null && written ? now.filledUntil() : null);
  }

  /** Ends it soon; what is written stays. */
  @Override
  public void close() {
    closed = true;
    EdgeReplay.Playback playback = playing;
    if (playback != null) {
      playback.close();
    }
  }
}
