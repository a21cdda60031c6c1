package kg.sakchy.storage.catalogue;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.storage.embedded.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayPartitionsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final StreamId GATE = StreamId.main(new CameraId("gate"));

  @TempDir private Path directory;
  private Database database;
  private DayPartitions partitions;

  @BeforeEach
  void open() throws SQLException {
    DatabaseConfig config = TestPostgres.database(directory);
    database = CatalogueFixture.database(config);
    partitions = new DayPartitions(database, "segments");
    dropAll();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void makesTheDaysToComeOnce() {
    partitions.makeAhead(DAY, 3);
    partitions.makeAhead(DAY, 3);
    new DayPartitions(database, "segments").makeAhead(DAY, 3);
    assertThat(names())
        .containsExactly(
            "segments_p20261122", "segments_p20261123", "segments_p20261124", "segments_p20261125");
  }

  @Test
  void manyThatNeedTheSameDayMakeItOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        DayPartitions ofAnotherServer = new DayPartitions(database, "segments");
        Instant start = start(DAY.plusDays(i % 3));
        tasks.add(
            () -> {
              ofAnotherServer.require(start);
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(names()).hasSize(3);
  }

  @Test
  void dropsOldDaysThatAreEmptyAndNoOthers() {
    PostgresRecordingIndex index = index(partitions);
    Segment kept = segment(DAY.minusDays(20));
    index.add(kept);
    partitions.makeAhead(DAY.minusDays(21), 3);
    partitions.makeAhead(DAY, 0);
    assertThat(partitions.dropEmptyBefore(DAY.minusDays(7)))
        .containsExactly("segments_p20261101", "segments_p20261103", "segments_p20261104");
    assertThat(names()).containsExactly("segments_p20261102", "segments_p20261122");
    assertThat(index.last(GATE)).contains(kept);
  }

  @Test
  void dropsOldDaysWithAllTheyHold() {
    index(partitions).add(segment(DAY.minusDays(20)));
    partitions.makeAhead(DAY.minusDays(7), 1);
    assertThat(partitions.dropBefore(DAY.minusDays(7))).containsExactly("segments_p20261102");
    assertThat(names()).containsExactly("segments_p20261115", "segments_p20261116");
  }

  @Test
  void eachTableHasPartitionsOfItsOwn() {
    DayPartitions events = new DayPartitions(database, "events");
    events.makeAhead(DAY, 1);
    partitions.makeAhead(DAY, 0);
    assertThat(names()).containsExactly("segments_p20261122");
    assertThat(partitions.dropBefore(DAY.plusDays(9))).containsExactly("segments_p20261122");
    assertThat(events.dropBefore(DAY.plusDays(9))).contains("events_p20261122", "events_p20261123");
  }

  @Test
  void aDayThatAnotherServerDroppedIsMadeAgain() {
    PostgresRecordingIndex index = index(partitions);
    partitions.makeAhead(DAY, 0);
    new DayPartitions(database, "segments").dropEmptyBefore(DAY.plusDays(1));
    assertThat(names()).isEmpty();
    index.add(segment(DAY));
    assertThat(index.totals().segments()).isEqualTo(1);
  }

  @Test
  void aPartitionMadeBySomebodyElseStays() {
    database.call(
        "making",
        handle ->
            handle.execute(
                "create table segments_pold partition of segments for values from (0) to (1)"));
    assertThat(partitions.dropEmptyBefore(DAY)).isEmpty();
    assertThat(names()).containsExactly("segments_pold");
  }

  @Test
  void aDayOutOfReasonIsRefused() {
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () -> partitions.require(Instant.parse("1999-01-01T00:00:00Z")));
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () -> partitions.require(Instant.parse("9999-01-01T00:00:00Z")));
    assertThat(names()).isEmpty();
  }

  @Test
  void aSegmentOfMoreThanADayIsRefused() {
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () -> index(partitions).add(SampleSegments.segment(GATE, start(DAY), 86_401, 1, 0)));
  }

  private PostgresRecordingIndex index(DayPartitions days) {
    return new PostgresRecordingIndex(
        database, new StreamNumbers(), days, new Formats(), VmsClock.system());
  }

  private static Segment segment(LocalDate day) {
    return SampleSegments.segment(GATE, start(day), 60, 1, 0);
  }

  private static Instant start(LocalDate day) {
    return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  private void dropAll() {
    for (String name : names()) {
      database.call("dropping", handle -> handle.execute("drop table " + name));
    }
  }

  private List<String> names() {
    return database.call(
        "listing",
        handle ->
            handle
                .select(
                    "select relname from pg_class where relname ~ '^segments_p.*[0-9d]$'"
                        + " and relkind = 'r' order by 1")
                .mapTo(String.class)
                .list());
  }
}
