package kg.sakchy.recorder.ingest;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.SegmentIdentity;
import kg.sakchy.recorder.segment.Rotation;
import kg.sakchy.recorder.segment.SegmentHead;
import kg.sakchy.recorder.segment.SegmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes units of which it is told when they were taken: parts, runs and segments as live, but on
 * the line of those times instead of arrivals, marked as filled, and with a chain of hashes of
 * their own. Does not look for seams; the caller adds only what belongs there.
 *
 * <p>Threads: confined to one at a time; writes to the disk itself.
 */
public final class FilledLine {
  private final StreamId stream;
  private final IngestContext context;
  private final Duration clockOffset;
  private final Duration uncertainty;
  private final Instant limit;
  private final PartCollector collector;
  private final Rotation rotation;
  private @Nullable Run run;
  private @Nullable SegmentWriter segment;
  private @Nullable Instant partArrival;
  private Bytes previousSha256 = Bytes.EMPTY;
  private Instant writtenUntil = Instant.MIN;
  private long lastRunId;

  /**
   * @param clockOffset the camera's clock minus ours
   * @param uncertainty of it
   * @param limit no segment reaches beyond this
   */
  public FilledLine(
      StreamId stream,
      IngestContext context,
      Duration clockOffset,
      Duration uncertainty,
      Instant limit) {
    this.stream = stream;
    this.context = context;
    this.clockOffset = clockOffset;
    this.uncertainty = uncertainty;
    this.limit = limit;
    this.collector = new PartCollector(context.config().part());
    this.rotation = new Rotation(stream, context.config().segment());
  }

  /** Ends what is being written; the next unit begins a run of this format. */
  public void format(StreamFormat format) {
    cut();
    collector.format(format);
  }

  /**
   * Adds a unit; the first after {@link #format} or {@link #cut} must be a key frame.
   *
   * @param at when it was taken, by the server's clock
   * @throws VmsException when the disk or the muxer refuses; only {@link #cut} may follow
   */
  public void add(AccessUnit unit, Instant at) {
    RawPart done =
        collector.add(
            new AccessUnit(
                unit.track(),
                unit.pts(),
                unit.dts(),
                unit.keyFrame(),
                unit.data(),
                at,
                Duration.between(Instant.EPOCH, at).toNanos()));
    Instant arrival = partArrival;
    if (done != null) {
      write(done, arrival == null ? unit.arrival() : arrival);
    }
    if (done != null || arrival == null) {
      partArrival = unit.arrival();
    }
  }

  /** Writes what is left and seals it. */
  public void cut() {
    RawPart rest = collector.flush();
    Instant arrival = partArrival;
    partArrival = null;
    try {
      if (rest != null && arrival != null) {
        write(rest, arrival);
      }
    } finally {
      endRun();
    }
  }

  /** End of what was written so far. */
  public Instant writtenUntil() {
    return writtenUntil;
  }

  private void write(RawPart part, Instant arrival) {
    context
        .gate()
        .shut()
        .ifPresent(
            words -> {
              throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, words);
            });
    Run current = run;
    if (current != null && current.epoch() != part.epoch()) {
      endRun();
      current = null;
    }
    if (current != null) {
      current.follow(part);
    }
    if (part.keyFrame() && (current == null || current.ending())) {
      endRun();
      current = Run.begin(part, lastRunId, context.metrics());
      lastRunId = current.id();
      run = current;
    }
    if (current != null) {
      append(current, part, arrival);
    }
  }

  private void append(Run current, RawPart part, Instant arrival) {
    Instant start = current.start(part);
    SegmentWriter open = segment;
    if (open != null && part.keyFrame() && rotation.due(open.start(), start)) {
      seal(open, start);
      open = null;
    }
    var media = current.mux(part);
    Instant end = current.end();
    if (open == null) {
      SegmentHead head = filled(current.head(stream, part, previousSha256), arrival);
      segment =
          SegmentWriter.begin(context.spool(), head, StreamWriter.muxed(current, part, media, end));
    } else {
      open.append(StreamWriter.muxed(current, part, media, end));
    }
    writtenUntil = end.isAfter(writtenUntil) ? end : writtenUntil;
  }

  /** What was placed as an arrival is when the camera took it; this tells the two apart again. */
  private SegmentHead filled(SegmentHead head, Instant arrival) {
    SegmentIdentity id = head.identity();
    TimeBasis time =
        new TimeBasis(
            id.time().rtpTicks(),
            arrival,
            id.start().plus(clockOffset),
            id.time().uncertainty().plus(uncertainty),
            TimeBasis.Origin.FILLED);
    return new SegmentHead(
        new SegmentIdentity(
            id.stream(),
            id.run(),
            id.sequence(),
            id.start(),
            time,
            id.decodeTicks(),
            id.previousSha256()),
        head.init(),
        head.codecs(),
        head.width(),
        head.height());
  }

  private void endRun() {
    Run ended = run;
    run = null;
    if (ended != null) {
      ended.close();
    }
    SegmentWriter open = segment;
    if (open != null) {
      seal(open, open.end().isAfter(limit) ? limit : open.end());
    }
    previousSha256 = Bytes.EMPTY;
  }

  private void seal(SegmentWriter open, Instant until) {
    segment = null;
    Instant least = open.start().plusMillis(1);
    previousSha256 = open.seal(until.isAfter(least) ? until : least);
    context.metrics().filledSegments.increment();
  }
}
