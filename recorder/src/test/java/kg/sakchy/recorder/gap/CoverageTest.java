package kg.sakchy.recorder.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static TimeRange range(long from, long until) {
    return new TimeRange(Instant.ofEpochSecond(from), Instant.ofEpochSecond(until));
  }

  @Test
  void joinsNeighboursInAnyOrder() {
    List<TimeRange> ranges = List.of(range(20, 30), range(0, 10), range(5, 12), range(13, 15));
    assertThat(Coverage.join(ranges, Duration.ofSeconds(1)))
        .containsExactly(range(0, 15), range(20, 30));
  }

  @Test
  void findsWhatIsMissing() {
    List<TimeRange> covered = List.of(range(30, 40), range(-5, 10), range(12, 20), range(90, 200));
    assertThat(Coverage.missing(range(0, 100), covered, Duration.ofSeconds(3)))
        .containsExactly(range(20, 30), range(40, 90));
    assertThat(Coverage.missing(range(0, 100), List.of(), Duration.ZERO))
        .containsExactly(range(0, 100));
    assertThat(Coverage.missing(range(0, 100), List.of(range(-9, 200)), Duration.ZERO)).isEmpty();
  }
}
