package kg.sakchy.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateWindowTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void isTheRateOfTheLastFewSeconds() {
    RateWindow window = new RateWindow();
    assertThat(window.perSecond()).isZero();
    window.sample(0, 0);
    assertThat(window.perSecond()).isZero();
    window.sample(SECOND, 25);
    assertThat(window.perSecond()).isEqualTo(25);

    for (int i = 2; i <= 10; i++) {
      window.sample(i * SECOND, 25 + (i - 1) * 10L);
    }
    assertThat(window.perSecond()).isEqualTo(10);

    window.reset();
    assertThat(window.perSecond()).isZero();
  }
}
