package kg.sakchy.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import kg.sakchy.core.FakeClock;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));

  @Test
  void aBucketGivesABurstAndThenItsRate() {
    TokenBucket bucket = new TokenBucket(clock, new TokenBucket.Rate(10, 30));
    assertThat(IntStream.range(0, 100).filter(i -> bucket.take()).count()).isEqualTo(30);
    Duration wait = bucket.tryTake();
    assertThat(wait).isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
    clock.advance(wait);
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isFalse();
    clock.advance(Duration.ofSeconds(2));
    assertThat(IntStream.range(0, 100).filter(i -> bucket.take()).count()).isEqualTo(20);
    clock.advance(Duration.ofDays(1));
    assertThat(IntStream.range(0, 100).filter(i -> bucket.take()).count()).isEqualTo(30);
  }

  @Test
  void eachHasABucketOfItsOwnAndOthersDoNotEmptyIt() {
    TokenBuckets buckets = new TokenBuckets(clock, new TokenBucket.Rate(1, 2));
    assertThat(buckets.tryTake("a")).isZero();
    assertThat(buckets.tryTake("a")).isZero();
    assertThat(buckets.tryTake("a")).isPositive();
    assertThat(buckets.tryTake("b")).isZero();
  }

  @Test
  void whoeverSendsFromManyAddressesFillsNoMemory() {
    TokenBuckets buckets = new TokenBuckets(clock, new TokenBucket.Rate(1, 1));
    assertThat(buckets.tryTake("first")).isZero();
    for (int i = 0; i < 30_000; i++) {
      assertThat(buckets.tryTake("other" + i)).isZero();
    }
    assertThat(buckets.tryTake("first")).as("forgotten").isZero();
    assertThat(buckets.tryTake("other29999")).as("kept").isPositive();
  }

  @Test
  void connectionsAreCountedInAllAndByAddress() {
    ConnectionCount count = new ConnectionCount(3, 2);
    assertThat(count.enter("a")).isEqualTo(ConnectionCount.Entry.TAKEN);
    assertThat(count.enter("a")).isEqualTo(ConnectionCount.Entry.TAKEN);
    assertThat(count.enter("a")).isEqualTo(ConnectionCount.Entry.TOO_MANY_OF_ADDRESS);
    assertThat(count.enter("b")).isEqualTo(ConnectionCount.Entry.TAKEN);
    assertThat(count.enter("c")).isEqualTo(ConnectionCount.Entry.TOO_MANY);
    assertThat(count.open()).isEqualTo(3);
    count.leave("a");
    assertThat(count.enter("c")).isEqualTo(ConnectionCount.Entry.TAKEN);
  }
}
