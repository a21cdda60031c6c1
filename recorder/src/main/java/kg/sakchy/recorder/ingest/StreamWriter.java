package kg.sakchy.recorder.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.recorder.gap.DamageTracker;
import kg.sakchy.recorder.gap.GapTracker;
import kg.sakchy.recorder.segment.Part;
import kg.sakchy.recorder.segment.Rotation;
import kg.sakchy.recorder.segment.SegmentWriter;
import kg.sakchy.recorder.time.RunClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the parts of one stream into segments: decides where runs and segments begin and end,
 * muxes, writes, and tells the gap tracker what was and was not recorded.
 *
 * <p>Threads: confined to the stream's lane.
 */
final class StreamWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);

  private final StreamId stream;
  private final IngestContext context;
  private final GapTracker gaps;
  private final DamageTracker damage;
  private final Rotation rotation;
  private final Progress progress;
  private Bytes previousSha256;
  private @Nullable Run run;
  private @Nullable SegmentWriter segment;
  private @Nullable Duration wallOffset;
  private long lastRunId;
  private long sealed;

  StreamWriter(
      StreamId stream,
      IngestContext context,
      GapTracker gaps,
      Bytes previousSha256,
      Progress progress) {
    this.stream = stream;
    this.context = context;
    this.gaps = gaps;
    this.damage = new DamageTracker(stream, context.gaps());
    this.rotation = new Rotation(stream, context.config().segment());
    this.previousSha256 = previousSha256;
    this.progress = progress;
  }

  /** Writes a part, or drops it and notes why. */
  void write(RawPart part) {
    long began = context.clock().nanoTime();
    try {
      Optional<String> shut = context.gate().shut();
      if (shut.isPresent()) {
        context.metrics().partsDropped.increment();
        stop(GapCause.STORAGE, shut.get());
      } else {
        accept(part);
      }
    } catch (VmsException e) {
      context.metrics().partsDropped.increment();
      String words = String.valueOf(e.getMessage());
      if (!words.equals(progress.problem())) {
        LOG.atWarn().addKeyValue("stream", stream).log("parts are lost: {}", e.toLogLine());
      }
      stop(cause(e), words);
    }
    context.metrics().partWrite.record(Duration.ofNanos(context.clock().nanoTime() - began));
  }

  private void accept(RawPart part) {
    Run current = run;
    if (current != null && current.epoch() != part.epoch() && !part.keyFrame()) {
      endRun(null);
      current = null;
    }
    if (current != null && current.epoch() == part.epoch()) {
      current.follow(part);
    }
    boolean over = current == null || current.epoch() != part.epoch() || current.ending();
    if (over && part.keyFrame()) {
      current = begin(part);
    }
    if (current == null) {
      context.metrics().partsDropped.increment();
      return;
    }
    append(current, part);
  }

  private Run begin(RawPart part) {
    Run next = Run.begin(part, lastRunId, context.metrics());
    context.metrics().runs.increment();
    Instant start = next.start(part);
    Duration step = wallStep(part.first());
    boolean stepped = step.abs().compareTo(RunClock.STEP) > 0;
    endRun(stepped ? null : start);
    run = next;
    lastRunId = next.id();
    for (String warning : next.warnings()) {
      LOG.atWarn().addKeyValue("stream", stream).log(warning);
    }
    if (stepped) {
      LOG.atWarn().addKeyValue("stream", stream).log("the server's clock was set by {}", step);
      gaps.clockSet(step, start);
    }
    return next;
  }

  /** By how much the wall clock has moved against the monotonic one since the last run began. */
  private Duration wallStep(AccessUnit unit) {
    Duration offset =
        Duration.between(Instant.EPOCH, unit.arrival()).minusNanos(unit.arrivalNanos());
    Duration before = wallOffset;
    wallOffset = offset;
    return before == null ? Duration.ZERO : offset.minus(before);
  }

  private void append(Run current, RawPart part) {
    Instant start = current.start(part);
    SegmentWriter open = segment;
    if (open != null && part.keyFrame() && rotation.due(open.start(), start)) {
      endSegment(open, start);
      open = null;
    }
    Fragment media = current.mux(part);
    Instant end = current.end();
    if (open == null) {
      var head = current.head(stream, part, previousSha256);
      segment = SegmentWriter.begin(context.spool(), head, muxed(current, part, media, end));
    } else {
      open.append(muxed(current, part, media, end));
    }
    gaps.written(start, end);
    noteDamage(current, part, start);
    progress.part(context.clock());
    context.metrics().partsWritten.increment();
    context.metrics().bytesWritten.increment(media.sizeBytes());
  }

  /** The part of a run that was just muxed. */
  static Part muxed(Run run, RawPart part, Fragment media, Instant end) {
    int frames = 0;
    for (AccessUnit unit : part.units()) {
      frames += unit.track() == part.videoTrack() ? 1 : 0;
    }
    RawPart.Loss loss = part.loss();
    return new Part(
        media,
        part.keyFrame(),
        run.segmentTicks(part),
        frames,
        loss == null ? 0 : loss.packets(),
        end);
  }

  private void noteDamage(Run current, RawPart part, Instant start) {
    RawPart.Loss loss = part.loss();
    if (loss == null || loss.videoPackets() == 0) {
      if (part.keyFrame()) {
        damage.keyFrame(start);
      }
      return;
    }
    if (loss.videoUnitsBefore() == 0) {
      // Lost between the last part and this one; a key frame behind it mends the picture at once.
      damage.loss(start.minusMillis(1), loss.videoPackets(), loss.reason());
    }
    if (part.keyFrame()) {
      damage.keyFrame(start);
    }
    if (loss.videoUnitsBefore() > 0) {
      Instant lastGood = current.endBefore(part, loss.videoUnitsBefore());
      damage.loss(lastGood, loss.videoPackets(), loss.reason());
    }
  }

  private void endSegment(SegmentWriter open, @Nullable Instant nextStart) {
    segment = null;
    Instant byClock = open.end();
    Instant until = byClock;
    if (nextStart != null
        && nextStart.isAfter(open.start())
        && Duration.between(byClock, nextStart).abs().compareTo(GapTracker.TOLERANCE) <= 0) {
      until = nextStart;
    }
    previousSha256 = open.seal(until);
    context.metrics().segmentsSealed.increment();
    progress.sealed(++sealed);
  }

  private void endRun(@Nullable Instant nextStart) {
    Run ended = run;
    run = null;
    if (ended != null) {
      ended.close();
    }
    SegmentWriter open = segment;
    if (open != null) {
      endSegment(open, nextStart);
    }
  }

  /** Nothing more is written until the next key frame that can be. */
  void stop(GapCause cause, String detail) {
    Run ended = run;
    if (ended != null) {
      damage.close(ended.end());
    }
    endRun(null);
    gaps.lost(cause, detail);
    progress.problem(detail);
  }

  /** The camera is away. */
  void interrupted(Interruption interruption) {
    stop(interruption.cause(), interruption.message());
  }

  /** The recording ends on purpose: seals what is open. */
  void finish() {
    Run ended = run;
    if (ended != null) {
      damage.close(ended.end());
    }
    endRun(null);
    gaps.close(context.clock().now());
  }

  private static GapCause cause(VmsException e) {
    return switch (e.kind()) {
      case RESOURCE_EXHAUSTED,
          UNAVAILABLE,
          TIMEOUT,
          CANCELLED,
          NOT_FOUND,
          CONFLICT,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          FAILED_PRECONDITION ->
          GapCause.STORAGE;
      case INVALID_ARGUMENT, UNSUPPORTED, DATA_LOSS, INTERNAL -> GapCause.CAMERA;
    };
  }
}
