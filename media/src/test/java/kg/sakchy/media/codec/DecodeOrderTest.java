package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodeOrderTest {
  @Test
  void withoutReorderingDecodingTimeIsPresentationTime() {
    DecodeOrder order = new DecodeOrder(0, 3_600);
    for (long pts : new long[] {70, 71, 9_000, 9_001}) {
      assertThat(order.accepts(pts)).isTrue();
      assertThat(order.next(pts)).isEqualTo(pts);
    }
  }

  @Test
  void decodingTimesAreThePresentationTimesSortedAndLate() {
    DecodeOrder order = new DecodeOrder(2, 10);
    List<Long> times = new ArrayList<>();
    for (long pts : new long[] {100, 140, 120, 110, 130, 180, 160, 150, 170}) {
      assertThat(order.accepts(pts)).isTrue();
      times.add(order.next(pts));
    }
    assertThat(times).containsExactly(80L, 90L, 100L, 110L, 120L, 130L, 140L, 150L, 160L);
  }

  @Test
  void saysHowDeepItShouldHaveBeen() {
    DecodeOrder order = new DecodeOrder(0, 10);
    order.next(0);
    order.next(40);
    order.next(50);
    assertThat(order.accepts(20)).isFalse();
    assertThat(order.depthNeeded(20)).isEqualTo(2);
    assertThat(order.accepts(50)).as("the same time again").isFalse();
    assertThat(order.depthNeeded(50)).isZero();
  }

  @Test
  void timeThatWentBackIsNoReordering() {
    DecodeOrder order = new DecodeOrder(1, 10);
    for (int i = 0; i < 40; i++) {
      order.next(1_000 + 10L * i);
    }
    assertThat(order.accepts(500)).isFalse();
    assertThat(order.depthNeeded(500)).isGreaterThan(DecodeOrder.MAX_DEPTH);
  }

  @Test
  void anyOrderWithinTheDepthIsAcceptedAlsoWithPicturesMissing() {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      int depth = random.nextInt(5);
      DecodeOrder order = new DecodeOrder(depth, 1 + random.nextInt(20));
      long last = Long.MIN_VALUE;
      for (long pts : shuffledWithin(depth, random)) {
        if (random.nextInt(8) == 0 && order.count() > 0) {
          continue; // lost
        }
        assertThat(order.accepts(pts)).isTrue();
        long dts = order.next(pts);
        assertThat(dts).isGreaterThan(last).isLessThanOrEqualTo(pts);
        last = dts;
      }
    }
  }

  /** Rising times, then each moved ahead of at most {@code depth} others; the first stays first. */
  private static long[] shuffledWithin(int depth, Random random) {
    long[] times = new long[60];
    for (int i = 1; i < times.length; i++) {
      times[i] = times[i - 1] + 1 + random.nextInt(30);
    }
    for (int i = 1; i + depth < times.length; i += depth + 1) {
      long[] group = Arrays.copyOfRange(times, i, i + depth + 1);
      int later = random.nextInt(depth + 1);
      times[i] = group[later];
      for (int j = 0, k = i + 1; j <= depth; j++) {
        if (j != later) {
          times[k++] = group[j];
        }
      }
    }
    return times;
  }
}
