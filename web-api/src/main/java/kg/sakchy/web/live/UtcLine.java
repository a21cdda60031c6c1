package kg.sakchy.web.live;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What media time means in UTC, as far as arrivals tell: frames come late by a delay that varies
 * and never early, so the frame with the least delay of some seconds tells best ({@code
 * design/time.md}).
 *
 * <p>Threads: one.
 */
final class UtcLine {
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private @Nullable Instant origin;
  private @Nullable Instant least;
  private long windowEnd;

  /** Forgets everything: media time begins to mean something else. */
  void clear() {
    origin = null;
    least = null;
  }

  /** A frame of a media time has arrived. */
  void arrived(long mediaTicks, Instant arrival) {
    Instant zero = arrival.minus(MediaTicks.duration(mediaTicks));
    Instant known = least;
    if (known == null || zero.isBefore(known)) {
      least = zero;
    }
    if (origin == null) {
      windowEnd = mediaTicks + MediaTicks.of(WINDOW);
      origin = zero;
    } else if (mediaTicks >= windowEnd || zero.isBefore(origin)) {
      windowEnd = mediaTicks + MediaTicks.of(WINDOW);
      origin = least;
      least = zero;
    }
  }

  /** UTC of a media time. */
  Instant at(long mediaTicks) {
    Instant zero = origin;
    if (zero == null) {
      throw new IllegalStateException("nothing has arrived");
    }
    return zero.plus(MediaTicks.duration(mediaTicks));
  }
}
