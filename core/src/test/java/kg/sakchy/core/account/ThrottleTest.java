package kg.sakchy.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.limit.AddressKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final Throttle throttle =
      new Throttle(clock, new Throttle.Pace(3, Duration.ofSeconds(1), Duration.ofSeconds(60)));

  private void attempt(String key, int times) {
    for (int i = 0; i < times; i++) {
      throttle.begin(key);
    }
  }

  private long waits(String key) {
    VmsException held = catchThrowableOfType(VmsException.class, () -> throttle.begin(key));
    assertThat(held.kind()).isEqualTo(ErrorKind.RESOURCE_EXHAUSTED);
    return Long.parseLong("" + held.context().get(VmsException.RETRY_AFTER_SECONDS));
  }

  @Test
  void eachAttemptMakesTheNextWaitTwiceAsLong() {
    attempt("a", 3);
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(waits("a")).isEqualTo(seconds + 1);
      clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThatThrownBy(() -> throttle.begin("a")).isInstanceOf(VmsException.class);
      clock.advance(Duration.ofNanos(1));
      throttle.begin("a");
    }
  }

  @Test
  void othersAreNotHeldOff() {
    attempt("a", 3);
    assertThatThrownBy(() -> throttle.begin("a")).isInstanceOf(VmsException.class);
    assertThatCode(() -> attempt("b", 3)).doesNotThrowAnyException();
  }

  @Test
  void aRightOneForgetsTheWrongOnes() {
    attempt("a", 3);
    throttle.forget("a");
    assertThatCode(() -> attempt("a", 3)).doesNotThrowAnyException();
  }

  @Test
  void whatIsTakenBackDoesNotCount() {
    attempt("a", 3);
    throttle.takeBack("a");
    throttle.begin("a");
    assertThatThrownBy(() -> throttle.begin("a")).isInstanceOf(VmsException.class);
  }

  @Test
  void settingTheClockFreesNobody() {
    attempt("a", 3);
    clock.step(Duration.ofDays(1));
    assertThat(waits("a")).isEqualTo(2);
    clock.step(Duration.ofDays(-2));
    assertThat(waits("a")).isEqualTo(2);
  }

  @Test
  void afterALongWhileAllIsForgotten() {
    attempt("a", 3);
    clock.advance(Duration.ofSeconds(121));
    assertThatCode(() -> attempt("a", 3)).doesNotThrowAnyException();
  }

  @Test
  void theTableIsBounded() {
    attempt("a", 3);
    for (int i = 0; i < 25_000; i++) {
      throttle.begin("other " + i);
    }
    assertThatCode(() -> throttle.begin("a")).as("forgotten").doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "2001:db8::1, 2001:db8::ffff:ffff, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "::ffff:10.1.2.3, 10.1.2.3, true",
  })
  void anIpv6NetworkIsOneAddress(String one, String other, boolean same) {
    assertThat(AddressKey.of(one).equals(AddressKey.of(other))).isEqualTo(same);
    assertThat(AddressKey.of("x".repeat(10_000_000))).hasSizeLessThan(20);
  }
}
