package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.storage.embedded.TestPostgres;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches read little more than they return, among 120,000 events of six days and 100 cameras: one
 * every 4.3 s, a few of them logged a day late.
 */
class EventPlanTest {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 1);
  private static final int DAYS = 6;
  private static final int LIMIT = 50;
  private static final Pattern ROWS =
      Pattern.compile("Scan .* on (events_p\\S*).*actual rows=(\\d+)[.\\d]* loops=(\\d+)");
  private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*: (\\d+)");

  @TempDir static Path directory;
  private static Database database;

  @BeforeAll
  static void fill() throws SQLException {
    database = CatalogueFixture.database(TestPostgres.database(directory));
    new DayPartitions(database, "events").makeAhead(FIRST_DAY, DAYS);
    long start = Micros.of(FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant());
    database.call(
        "filling",
        handle -> {
          handle.execute(
              "insert into events select ? + i * 4320000 + case when i % 5000 = 7 then 86400000000"
                  + " else 0 end + i, 'cam-' || case when i % 10 = 7 then 7 else i % 100 end, case"
                  + " when i % 1000 = 5 then 'plate' else 'motion' end, 'pulse', ? + i * 4320000,"
                  + " null, ? + i * 4320000, i % 5000 = 7, '', '{}', '{}' from"
                  + " generate_series(0::bigint, 119999) i",
              start, start, start);
          return handle.execute("vacuum analyze events");
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void oneCameraIsReadByItsIndex() {
    assertCheap(query(Set.of(new CameraId("cam-7")), Set.of(), "02T00:00", "05T00:00"), LIMIT);
  }

  @Test
  void aRareKindIsReadByItsIndex() {
    assertCheap(query(Set.of(), Set.of(EventKind.PLATE), "02T00:00", "05T00:00"), LIMIT);
  }

  @Test
  void aRareKindOfOneCameraSkipsTheRest() {
    assertCheap(
        query(Set.of(new CameraId("cam-5")), Set.of(EventKind.PLATE), "02T00:00", "05T00:00"),
        LIMIT);
  }

  @Test
  void allEventsOfAnHourAreNotLookedForInTheHoursAfterIt() {
    assertCheap(query(Set.of(), Set.of(), "03T01:00", "03T02:00"), LIMIT);
  }

  @Test
  void manyCamerasAreLookedForInTheTimeOnly() {
    Set<CameraId> half = new HashSet<>();
    for (int i = 0; i < 100; i += 2) {
      half.add(new CameraId("cam-" + i));
    }
    assertCheap(query(half, Set.of(), "03T01:00", "03T02:00"), LIMIT);
  }

  @Test
  void whatWasLoggedLateIsFoundToo() {
    EventLog.Query whole = query(Set.of(), Set.of(), "01T00:00", "07T00:00");
    List<EventLog.Entry> found =
        database.call("finding", handle -> EventSearch.find(handle, whole));
    assertThat(found).hasSize(LIMIT);
    TimeRange around =
        new TimeRange(Instant.parse("2026-11-01T06:00:00Z"), Instant.parse("2026-11-01T06:01:00Z"));
    List<EventLog.Entry> late =
        database.call(
            "finding",
            handle ->
                EventSearch.find(
                    handle, new EventLog.Query(Set.of(), Set.of(), around, Long.MAX_VALUE, 100)));
    assertThat(late).hasSize(14);
    assertThat(late.getFirst().number())
        .as("logged a day after the others")
        .isGreaterThan(late.get(1).number() + 80_000_000_000L);
  }

  private static void assertCheap(EventLog.Query query, int expected) {
    String plan =
        database.call(
            "explaining",
            handle -> {
              try (Query explain =
                  handle.createQuery(
                      "explain (analyze, costs off, timing off, buffers off) "
                          + EventSearch.statement(query))) {
                return String.join(
                    "\n", EventSearch.bind(explain, query).mapTo(String.class).list());
              }
            });
    List<EventLog.Entry> found =
        database.call("finding", handle -> EventSearch.find(handle, query));
    assertThat(found).hasSize(expected);
    assertThat(plan).doesNotContain("Seq Scan on events");
    long read = 0;
    for (Matcher rows = ROWS.matcher(plan); rows.find(); ) {
      read += Long.parseLong(rows.group(2)) * Long.parseLong(rows.group(3));
    }
    for (Matcher removed = REMOVED.matcher(plan); removed.find(); ) {
      read += Long.parseLong(removed.group(1));
    }
    assertThat(read).as(plan).isBetween((long) expected, 40L * expected);
  }

  private static EventLog.Query query(
      Set<CameraId> cameras, Set<EventKind> kinds, String from, String to) {
    return new EventLog.Query(
        cameras,
        kinds,
        new TimeRange(
            Instant.parse("2026-11-" + from + ":00Z"), Instant.parse("2026-11-" + to + ":00Z")),
        Long.MAX_VALUE,
        LIMIT);
  }
}
