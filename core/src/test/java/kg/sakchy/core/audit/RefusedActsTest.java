package kg.sakchy.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.FailingAuditLog;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedActsTest {
  private static final Instant T0 = Instant.parse("2026-11-22T08:00:00Z");
  private static final Actor AIDA = new Actor("aida", "session 1 from 10.1.2.3");

  private final FakeClock clock = new FakeClock(T0);
  private final InMemoryAuditLog log = new InMemoryAuditLog();
  private final FaultSwitch faults = new FaultSwitch();
  private final RefusedActs refused =
      new RefusedActs(new FailingAuditLog(log, faults), clock, Duration.ofDays(1));

  @AfterEach
  void close() {
    faults.mend();
    refused.close();
  }

  @Test
  void whoTriesADayLongIsOneRecordAnHourThatSaysHowOften() {
    refused.refused(AIDA, "getVideo", "camera gate");
    refused.round();
    assertThat(log.all()).hasSize(1);
    AuditEvent first = log.all().getFirst();
    assertThat(first.actor()).isEqualTo("aida");
    assertThat(first.origin()).isEqualTo(AIDA.origin());
    assertThat(first.action()).isEqualTo(AuditAction.ACCESS);
    assertThat(first.object()).isEqualTo("camera gate");
    assertThat(first.result()).isEqualTo(AuditEvent.Result.REFUSED);
    assertThat(first.details())
        .isEqualTo(Map.of("wanted", "getVideo", "times", "1", "since", T0.toString()));
    for (int minute = 0; minute < 24 * 60; minute++) {
      clock.advance(Duration.ofMinutes(1));
      for (int i = 0; i < 10; i++) {
        refused.refused(AIDA, "getVideo", "camera gate");
      }
      refused.round();
    }
    assertThat(log.all()).hasSize(25);
    assertThat(times(log.all())).isEqualTo(1 + 24 * 60 * 10);
  }

  @Test
  void differentThingsAndPeopleAreToldApart() {
    Actor bakyt = new Actor("bakyt", "test");
    refused.refused(AIDA, "getVideo", "camera gate");
    refused.refused(AIDA, "getVideo", "camera yard");
    refused.refused(AIDA, "getSnapshot", "camera gate");
    refused.refused(bakyt, "getVideo", "camera gate");
    refused.refused(new Actor("aida", "session 2"), "getVideo", "camera gate");
    refused.round();
    refused.round();
    assertThat(log.all()).hasSize(4);
    assertThat(times(log.all())).isEqualTo(5);
  }

  @Test
  void whoTriesEverythingFillsNothing() {
    for (int i = 0; i < 100_000; i++) {
      refused.refused(AIDA, "getVideo", "camera c" + i);
    }
    refused.round();
    assertThat(log.all()).hasSize(RefusedActs.MOST_OF_ONE + 1);
    assertThat(times(log.all())).isEqualTo(100_000);
    assertThat(log.all())
        .filteredOn(event -> "others".equals(event.details().get("wanted")))
        .singleElement()
        .satisfies(event -> assertThat(event.object()).isEmpty());
  }

  @Test
  void manyWhoTryFillNothingEither() {
    for (int i = 0; i < 50_000; i++) {
      refused.refused(new Actor("a" + i, "test"), "getVideo", "camera gate");
    }
    refused.round();
    assertThat(log.all()).hasSizeLessThan(10_100);
    assertThat(times(log.all())).isEqualTo(50_000);
  }

  @Test
  void roomIsFreeAgainAfterAnHour() {
    for (int i = 0; i < 100; i++) {
      refused.refused(AIDA, "getVideo", "camera c" + i);
    }
    refused.round();
    clock.advance(Duration.ofHours(2));
    refused.round();
    refused.refused(AIDA, "getVideo", "camera new");
    refused.round();
    assertThat(log.all().getLast().object()).isEqualTo("camera new");
  }

  @Test
  void whatCannotBeRecordedIsRecordedLater() {
    faults.fail(ErrorKind.UNAVAILABLE);
    refused.refused(AIDA, "getVideo", "camera gate");
    refused.round();
    refused.refused(AIDA, "getVideo", "camera gate");
    refused.round();
    assertThat(log.all()).isEmpty();
    faults.mend();
    refused.round();
    assertThat(times(log.all())).isEqualTo(2);
  }

  @Test
  void closingTellsTheRest() {
    refused.refused(AIDA, "getVideo", "camera gate");
    refused.round();
    refused.refused(AIDA, "getVideo", "camera gate");
    refused.round();
    assertThat(log.all()).hasSize(1);
    refused.close();
    assertThat(times(log.all())).isEqualTo(2);
  }

  private static long times(List<AuditEvent> events) {
    return events.stream().mapToLong(event -> Long.parseLong(event.details().get("times"))).sum();
  }
}
