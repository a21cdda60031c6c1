package kg.sakchy.recorder.ingest;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.recorder.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * Puts the sound of a run onto the line of its video. Both count from origins of their own; where
 * sound belongs is told by the sender reports of both tracks when they agree with the arrivals,
 * else by the arrivals. Its place is chosen at the first unit; later it is only corrected when it
 * is off by more than can be heard, and then by a thousandth of the time that passed.
 *
 * <p>Times: ticks of the sound's clock rate. Threads: confined to the stream's lane.
 */
final class AudioLine {
  /** Sound this far from its place is left alone. */
  private static final long TOLERATED_MILLIS = 60;

  /** Sound this far from its place has jumped. */
  private static final long JUMP_MILLIS = 1_000;

  /** Reports that differ more than this from the arrivals are not believed. */
  private static final long BELIEVED_MILLIS = 2_000;

  private static final int CORRECTION_DIVISOR = 1_000;

  private final int clockRate;
  private final RunClock arrivals;
  private long origin;
  private long lastTicks;
  private long lastRunTicks = -1;
  private long stepTicks;

  /**
   * @param clockRate of the sound
   * @param first unit of the run
   */
  AudioLine(int clockRate, AccessUnit first) {
    this.clockRate = clockRate;
    this.arrivals = new RunClock(clockRate, first.pts(), first.arrival(), first.arrivalNanos());
    this.lastTicks = first.pts();
    this.stepTicks = clockRate / 50;
    this.origin = Long.MIN_VALUE;
  }

  /**
   * Decoding time of a unit on the run's line, or -1 when it has no place there and is left out.
   *
   * @param video where the video's line is
   */
  long place(AccessUnit unit, VideoLine video) {
    arrivals.observe(unit.pts(), unit.arrival(), unit.arrivalNanos());
    long wanted = wanted(unit, video);
    if (origin == Long.MIN_VALUE || off(unit, wanted, JUMP_MILLIS)) {
      origin = unit.pts() - wanted;
    } else if (off(unit, wanted, TOLERATED_MILLIS)) {
      long passed = Math.clamp(unit.pts() - lastTicks, 0L, clockRate);
      long error = wanted - (unit.pts() - origin);
      long most = Math.max(1, passed / CORRECTION_DIVISOR);
      origin -= Math.clamp(error, -most, most);
    }
    lastTicks = unit.pts();
    long place = unit.pts() - origin;
    if (place < 0 || place <= lastRunTicks) {
      return -1;
    }
    if (lastRunTicks >= 0 && place - lastRunTicks < clockRate) {
      stepTicks = place - lastRunTicks;
    }
    lastRunTicks = place;
    return place;
  }

  /** How long one unit lasts, by the last two. */
  long duration() {
    return Math.max(1, stepTicks);
  }

  private boolean off(AccessUnit unit, long wanted, long millis) {
    return Math.abs(wanted - (unit.pts() - origin)) > millis * clockRate / 1_000;
  }

  private long wanted(AccessUnit unit, VideoLine video) {
    long byArrival = video.runTicks(arrivals, unit.pts(), clockRate);
    SenderReport sound = video.audioReport();
    SenderReport picture = video.videoReport();
    if (sound == null || picture == null || sound.track() != unit.track()) {
      return byArrival;
    }
    long soundMicros =
        micros(sound) + MediaTime.rescale(unit.pts() - sound.rtpTicks(), clockRate, 1_000_000);
    long byReports = video.runTicks(picture.rtpTicks(), soundMicros - micros(picture), clockRate);
    boolean believed = Math.abs(byReports - byArrival) <= BELIEVED_MILLIS * clockRate / 1_000;
    return believed ? byReports : byArrival;
  }

  private static long micros(SenderReport report) {
    return Duration.between(Instant.EPOCH, report.ntp()).toNanos() / 1_000;
  }

  /** Where the video of the run is. */
  interface VideoLine {
    /** Sound ticks, counted from the run's beginning, of a unit by the clock of its arrivals. */
    long runTicks(RunClock arrivals, long soundTicks, int soundRate);

    /** Sound ticks, counted from the run's beginning, of a moment after a video RTP time. */
    long runTicks(long videoTicks, long microsAfter, int soundRate);

    @Nullable SenderReport videoReport();

    @Nullable SenderReport audioReport();
  }
}
