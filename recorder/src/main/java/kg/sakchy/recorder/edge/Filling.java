package kg.sakchy.recorder.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.ingest.FilledLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a camera replays and adds to the line what belongs into one stretch, and nothing
 * twice. The first run begins with the last key frame at or before the stretch, so that every
 * picture of the stretch can be decoded: less than one group of pictures is recorded twice there,
 * see {@link kg.sakchy.core.recording.Segment#endsWithTheBeginningOf}. A run ends before the first
 * picture, in decoding order, that is recorded behind the stretch; where the replay's time jumps,
 * falls, or comes again, a new run begins with the next key frame behind what was written.
 *
 * <p>Threads: called by the replay's one thread; {@link #await} and {@link #filledUntil} by others.
 */
final class Filling implements EdgeReplay.Listener {
  /** Half a picture: times that differ by less are the same. */
  static final Duration SEAM = Duration.ofMillis(20);

  /** Pictures further apart than this are not one run, and none is reordered by so much. */
  static final Duration HOLE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

  private final FilledLine line;
  private final TimeRange stretch;
  private final Duration correction;
  private final Pace pace;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<EdgeReplay.@Nullable Playback> playback = new AtomicReference<>();
  private volatile @Nullable VmsException problem;
  private volatile Instant filledUntil = Instant.MIN;
  private volatile boolean done;
  private final AtomicLong bytes = new AtomicLong();
  private final LeadIn leadIn = new LeadIn();
  private int videoTrack;
  private boolean waiting = true;
  private Duration shift = Duration.ZERO;
  private Instant latest = Instant.MIN;

  /**
   * @param stretch what is missing
   * @param correction added to the replay's times
   */
  Filling(FilledLine line, TimeRange stretch, Duration correction, Pace pace) {
    this.line = line;
    this.stretch = stretch;
    this.correction = correction;
    this.pace = pace;
  }

  /** Names the replay that feeds this, so that it can be ended early. */
  void fedBy(EdgeReplay.Playback replay) {
    playback.set(replay);
    if (done) {
      replay.close();
    }
  }

  /**
   * Waits for the end.
   *
   * @throws VmsException why it did not come to the end of the stretch
   */
  void await() throws InterruptedException {
    over.await();
    VmsException why = problem;
    if (why != null) {
      throw why;
    }
  }

  /** End of what is written; {@link Instant#MIN} before the first part. */
  Instant filledUntil() {
    return filledUntil;
  }

  /** Media taken from the camera. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void format(StreamFormat format) {
    if (!done) {
      guarded(
          () -> {
            line.format(format);
            videoTrack = format.videoTrack();
            leadIn.clear();
            waiting = true;
          });
    }
  }

  @Override
  public void sample(AccessUnit unit, Instant replayed, boolean discontinuity) {
    if (!done) {
      guarded(() -> take(unit, replayed.plus(correction)));
    }
  }

  private void take(AccessUnit unit, Instant at) {
    spend(unit);
    if (unit.track() != videoTrack) {
      if (!waiting && at.isBefore(stretch.end())) {
        line.add(unit, at.plus(shift));
      }
      return;
    }
    if (!waiting && leavesTheLine(unit, at)) {
      line.cut();
      waiting = true;
    }
    if (waiting && !begins(unit, at) && !leads(unit, at)) {
      return;
    }
    if (!at.plus(shift).isBefore(stretch.end().minus(SEAM))) {
      finish(null); // what follows may need this picture, and it is recorded already
      return;
    }
    leadIn.takeAll().forEach(held -> line.add(held.unit(), held.at()));
    waiting = false;
    latest = at.isAfter(latest) ? at : latest;
    line.add(unit, at.plus(shift));
    filledUntil = line.writtenUntil();
  }

  private void spend(AccessUnit unit) {
    bytes.addAndGet(unit.data().length);
    try {
      if (!pace.spend(unit.data().length)) {
        finish(new VmsException(ErrorKind.CANCELLED, "the server is being stopped"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "interrupted while filling a gap", e);
    }
  }

  private boolean leavesTheLine(AccessUnit unit, Instant at) {
    Duration step = Duration.between(latest, at);
    return step.abs().compareTo(HOLE) > 0
        || (unit.keyFrame() && step.compareTo(SEAM.negated()) < 0);
  }

  /**
   * Whether a run that began before the stretch reaches it here; else what may be the beginning of
   * one is held.
   */
  private boolean leads(AccessUnit unit, Instant at) {
    if (line.writtenUntil().isAfter(stretch.start())) {
      return false;
    }
    if (at.isBefore(stretch.start().minus(SEAM))) {
      leadIn.hold(unit, at);
      return false;
    }
    shift = Duration.ZERO;
    return leadIn.reaches(at);
  }

  /** Whether a run begins here; a little early is moved to where it fits. */
  private boolean begins(AccessUnit unit, Instant at) {
    Instant free =
        line.writtenUntil().isAfter(stretch.start()) ? line.writtenUntil() : stretch.start();
    if (!unit.keyFrame() || at.isBefore(free.minus(SEAM))) {
      return false;
    }
    shift = at.isBefore(free) ? Duration.between(at, free) : Duration.ZERO;
    latest = at;
    leadIn.clear();
    return true;
  }

  @Override
  public void ended(@Nullable VmsException why) {
    if (!done) {
      finish(why);
    }
    over.countDown();
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (VmsException e) {
      finish(e);
    } catch (RuntimeException e) { // what a camera sends must not end in silence
      LOG.atError().setCause(e).log("a fill failed");
      finish(new VmsException(ErrorKind.INTERNAL, "filling a gap failed: " + e, e));
    }
  }

  /** Seals what was written; the replay ends soon. */
  private void finish(@Nullable VmsException why) {
    if (done) {
      return;
    }
    done = true;
    problem = why;
    try {
      line.cut();
    } catch (VmsException e) {
      problem = why == null ? e : why;
    }
    EdgeReplay.Playback feeding = playback.get();
    if (feeding != null) {
      feeding.close();
    }
  }
}
