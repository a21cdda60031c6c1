package kg.sakchy.core.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Holds off who guesses: after some attempts each one makes the next wait twice as long, up to a
 * longest wait. Attempts that are held off cost a look into a table and are not counted.
 *
 * <p>An attempt counts as failed from its beginning, so that many at the same moment are not
 * cheaper than one after the other. Time is the monotonic clock's: setting the clock frees nobody.
 * The table is bounded; the key not used for longest gives way.
 *
 * <p>Threads: safe for use by many threads; does not block.
 */
final class Throttle {
  private static final int KEYS = 20_000;

  private final VmsClock clock;
  private final Pace pace;
  private final Map<String, Attempts> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
          return size() > KEYS;
        }
      };

  /**
   * How fast somebody may guess.
   *
   * @param free attempts that never wait
   * @param first wait after them
   * @param longest wait; after twice as long without an attempt all are forgotten
   */
  record Pace(int free, Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    /** How long after an attempt the next one is heard, when so many have failed. */
    Duration delay(int failures) {
      if (failures < free) {
        return Duration.ZERO;
      }
      Duration delay = first.multipliedBy(1L << Math.min(failures - free, MOST_DOUBLINGS));
      return delay.compareTo(longest) < 0 ? delay : longest;
    }
  }

  private record Attempts(int failed, long lastNanos) {}

  Throttle(VmsClock clock, Pace pace) {
    this.clock = clock;
    this.pace = pace;
  }

  /**
   * Counts an attempt, or holds it off.
   *
   * @throws VmsException RESOURCE_EXHAUSTED while it must wait
   */
  synchronized void begin(String key) {
    attempts.put(key, new Attempts(look(key) + 1, clock.nanoTime()));
  }

  /**
   * Holds an attempt off without counting it.
   *
   * @return how many failed before
   * @throws VmsException RESOURCE_EXHAUSTED while it must wait
   */
  synchronized int look(String key) {
    Attempts before = attempts.get(key);
    if (before == null) {
      return 0;
    }
    Duration since = Duration.ofNanos(clock.nanoTime() - before.lastNanos());
    Duration left = pace.delay(before.failed()).minus(since);
    if (left.isPositive()) {
      throw heldOff(left);
    }
    return since.compareTo(pace.longest().multipliedBy(2)) > 0 ? 0 : before.failed();
  }

  /** The attempt was right: it does not count. */
  synchronized void takeBack(String key) {
    attempts.computeIfPresent(
        key,
        (name, known) ->
            known.failed() <= 1 ? null : new Attempts(known.failed() - 1, known.lastNanos()));
  }

  /** The attempt was right, and so nobody guesses: none counts. */
  synchronized void forget(String key) {
    attempts.remove(key);
  }

  /** The refusal of who must wait. */
  static VmsException heldOff(Duration left) {
    return new VmsException(
            ErrorKind.RESOURCE_EXHAUSTED, "too many attempts failed; try again later")
        .with(VmsException.RETRY_AFTER_SECONDS, left.toSeconds() + 1);
  }
}
