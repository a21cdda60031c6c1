package kg.sakchy.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0,90000",
    "1,90000",
    "-1,90000",
    "3600,90000",
    "8589934592,90000",
    "-77777,48000",
    "5,8000"
  })
  void ticksAndDurationsConvertBothWays(long ticks, int rate) {
    Duration duration = new MediaTime(ticks, rate).toDuration();
    assertThat(MediaTime.ticks(duration, rate)).isEqualTo(ticks);
  }

  @ParameterizedTest
  @CsvSource({
    "90000,90000,8000,8000",
    "3000,90000,48000,1600",
    "1,90000,8000,0",
    "-3000,90000,48000,-1600"
  })
  void rescalesToTheNearestTick(long ticks, int from, int to, long expected) {
    assertThat(MediaTime.rescale(ticks, from, to)).isEqualTo(expected);
  }
}
