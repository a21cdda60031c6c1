package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.event.EventLog.Entry;
import kg.sakchy.core.event.EventLog.Query;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} promises. A test class implements it and names its log. */
public interface EventLogContract {
  Instant T0 = Instant.parse("2026-11-22T23:59:58.123456Z");
  CameraId GATE = new CameraId("gate");
  CameraId YARD = new CameraId("yard");

  /** The log under test, empty at the beginning of each test. */
  EventLog log();

  @Test
  default void keepsEveryField() {
    CameraEvent full =
        new CameraEvent(
            GATE,
            EventKind.PLATE,
            State.PULSE,
            T0,
            T0.minusSeconds(3_600),
            T0.plusMillis(80),
            "RuleEngine/Recognition/LicensePlate",
            Map.of("VideoSource", "0", "Rule", "Ворота \"1\""),
            Map.of("plate", "01KG123ABC", "likelihood", "0.93", "empty", ""));
    CameraEvent bare =
        new CameraEvent(YARD, EventKind.HEALTH, State.ACTIVE, T0, null, T0, "", Map.of(), Map.of());
    log().append(List.of(full, bare));
    assertThat(events(all())).containsExactly(bare, full);
  }

  @Test
  default void keepsEveryKindAndState() {
    List<CameraEvent> events = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      for (State state : State.values()) {
        events.add(event(GATE, kind, state, events.size()));
      }
    }
    log().append(events);
    assertThat(events(all())).isEqualTo(events.reversed());
  }

  @Test
  default void theNewestComeFirstWhateverTheirTimeSays() {
    CameraEvent first = motion(GATE, 10);
    CameraEvent late = motion(GATE, -Duration.ofDays(2).toSeconds());
    CameraEvent third = motion(GATE, 11);
    log().append(List.of(first));
    log().append(List.of(late, third));
    List<Entry> found = log().find(all());
    assertThat(found).extracting(Entry::event).containsExactly(third, late, first);
    assertThat(found.get(0).number()).isGreaterThan(found.get(1).number());
    assertThat(found.get(1).number()).isGreaterThan(found.get(2).number());
  }

  @Test
  default void findsByCameraKindAndTime() {
    CameraEvent a = motion(GATE, 0);
    CameraEvent b = motion(YARD, 1);
    CameraEvent c = event(GATE, EventKind.PLATE, State.PULSE, 2);
    CameraEvent d = motion(GATE, 3);
    log().append(List.of(a, b, c, d));
    assertThat(events(query(Set.of(GATE), Set.of(), 0, 10))).containsExactly(d, c, a);
    assertThat(events(query(Set.of(), Set.of(EventKind.MOTION), 0, 10))).containsExactly(d, b, a);
    assertThat(events(query(Set.of(GATE, YARD), Set.of(EventKind.MOTION), 1, 3)))
        .containsExactly(b);
    assertThat(events(query(Set.of(GATE), Set.of(EventKind.MOTION, EventKind.PLATE), 0, 3)))
        .containsExactly(c, a);
    assertThat(events(query(Set.of(), Set.of(), 1, 2))).containsExactly(b);
    assertThat(events(query(Set.of(new CameraId("nobody")), Set.of(), 0, 10))).isEmpty();
    assertThat(events(query(Set.of(), Set.of(EventKind.FACE), 0, 10))).isEmpty();
  }

  @Test
  default void findsAmongMoreCamerasThanFitAPage() {
    List<CameraEvent> events = new ArrayList<>();
    Set<CameraId> wanted = new java.util.HashSet<>();
    for (int i = 0; i < 200; i++) {
      CameraId camera = new CameraId("cam-" + i);
      events.add(motion(camera, i));
      if (i % 2 == 0) {
        wanted.add(camera);
      }
    }
    log().append(events);
    assertThat(log().find(new Query(wanted, Set.of(), range(0, 1_000), Long.MAX_VALUE, 7)))
        .extracting(entry -> entry.event().camera().value())
        .containsExactly(
            "cam-198", "cam-196", "cam-194", "cam-192", "cam-190", "cam-188", "cam-186");
  }

  @Test
  default void pagesMeetWithoutHolesOrOverlaps() {
    List<CameraEvent> events = new ArrayList<>();
    for (int i = 0; i < 57; i++) {
      events.add(motion(i % 3 == 0 ? YARD : GATE, i * 3_600L));
    }
    log().append(events.subList(0, 20));
    log().append(events.subList(20, 57));
    List<CameraEvent> paged = new ArrayList<>();
    long before = Long.MAX_VALUE;
    List<Entry> page = log().find(page(before, 10));
    while (!page.isEmpty()) {
      page.forEach(entry -> paged.add(entry.event()));
      before = page.getLast().number();
      page = log().find(page(before, 10));
    }
    assertThat(paged).isEqualTo(events.reversed());
  }

  @Test
  default void tellsListenersOfEachBatchAsItWasLogged() {
    List<List<Entry>> told = new ArrayList<>();
    log().onAppend(told::add);
    log().append(List.of(motion(GATE, 0), motion(GATE, 1)));
    log().append(List.of());
    log().append(List.of(motion(YARD, 2)));
    assertThat(told).hasSize(2);
    List<Entry> flat = told.stream().flatMap(List::stream).toList();
    assertThat(log().find(all())).isEqualTo(flat.reversed());
  }

  @Test
  default void manyWritersLoseNothing() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      CameraId camera = new CameraId("cam-" + writer);
      tasks.add(
          () -> {
            for (int i = 0; i < 10; i++) {
              log().append(List.of(motion(camera, 2L * i), motion(camera, 2L * i + 1)));
            }
            return true;
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
    List<Entry> found = log().find(all());
    assertThat(found).hasSize(160).extracting(Entry::number).doesNotHaveDuplicates();
    for (int writer = 0; writer < 8; writer++) {
      CameraId camera = new CameraId("cam-" + writer);
      assertThat(found.reversed().stream().map(Entry::event).filter(e -> e.camera().equals(camera)))
          .extracting(CameraEvent::at)
          .isSorted();
    }
  }

  private List<CameraEvent> events(Query query) {
    return log().find(query).stream().map(Entry::event).toList();
  }

  private static Query query(Set<CameraId> cameras, Set<EventKind> kinds, long from, long to) {
    return new Query(cameras, kinds, range(from, to), Long.MAX_VALUE, 100);
  }

  private static Query page(long before, int limit) {
    return new Query(Set.of(), Set.of(), range(0, 1_000_000), before, limit);
  }

  private static Query all() {
    return new Query(Set.of(), Set.of(), range(-1_000_000, 1_000_000), Long.MAX_VALUE, 1_000);
  }

  private static TimeRange range(long fromSeconds, long toSeconds) {
    return new TimeRange(T0.plusSeconds(fromSeconds), T0.plusSeconds(toSeconds));
  }

  private static CameraEvent motion(CameraId camera, long second) {
    return event(camera, EventKind.MOTION, State.ACTIVE, second);
  }

  private static CameraEvent event(CameraId camera, EventKind kind, State state, long second) {
    Instant at = T0.plusSeconds(second);
    return new CameraEvent(
        camera,
        kind,
        state,
        at,
        at,
        at.plusMillis(30),
        "VideoSource/MotionAlarm",
        Map.of("Source", "0"),
        Map.of("State", "true"));
  }
}
