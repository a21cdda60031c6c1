package kg.sakchy.recorder.upload;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: a random share of a bound that doubles, so that many who wait for
 * the same thing do not come back together.
 *
 * @param first bound of the first wait
 * @param longest bound of any wait
 */
public record Backoff(Duration first, Duration longest) {
  /** Half a second up to half a minute. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /**
   * How long to wait.
   *
   * @param failures attempts that failed in a row, 1 or more
   */
  Duration delay(int failures, RandomGenerator random) {
    long bound = first.toMillis() << Math.min(20, failures - 1);
    long most = Math.clamp(bound, 1, longest.toMillis());
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
