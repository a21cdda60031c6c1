package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
  private static final SecretHash SECRET = SecretHash.of("secret");
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final RecentEntries entries = new RecentEntries(clock);
  private final AtomicInteger asked = new AtomicInteger();
  private final RecentEntries.Entry entry =
      new RecentEntries.Entry(
          Caller.of(new AccountId("aida"), "Aida", "session"),
          Instant.parse("2026-11-22T12:10:00Z"));

  private RecentEntries.Entry answer() {
    asked.incrementAndGet();
    return entry;
  }

  private Supplier<RecentEntries.Entry> fails(ErrorKind kind) {
    return () -> {
      asked.incrementAndGet();
      throw new VmsException(kind, "no");
    };
  }

  @Test
  void forTwoSecondsNobodyIsAsked() {
    entries.find(SECRET, this::answer);
    clock.advance(Duration.ofMillis(1_999));
    assertThat(entries.find(SECRET, fails(ErrorKind.UNAUTHENTICATED))).isEqualTo(entry);
    assertThat(asked).hasValue(1);
  }

  @Test
  void withoutTheDatabaseWhoWasInStaysInForFiveMinutesAndItIsAskedSeldom() {
    entries.find(SECRET, this::answer);
    for (int tenths = 0; tenths < 2_990; tenths++) {
      clock.advance(Duration.ofMillis(100));
      assertThat(entries.find(SECRET, fails(ErrorKind.UNAVAILABLE))).isEqualTo(entry);
    }
    assertThat(asked).hasValueBetween(100, 151);
    clock.advance(Duration.ofSeconds(3));
    assertThatThrownBy(() -> entries.find(SECRET, fails(ErrorKind.UNAVAILABLE)))
        .isInstanceOf(VmsException.class);
  }

  @Test
  void whoIsRefusedIsForgotten() {
    entries.find(SECRET, this::answer);
    clock.advance(Duration.ofSeconds(2));
    assertThatThrownBy(() -> entries.find(SECRET, fails(ErrorKind.UNAUTHENTICATED)))
        .isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> entries.find(SECRET, fails(ErrorKind.UNAVAILABLE)))
        .isInstanceOf(VmsException.class);
  }

  @Test
  void anEndIsAnEndWhateverIsRemembered() {
    clock.advance(Duration.ofMinutes(9).plusSeconds(59));
    entries.find(SECRET, this::answer);
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> entries.find(SECRET, fails(ErrorKind.UNAVAILABLE)))
        .isInstanceOf(VmsException.class);
  }
}
