package kg.sakchy.onvif.event;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a camera keeps a subscription, and when to renew it: at half its life.
 *
 * <p>Cameras answer one minute with ten, with none ("now"), and with dates of another year. What
 * they say is the difference between their two times; where that is absurd, they are taken to have
 * granted what was asked.
 *
 * @param granted how long the subscription lasts
 * @param absurd whether the camera's answer made no sense, so that the next request had better name
 *     an absolute time
 * @param renewAtNanos when to renew it, monotonic
 */
record Lease(Duration granted, boolean absurd, long renewAtNanos) {
  /** Shorter leases than that are not meant. */
  static final Duration LEAST = Duration.ofSeconds(8);

  /** Longer ones are misread dates. */
  static final Duration MOST = Duration.ofHours(24);

  /** We look in at least this often, whatever the camera promises. */
  private static final Duration RENEW_AFTER_AT_MOST = Duration.ofMinutes(10);

  /**
   * Reads an answer.
   *
   * @param asked what was asked for
   * @param current the camera's CurrentTime, or null
   * @param termination its TerminationTime, or null
   * @param nowNanos monotonic
   */
  static Lease of(
      Duration asked, @Nullable Instant current, @Nullable Instant termination, long nowNanos) {
    Duration told =
        current == null || termination == null
            ? Duration.ZERO
            : Duration.between(current, termination);
    boolean absurd = told.compareTo(LEAST) < 0 || told.compareTo(MOST) > 0;
    Duration granted = absurd ? asked : told;
    Duration half = granted.dividedBy(2);
    Duration renewAfter = half.compareTo(RENEW_AFTER_AT_MOST) > 0 ? RENEW_AFTER_AT_MOST : half;
    return new Lease(granted, absurd, nowNanos + renewAfter.toNanos());
  }

  /** Whether it must be renewed before something that takes so long. */
  boolean endsWithin(Duration duration, long nowNanos) {
    return nowNanos + duration.toNanos() - renewAtNanos >= 0;
  }
}
