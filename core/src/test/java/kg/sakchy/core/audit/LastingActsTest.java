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
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastingActsTest {
  private static final Instant T0 = Instant.parse("2026-11-22T08:00:00Z");
  private static final LastingAct WATCHING =
      new LastingAct(
          new Actor("aida", "session 1"), AuditAction.VIEW_LIVE, new CameraId("gate"), "websocket");

  private final FakeClock clock = new FakeClock(T0);
  private final InMemoryAuditLog log = new InMemoryAuditLog();
  private final FaultSwitch faults = new FaultSwitch();
  private final LastingActs acts = new LastingActs(new FailingAuditLog(log, faults), clock);

  @AfterEach
  void close() {
    faults.mend();
    acts.close();
  }

  @Test
  void eightHoursAreTenRecordsThatTellWhatWasDelivered() {
    LastingActs.Hold hold = acts.begin(WATCHING);
    for (int minute = 0; minute < 8 * 60; minute++) {
      Instant from = clock.now();
      clock.advance(Duration.ofMinutes(1));
      hold.delivered(new TimeRange(from, clock.now()));
      acts.round();
    }
    hold.close();
    hold.close();
    acts.round();
    acts.round();
    List<AuditEvent> all = log.all();
    assertThat(all).hasSize(10).allMatch(event -> event.object().equals("camera gate"));
    assertThat(all)
        .extracting(event -> event.details().get("phase"))
        .containsExactly(
            "begin", "goes on", "goes on", "goes on", "goes on", "goes on", "goes on", "goes on",
            "goes on", "end");
    assertThat(all.get(1).details())
        .isEqualTo(
            Map.of(
                "act", "1",
                "phase", "goes on",
                "since", "2026-11-22T08:00:00Z",
                "until", "2026-11-22T09:00:00Z",
                "ranges", "2026-11-22T08:00:00Z/2026-11-22T09:00:00Z",
                "way", "websocket"));
    assertThat(all.getLast().details()).containsEntry("until", "2026-11-22T16:00:00Z");
  }

  @Test
  void whatCannotBeRecordedDoesNotBegin() {
    faults.fail(ErrorKind.UNAVAILABLE);
    ObjectStoreContract.assertFails(ErrorKind.UNAVAILABLE, () -> acts.begin(WATCHING));
    ObjectStoreContract.assertFails(ErrorKind.UNAVAILABLE, () -> acts.request(WATCHING, null));
    faults.mend();
    acts.round();
    assertThat(log.all()).isEmpty();
  }

  @Test
  void anEndThatCannotBeRecordedIsRecordedLaterWithAllOfIt() {
    LastingActs.Hold hold = acts.begin(WATCHING);
    hold.delivered(new TimeRange(T0, T0.plusSeconds(10)));
    faults.fail(ErrorKind.UNAVAILABLE);
    hold.close();
    acts.round();
    assertThat(log.all()).hasSize(1);
    clock.advance(Duration.ofMinutes(5));
    faults.mend();
    acts.round();
    assertThat(log.all()).hasSize(2);
    assertThat(log.all().getLast().details())
        .containsEntry("until", T0.toString())
        .containsEntry("ranges", "2026-11-22T08:00:00Z/2026-11-22T08:00:10Z");
  }

  @Test
  void manyRequestsAreOneActUntilAMinutePasses() {
    for (int i = 0; i < 100; i++) {
      Instant from = T0.plusSeconds(4L * i);
      acts.request(WATCHING, new TimeRange(from, from.plusSeconds(4)));
      clock.advance(Duration.ofSeconds(4));
      acts.round();
    }
    assertThat(log.all()).hasSize(1);
    clock.advance(Duration.ofSeconds(61));
    acts.round();
    assertThat(log.all()).hasSize(2);
    assertThat(log.all().getLast().details())
        .containsEntry("ranges", "2026-11-22T08:00:00Z/2026-11-22T08:06:40Z");
    acts.request(WATCHING, null);
    assertThat(log.all()).hasSize(3);
  }

  @Test
  void whoJumpsAboutIsRecordedWithoutLosingAStretch() {
    LastingActs.Hold hold = acts.begin(WATCHING);
    for (int i = 0; i < 40; i++) {
      Instant from = T0.plusSeconds(1_000L * i);
      hold.delivered(new TimeRange(from, from.plusSeconds(1)));
      acts.round();
    }
    hold.close();
    acts.round();
    long told =
        log.all().stream()
            .flatMap(event -> event.details().entrySet().stream())
            .filter(detail -> detail.getKey().startsWith("ranges"))
            .mapToLong(detail -> detail.getValue().split(" ", -1).length)
            .sum();
    assertThat(told).isEqualTo(40);
    assertThat(log.all()).hasSize(4);
  }

  @Test
  void whatWasDeliveredIsBoundedAndJoined() {
    DeliveredRanges ranges = new DeliveredRanges();
    for (int i = 0; i < 500; i++) {
      Instant from = T0.plusSeconds(10L * ((i * 7) % 500));
      ranges.add(new TimeRange(from, from.plusSeconds(1)));
    }
    assertThat(ranges.details()).hasSize(4);
    assertThat(ranges.details().get("ranges")).startsWith("2026-11-22T08:00:00Z/");
    DeliveredRanges joined = new DeliveredRanges();
    joined.add(new TimeRange(T0.plusSeconds(20), T0.plusSeconds(30)));
    joined.add(new TimeRange(T0, T0.plusSeconds(10)));
    joined.add(new TimeRange(T0.plusSeconds(9), T0.plusSeconds(19)));
    assertThat(joined.details())
        .isEqualTo(Map.of("ranges", "2026-11-22T08:00:00Z/2026-11-22T08:00:30Z"));
  }

  @Test
  void closingTellsWhatHadNotEnded() {
    acts.begin(WATCHING);
    acts.request(WATCHING, null);
    acts.close();
    assertThat(log.all())
        .extracting(event -> event.details().get("phase"))
        .containsExactly("begin", "begin", "end", "end");
  }
}
