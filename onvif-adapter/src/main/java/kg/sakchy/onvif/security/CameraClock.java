package kg.sakchy.onvif.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.time.VmsClock;

/**
 * What is known of a camera's clock: logins carry the camera's time, and cameras refuse one that is
 * seconds off.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class CameraClock {
  private static final Duration GOOD_FOR = Duration.ofHours(1);

  private final VmsClock clock;
  private List<Duration> readings = List.of();
  private int used;
  private long measuredAt;
  private boolean asked;

  public CameraClock(VmsClock clock) {
    this.clock = clock;
  }

  /** Whether to ask the camera again: never asked, or an hour ago. */
  public synchronized boolean isStale() {
    return !asked || clock.nanoTime() - measuredAt > GOOD_FOR.toNanos();
  }

  /**
   * The camera was asked.
   *
   * @param possible how far it may be ahead of ours, the likeliest first; empty if it did not tell
   */
  public synchronized void measured(List<Duration> possible) {
    if (!possible.isEmpty() || !asked) {
      readings = List.copyOf(possible);
      used = 0;
    }
    asked = true;
    measuredAt = clock.nanoTime();
  }

  /** The camera refused a login: its clock may have been read wrongly. Whether there is a next. */
  public synchronized boolean tryNextReading() {
    if (used + 1 >= readings.size()) {
      return false;
    }
    used++;
    return true;
  }

  /** How far the camera's clock is ahead of ours, if it ever told. */
  public synchronized Optional<Duration> offset() {
    return readings.isEmpty() ? Optional.empty() : Optional.of(readings.get(used));
  }

  /** The time on the camera's clock; ours if it never told. */
  public Instant now() {
    return clock.now().plus(offset().orElse(Duration.ZERO));
  }

  /** After a reboot, or a refusal: ask again. */
  public synchronized void forget() {
    asked = false;
  }
}
