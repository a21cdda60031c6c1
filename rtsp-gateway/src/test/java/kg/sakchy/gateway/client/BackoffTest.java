package kg.sakchy.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration LEAST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Backoff backoff = new Backoff(LEAST, MOST, new Random(1));

  @Test
  void waitsAreDrawnBelowABoundThatDoublesUpToTheLongest() {
    Duration bound = LEAST;
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 200; i++) {
      Duration wait = backoff.next(false);
      assertThat(wait).isBetween(Duration.ZERO, bound);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      bound = bound.multipliedBy(2).compareTo(MOST) > 0 ? MOST : bound.multipliedBy(2);
    }
    assertThat(longest).isGreaterThan(MOST.dividedBy(2));
  }

  @Test
  void resetBeginsWithShortWaits() {
    for (int i = 0; i < 10; i++) {
      backoff.next(false);
    }
    backoff.reset();

    assertThat(backoff.next(false)).isLessThanOrEqualTo(LEAST);
  }

  @Test
  void secondRefusalInARowWaitsLong() {
    assertThat(backoff.next(true)).isLessThanOrEqualTo(LEAST);
    assertThat(backoff.next(true)).isEqualTo(MOST.multipliedBy(10));
    assertThat(backoff.next(true)).isEqualTo(MOST.multipliedBy(10));
    assertThat(backoff.next(false)).isLessThanOrEqualTo(MOST);
  }

  @Test
  void veryLongBoundsDoNotOverflow() {
    Backoff slow = new Backoff(Duration.ofDays(1), Duration.ofDays(2), new Random(1));
    for (int i = 0; i < 100; i++) {
      assertThat(slow.next(false)).isBetween(Duration.ZERO, Duration.ofDays(2));
    }
  }
}
