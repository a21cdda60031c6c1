package kg.sakchy.media.hls;

import java.time.Instant;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;

/**
 * One Media Segment of a playlist (RFC 8216bis §3): some seconds of one run, from a key frame to a
 * key frame, or a gap.
 *
 * @param run of the media; 0 for a gap
 * @param startTicks decode time of its first video sample, 90 kHz, on the run's line
 * @param endTicks decode time of the first video sample behind it, over {@code startTicks}
 * @param startMicros UTC of its first frame, microseconds since 1970
 */
public record HlsSegment(long run, long startTicks, long endTicks, long startMicros) {
  private static final long NO_RUN = 0;

  public HlsSegment {
    if (endTicks <= startTicks) {
      throw new IllegalArgumentException("a segment from " + startTicks + " to " + endTicks);
    }
  }

  /** A stretch without media. */
  static HlsSegment gap(long startMicros, long ticks) {
    return new HlsSegment(NO_RUN, 0, ticks, startMicros);
  }

  /** Whether there is no media. */
  public boolean isGap() {
    return run == NO_RUN;
  }

  /** Length in ticks of 90 kHz. */
  public long ticks() {
    return endTicks - startTicks;
  }

  /** Whether the media goes on where {@code previous} ends, on the same line. */
  public boolean follows(HlsSegment previous) {
    return run == previous.run && !isGap() && startTicks == previous.endTicks;
  }

  /** UTC of its end, by the camera's own time; microseconds since 1970. */
  public long endMicros() {
    return startMicros + MediaTime.rescale(ticks(), Segment.TIMESCALE, 1_000_000);
  }

  /** UTC of its first frame. */
  public Instant start() {
    return instant(startMicros);
  }

  /** The time it covers. */
  public TimeRange range() {
    return new TimeRange(start(), start().plus(MediaTime.duration(ticks(), Segment.TIMESCALE)));
  }

  /** UTC of microseconds since 1970. */
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), 1_000 * Math.floorMod(micros, 1_000_000L));
  }

  /** Microseconds of UTC since 1970. */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000), instant.getNano() / 1_000);
  }
}
