package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadinessChecksTest {
  private final FakeClock clock = new FakeClock(TestServer.NOW);
  private final FaultSwitch store = new FaultSwitch();
  private final ReadinessChecks checks;

  ReadinessChecksTest() {
    Map<String, ReadinessChecks.Check> all = new LinkedHashMap<>();
    all.put("database", () -> "answers");
    all.put(
        "object store",
        () -> {
          store.pass();
          return "writable";
        });
    checks = ReadinessChecks.start(all, Duration.ofMillis(1), Duration.ofSeconds(5), clock);
  }

  @AfterEach
  void close() {
    checks.close();
  }

  private void awaitWords(String words) {
    Await.until(
        words,
        () -> checks.components().stream().map(Readiness.Component::words).anyMatch(words::equals));
  }

  @Test
  void resultsFollowTheChecksInTheirOrder() {
    awaitWords("writable");
    assertThat(checks.components())
        .extracting(Readiness.Component::name)
        .containsExactly("database", "object store");
    store.fail(ErrorKind.UNAVAILABLE);
    awaitWords("broken by the test");
    store.mend();
    awaitWords("writable");
  }

  @Test
  void aCheckThatHangsIsToldAndHoldsNobodyUp() {
    store.hold();
    Await.until("the check hangs", () -> store.waiting() == 1);
    clock.advance(Duration.ofSeconds(6));
    awaitWords("no answer for more than 5 s");
    store.mend();
    awaitWords("writable");
  }

  @Test
  void aFaultInACheckIsNotReady() {
    try (ReadinessChecks broken =
        ReadinessChecks.start(
            Map.of(
                "spool",
                () -> {
                  throw new IllegalStateException("password=secret");
                }),
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            clock)) {
      Await.until(
          "the fault is told",
          () -> broken.components().getFirst().words().contains("IllegalStateException"));
      assertThat(broken.components().getFirst().words()).doesNotContain("secret");
    }
  }
}
