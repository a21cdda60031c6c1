package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Caller GUARD = Caller.of(new AccountId("guard"), "Guard", "test");
  private final FakeClock clock = new FakeClock(Instant.parse("2026-05-01T12:00:00Z"));
  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private volatile Supplier<Caller> answer = () -> GUARD;

  private Presence enter() throws InterruptedException {
    Presence presence =
        Presence.enter(
            (shown, address) -> {
              asked.add(address);
              return answer.get();
            },
            new Authentication.TokenKey("secret"),
            "10.0.0.1",
            clock);
    awaitAsked();
    return presence;
  }

  private void awaitAsked() throws InterruptedException {
    assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("10.0.0.1");
  }

  private static Supplier<Caller> refusal(ErrorKind kind) {
    return () -> {
      throw new VmsException(kind, "no");
    };
  }

  private static void awaitOver(Presence presence) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (presence.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void itIsLookedAtAgainOnceASecondWhileSomebodyAsks() throws Exception {
    Presence presence = enter();
    assertThat(presence.holds()).isTrue();
    clock.advance(Duration.ofMillis(999));
    assertThat(presence.holds()).isTrue();
    assertThat(asked).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(presence.holds()).isTrue();
    awaitAsked();
    assertThat(presence.caller()).isEqualTo(GUARD);
  }

  @Test
  void whoIsRefusedIsOutForGood() throws Exception {
    Presence presence = enter();
    answer = refusal(ErrorKind.UNAUTHENTICATED);
    clock.advance(Duration.ofSeconds(1));
    awaitOver(presence);
    answer = () -> GUARD;
    clock.advance(Duration.ofSeconds(10));
    assertThat(presence.holds()).isFalse();
  }

  @Test
  void whatIsAnotherAccountByNowIsOut() throws Exception {
    Presence presence = enter();
    answer = () -> Caller.of(new AccountId("other"), "Other", "test");
    clock.advance(Duration.ofSeconds(1));
    awaitOver(presence);
  }

  @Test
  void whileNobodyCanTellWhoIsInStaysIn() throws Exception {
    Presence presence = enter();
    answer = refusal(ErrorKind.UNAVAILABLE);
    clock.advance(Duration.ofSeconds(1));
    presence.holds();
    awaitAsked();
    clock.advance(Duration.ofSeconds(1));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (asked.isEmpty()) {
      assertThat(presence.holds()).isTrue();
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }
}
