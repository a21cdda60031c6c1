package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class ConnectLimiterTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final ConnectLimiter limiter = new ConnectLimiter(40, clock);

  @Test
  void camerasComeBackEvenlySpaced() {
    for (int i = 0; i < 100; i++) {
      assertThat(limiter.takeTurn()).isEqualTo(Duration.ofMillis(25L * i));
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(limiter.takeTurn()).isEqualTo(Duration.ofMillis(1_500));
  }

  @Test
  void aQuietHourIsNoCredit() {
    clock.advance(Duration.ofHours(1));
    assertThat(limiter.takeTurn()).isZero();
    assertThat(limiter.takeTurn()).isEqualTo(Duration.ofMillis(25));
  }

  @Test
  void anInterruptedCallerIsCancelledAndStaysInterrupted() throws Exception {
    limiter.takeTurn();
    Thread caller =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  Thread.currentThread().interrupt();
                  assertThatThrownBy(limiter::await)
                      .isInstanceOfSatisfying(
                          VmsException.class,
                          e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                });
    Throwable[] failure = new Throwable[1];
    caller.setUncaughtExceptionHandler((_, e) -> failure[0] = e);
    caller.start();
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(failure[0]).isNull();
  }
}
