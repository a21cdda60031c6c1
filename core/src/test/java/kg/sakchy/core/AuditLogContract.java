package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvent.Result;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.audit.AuditLog.Entry;
import kg.sakchy.core.audit.AuditLog.Query;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} promises. A test class implements it and names its log. */
public interface AuditLogContract {
  Instant T0 = Instant.parse("2026-11-22T23:59:58.123456Z");

  /** The log under test, empty at the beginning of each test. */
  AuditLog log();

  @Test
  default void keepsEveryField() {
    AuditEvent full =
        new AuditEvent(
            T0,
            "aida",
            "session 4f2a from 10.1.2.3",
            AuditAction.VIEW_ARCHIVE,
            "camera school-5-yard",
            "case 17 \"yard\"\n\\ \u0001 ж 😀",
            Result.REFUSED,
            new TreeMap<>(Map.of("from", "2026", "to", "", "ключ", "значение")));
    AuditEvent bare = event(1, "system", AuditAction.SYSTEM, "");
    log().append(full);
    log().append(bare);
    assertThat(log().find(all())).containsExactly(new Entry(2, bare), new Entry(1, full));
  }

  @Test
  default void keepsEveryActionAndResult() {
    List<AuditEvent> events = new ArrayList<>();
    for (AuditAction action : AuditAction.values()) {
      for (Result result : Result.values()) {
        events.add(AuditEvent.of(T0, "aida", "test", action, "", result));
      }
    }
    events.forEach(log()::append);
    assertThat(events(all())).isEqualTo(events.reversed());
  }

  @Test
  default void whatNoDatabaseCanHoldIsCutAndNothingFails() {
    TreeMap<String, String> many = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      many.put("name-%03d\0".formatted(i), "\0\ud800x" + "я".repeat(9_000));
    }
    String long1 = "\udc00\0" + "a".repeat(5_000);
    log()
        .append(
            new AuditEvent(
                T0.plusNanos(7),
                long1,
                long1,
                AuditAction.SYSTEM,
                long1,
                long1,
                Result.DONE,
                many));
    AuditEvent kept = log().find(all()).getFirst().event();
    assertThat(kept.at()).isEqualTo(T0);
    assertThat(kept.actor()).isEqualTo("a".repeat(198));
    assertThat(kept.reason()).isEqualTo("a".repeat(998));
    assertThat(kept.details()).hasSize(32).containsEntry("name-031", "x" + "я".repeat(997));
  }

  @Test
  default void findsByActorObjectActionAndTime() {
    AuditEvent a = event(0, "aida", AuditAction.VIEW_LIVE, "camera gate");
    AuditEvent b = event(1, "bakyt", AuditAction.VIEW_LIVE, "camera gate");
    AuditEvent c = event(2, "aida", AuditAction.STEER, "camera yard");
    List.of(a, b, c).forEach(log()::append);
    assertThat(events(query("aida", null, Set.of(), 0, 10))).containsExactly(c, a);
    assertThat(events(query(null, "camera gate", Set.of(), 0, 10))).containsExactly(b, a);
    assertThat(events(query("aida", "camera gate", Set.of(), 0, 10))).containsExactly(a);
    assertThat(events(query(null, null, Set.of(AuditAction.STEER), 0, 10))).containsExactly(c);
    assertThat(events(query(null, null, Set.of(), 1, 2))).containsExactly(b);
    assertThat(events(query("nobody", null, Set.of(), 0, 10))).isEmpty();
  }

  @Test
  default void pagesMeetWithoutHolesOrOverlaps() {
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      events.add(event(i * 7_200L, "aida", AuditAction.VIEW_LIVE, "camera " + i));
      log().append(events.getLast());
    }
    List<AuditEvent> paged = new ArrayList<>();
    long before = Long.MAX_VALUE;
    List<Entry> page = log().find(page(before));
    while (!page.isEmpty()) {
      page.forEach(entry -> paged.add(entry.event()));
      before = page.getLast().number();
      page = log().find(page(before));
    }
    assertThat(paged).isEqualTo(events.reversed());
  }

  @Test
  default void anActIsRecordedWithItsResultOrThatItFailed() {
    AuditEvent event = event(0, "aida", AuditAction.CHANGE_CAMERA, "camera gate");
    assertThat(log().inOneAct(event, () -> "done")).isEqualTo("done");
    assertThatThrownBy(() -> log().inOneAct(event, () -> refuse(ErrorKind.CONFLICT)))
        .hasMessage("no");
    assertThatThrownBy(() -> log().inOneAct(event, () -> refuse(ErrorKind.PERMISSION_DENIED)))
        .hasMessage("no");
    assertThat(events(all()))
        .containsExactly(
            event.failed(new VmsException(ErrorKind.PERMISSION_DENIED, "no")),
            event.failed(new VmsException(ErrorKind.CONFLICT, "no")),
            event);
    assertThat(log().find(all()))
        .extracting(entry -> entry.event().result())
        .containsExactly(Result.REFUSED, Result.FAILED, Result.DONE);
  }

  @Test
  default void manyWritersLeaveNoHole() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      String actor = "writer-" + writer;
      tasks.add(
          () -> {
            for (int i = 0; i < 20; i++) {
              AuditEvent event = event(i, actor, AuditAction.STEER, "camera gate");
              if (i % 2 == 0) {
                log().append(event);
              } else {
                log().inOneAct(event, () -> "done");
              }
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
    assertThat(found.reversed().stream().map(Entry::number))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 160).boxed().toList());
    assertThat(found.reversed().stream().filter(entry -> entry.event().actor().equals("writer-3")))
        .extracting(entry -> entry.event().at())
        .isSorted();
  }

  private static String refuse(ErrorKind kind) {
    throw new VmsException(kind, "no");
  }

  private List<AuditEvent> events(Query query) {
    return log().find(query).stream().map(Entry::event).toList();
  }

  private static Query query(
      @Nullable String actor,
      @Nullable String object,
      Set<AuditAction> actions,
      long from,
      long to) {
    return new Query(actor, object, actions, range(from, to), Long.MAX_VALUE, 100);
  }

  private static Query page(long before) {
    return new Query(null, null, Set.of(), range(0, 1_000_000), before, 10);
  }

  private static Query all() {
    return new Query(null, null, Set.of(), range(-1_000_000, 1_000_000), Long.MAX_VALUE, 1_000);
  }

  private static TimeRange range(long fromSeconds, long toSeconds) {
    return new TimeRange(T0.plusSeconds(fromSeconds), T0.plusSeconds(toSeconds));
  }

  private static AuditEvent event(long second, String actor, AuditAction action, String object) {
    return AuditEvent.of(T0.plusSeconds(second), actor, "test", action, object, Result.DONE);
  }
}
