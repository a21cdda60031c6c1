package kg.sakchy.recorder.gap;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;

/**
 * Follows one stream and puts a gap for each stretch between two written parts that has a reason or
 * is long enough to need one.
 *
 * <p>Threads: called from the stream's lane and from the housekeeping thread; locks itself.
 */
public final class GapTracker {
  /** A hole shorter than this, with no reason given, is the camera's own pace. */
  public static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final StreamId stream;
  private final GapSink sink;
  private Instant coveredUntil;
  private GapCause cause;
  private String detail;
  private boolean missing = true;

  /**
   * Begins with a gap that goes on until the first part.
   *
   * @param coveredUntil end of what is known to be recorded or explained
   * @param cause of the gap unless a better one comes
   * @param detail one sentence
   */
  public GapTracker(
      StreamId stream, GapSink sink, Instant coveredUntil, GapCause cause, String detail) {
    this.stream = stream;
    this.sink = sink;
    this.coveredUntil = coveredUntil;
    this.cause = cause;
    this.detail = detail;
  }

  /** Nothing is recorded now; a later word replaces an earlier one about the same gap. */
  public synchronized void lost(GapCause cause, String detail) {
    this.cause = cause;
    this.detail = detail;
    missing = true;
  }

  /**
   * The server's clock was set: the seconds skipped are a gap, those repeated are recorded twice.
   */
  public synchronized void clockSet(Duration step, Instant next) {
    if (next.isAfter(coveredUntil)) {
      lost(GapCause.CLOCK, "the server's clock was set forward by " + words(step));
      return;
    }
    if (next.isBefore(coveredUntil)) {
      sink.put(
          new Gap(
              stream,
              Gap.Kind.DAMAGED,
              new TimeRange(next, coveredUntil),
              GapCause.CLOCK,
              "the server's clock was set back by " + words(step) + "; recorded twice"));
    }
    coveredUntil = next;
  }

  /** A part was written. */
  public synchronized void written(Instant start, Instant end) {
    boolean hole = Duration.between(coveredUntil, start).compareTo(TOLERANCE) > 0;
    if (hole && !missing) {
      cause = GapCause.CAMERA;
      detail = "the camera sent no pictures";
    }
    if ((missing || hole) && coveredUntil.isBefore(start)) {
      put(start);
    }
    missing = false;
    if (end.isAfter(coveredUntil)) {
      coveredUntil = end;
    }
  }

  /** Puts the gap that is still open again, up to {@code now}. */
  public synchronized void grow(Instant now) {
    if (missing && coveredUntil.plus(TOLERANCE).isBefore(now)) {
      put(now);
    }
  }

  /** The recording ends on purpose; an open gap is put a last time. */
  public synchronized void close(Instant now) {
    if (missing && coveredUntil.isBefore(now)) {
      put(now);
    }
    missing = false;
  }

  private void put(Instant until) {
    sink.put(new Gap(stream, Gap.Kind.MISSING, new TimeRange(coveredUntil, until), cause, detail));
  }

  private static String words(Duration step) {
    return step.abs().toMillis() / 1000.0 + " s";
  }
}
