package kg.sakchy.core.time;

import java.time.Duration;

/**
 * A count of ticks of a media clock: RTP time unwrapped to 64 bits, or a time of an MP4 track.
 *
 * @param ticks count; may be negative
 * @param clockRate ticks per second (Hz), over 0
 */
public record MediaTime(long ticks, int clockRate) {
  public MediaTime {
    if (clockRate <= 0) {
      throw new IllegalArgumentException("clock rate " + clockRate);
    }
  }

  /** Exact to the nanosecond, rounded towards negative infinity. */
  public Duration toDuration() {
    return duration(ticks, clockRate);
  }

  /** The same moment on another clock, rounded to the nearest tick. */
  public MediaTime rescale(int newClockRate) {
    return new MediaTime(rescale(ticks, clockRate, newClockRate), newClockRate);
  }

  public static Duration duration(long ticks, int clockRate) {
    long seconds = Math.floorDiv(ticks, clockRate);
    return Duration.ofSeconds(
        seconds, Math.floorMod(ticks, clockRate) * 1_000_000_000L / clockRate);
  }

  /** Ticks of {@code clockRate} in {@code duration}, rounded to the nearest. */
  public static long ticks(Duration duration, int clockRate) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), (long) clockRate),
        Math.floorDiv((long) duration.getNano() * clockRate + 500_000_000L, 1_000_000_000L));
  }

  /** Ticks of one clock in ticks of another, rounded to the nearest. */
  public static long rescale(long ticks, int from, int to) {
    long whole = Math.multiplyExact(Math.floorDiv(ticks, from), (long) to);
    return whole + Math.floorDiv((long) Math.floorMod(ticks, from) * to + from / 2, from);
  }
}
