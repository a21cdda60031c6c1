package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.FakeClock;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final FakeClock clock = new FakeClock(Instant.EPOCH);
  private final Pace pace = new Pace(clock, 100);

  @Test
  void stepsAreSpread() {
    assertThat(pace.next()).isZero();
    assertThat(pace.next()).isEqualTo(Duration.ofMillis(10));
    assertThat(pace.next()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void whoComesLateCatchesUpALittle() {
    pace.next();
    clock.advance(Duration.ofSeconds(30));
    int atOnce = 0;
    while (pace.next().isZero()) {
      atOnce++;
    }
    assertThat(atOnce).isEqualTo(6);
  }
}
