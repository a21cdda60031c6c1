package kg.sakchy.web.live;

import java.time.Duration;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;

/** Media time of a viewer: ticks of 90 kHz from the beginning of what it was told to play. */
final class MediaTicks {
  private MediaTicks() {}

  /** Ticks in a duration. */
  static long of(Duration duration) {
    return MediaTime.ticks(duration, Segment.TIMESCALE);
  }

  /** How long so many ticks last. */
  static Duration duration(long ticks) {
    return MediaTime.duration(ticks, Segment.TIMESCALE);
  }

  /** In seconds, as JSON has it: to the microsecond. */
  static double seconds(long ticks) {
    return Math.round(ticks * 1e6 / Segment.TIMESCALE) / 1e6;
  }
}
