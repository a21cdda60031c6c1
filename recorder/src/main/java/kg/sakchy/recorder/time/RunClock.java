package kg.sakchy.recorder.time;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.time.MediaTime;

/**
 * The line of time of one run: UTC of a frame is an anchor plus its ticks, corrected slowly.
 *
 * <p>Frames arrive late by a delay that varies, and never early. So the line that is wanted passes
 * through the frames with the least delay. Until {@link #settle} the line follows the least delay
 * at once, which absorbs a burst at the beginning of a connection; from then on it is slewed by at
 * most {@value #MAX_SLEW_PPM} ppm and never jumps. What slewing cannot follow is reported by {@link
 * #strayed} and {@link #stepped}: the caller then begins a new run with a new clock.
 *
 * <p>Times: ticks of the run's video clock rate, in the run's own numbering; wall time in UTC;
 * monotonic time in nanoseconds. Threads: confined to the stream's lane.
 */
public final class RunClock {
  /** Fastest correction, in millionths. */
  public static final int MAX_SLEW_PPM = 500;

  /** A wall clock that moves this much against the monotonic one has been set. */
  public static final Duration STEP = Duration.ofSeconds(2);

  /** A line this far from the arrivals is given up. */
  public static final Duration STRAY = Duration.ofSeconds(1);

  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;

  private final int clockRate;
  private final long anchorTicks;
  private final Instant anchor;
  private final long anchorNanos;
  private final SlidingMinimum delays = new SlidingMinimum(WINDOW_NANOS);
  private long correctionNanos;
  private long largestDelayNanos;
  private long lastNanos;
  private boolean stepped;
  private boolean settled;

  /**
   * Begins a line at a run's first video frame.
   *
   * @param clockRate ticks per second
   * @param ticks of the frame
   * @param arrival of the frame, by the wall clock
   * @param arrivalNanos of the frame, by the monotonic clock
   */
  public RunClock(int clockRate, long ticks, Instant arrival, long arrivalNanos) {
    this.clockRate = clockRate;
    this.anchorTicks = ticks;
    this.anchor = arrival;
    this.anchorNanos = arrivalNanos;
    this.lastNanos = arrivalNanos;
    delays.add(arrivalNanos, 0);
  }

  /** Takes note of a video frame's arrival. */
  public void observe(long ticks, Instant arrival, long arrivalNanos) {
    long step = nanosSinceAnchor(arrival) - (arrivalNanos - anchorNanos);
    if (Math.abs(step) > STEP.toNanos()) {
      stepped = true;
    }
    long delay = delay(ticks, arrival, arrivalNanos);
    delays.add(arrivalNanos, delay);
    largestDelayNanos = Math.max(largestDelayNanos, delay);
    long passed = Math.max(0, arrivalNanos - lastNanos);
    lastNanos = Math.max(lastNanos, arrivalNanos);
    if (settled) {
      long most = passed / 1_000_000 * MAX_SLEW_PPM + passed % 1_000_000 * MAX_SLEW_PPM / 1_000_000;
      correctionNanos += Math.clamp(delays.value() - correctionNanos, -most, most);
    } else {
      correctionNanos = delays.value();
    }
  }

  /** From now on the line is only slewed: somebody was told a time of it. */
  public void settle() {
    settled = true;
  }

  /** UTC of a frame, to the microsecond. */
  public Instant utc(long ticks) {
    long nanos = mediaNanos(ticks) + correctionNanos;
    return anchor.plusNanos(Math.floorDiv(nanos, NANOS_PER_MICRO) * NANOS_PER_MICRO);
  }

  /**
   * Half-width of the interval around {@link #utc} that holds the moment the frame could first have
   * been seen: how far the line is from the least delay, and while the run is young also how much
   * the delays vary.
   */
  public Duration uncertainty() {
    long error = Math.abs(delays.value() - correctionNanos);
    boolean young = lastNanos - anchorNanos < WINDOW_NANOS;
    long spread = young ? largestDelayNanos - delays.value() : 0;
    return Duration.ofNanos(error + spread).plusMillis(1);
  }

  /** Whether the wall clock was set since the run began. */
  public boolean stepped() {
    return stepped;
  }

  /**
   * Whether the camera's ticks have left the line of arrivals further than slewing can mend: they
   * run too fast or too slow, or jumped.
   */
  public boolean strayed() {
    return Math.abs(delays.value() - correctionNanos) > STRAY.toNanos();
  }

  /**
   * Whether a frame would be earlier than any frame can be: its ticks jumped ahead.
   *
   * @param ticks of the frame
   * @param arrival of the frame
   * @param arrivalNanos of the frame
   */
  public boolean early(long ticks, Instant arrival, long arrivalNanos) {
    return delay(ticks, arrival, arrivalNanos) - correctionNanos < -STRAY.toNanos();
  }

  /** By the wall clock while it can be trusted, so that its own small corrections are followed. */
  private long delay(long ticks, Instant arrival, long arrivalNanos) {
    long monotonic = arrivalNanos - anchorNanos;
    long wall = nanosSinceAnchor(arrival);
    boolean trusted = !stepped && Math.abs(wall - monotonic) <= STEP.toNanos();
    return (trusted ? wall : monotonic) - mediaNanos(ticks);
  }

  private long mediaNanos(long ticks) {
    return MediaTime.duration(ticks - anchorTicks, clockRate).toNanos();
  }

  private long nanosSinceAnchor(Instant instant) {
    return Duration.between(anchor, instant).toNanos();
  }
}
