package kg.sakchy.gateway.server.playback;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where units stand on the line that a client sees: the recording's time, divided by the scale if
 * the server keeps the time, with its holes closed, and always rising from one PLAY to the next.
 *
 * <p>Threads: confined to one at a time.
 */
final class PlayTimeline {
  /** Between the last unit before a hole and the first behind it. */
  private static final long STEP_NANOS = 40_000_000L;

  private double divisor = 1;
  private boolean mirrored;
  private long base;
  private long furthest = -STEP_NANOS;
  private @Nullable Instant section;

  /** Another PLAY begins. */
  void begin(double scale, boolean rateControl) {
    divisor = rateControl ? Math.abs(scale) : 1;
    mirrored = false;
    section = null;
  }

  /**
   * What follows does not follow what came before.
   *
   * @param first unit behind the hole
   * @param backwards whether units that come later were taken earlier
   */
  void section(Instant first, boolean backwards) {
    base = furthest + Math.round(STEP_NANOS / divisor);
    section = first;
    mirrored = backwards;
  }

  /** Whether {@link #section} was called since {@link #begin}. */
  boolean isPlaced() {
    return section != null;
  }

  /** Nanoseconds on the client's line, with a unit's place remembered. */
  long place(Instant at) {
    Instant from = section == null ? at : section;
    long off = Duration.between(from, at).toNanos();
    long position = base + Math.round((mirrored ? -off : off) / divisor);
    furthest = Math.max(furthest, position);
    return position;
  }

  /** The place that the next section begins at. */
  long next() {
    return furthest + Math.round(STEP_NANOS / divisor);
  }

  /** Ticks of a clock at a place. */
  static long ticks(long place, int clockRate) {
    return Math.floorDiv(place, 1_000_000_000L) * clockRate
        + Math.floorMod(place, 1_000_000_000L) * clockRate / 1_000_000_000L;
  }
}
