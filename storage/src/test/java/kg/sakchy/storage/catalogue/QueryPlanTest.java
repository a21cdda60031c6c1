package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kg.sakchy.storage.embedded.TestPostgres;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The searches open the partitions they need, by index, among 100,000 segments of eight days. */
class QueryPlanTest {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 1);
  private static final int DAYS = 8;
  private static final Pattern PARTITION = Pattern.compile("segments_p\\d{8}(?!_)");

  @TempDir static Path directory;
  private static Database database;

  @BeforeAll
  static void fill() throws SQLException {
    database = CatalogueFixture.database(TestPostgres.database(directory));
    new DayPartitions(database, "segments").makeAhead(FIRST_DAY, DAYS);
    long start = Micros.of(FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant());
    database.call(
        "filling",
        handle -> {
          handle.execute(
              "insert into segments select s, ? + m * 60000000::bigint,"
                  + " ? + (m + 1) * 60000000::bigint, 1, m, 0, 1, 0, 0, 0, null, 0, 1500, 0,"
                  + " 15000000, '', '', '\\x00', null"
                  + " from generate_series(1, 10) s, generate_series(0, 9999) m",
              start,
              start);
          handle.execute(
              "insert into stream_totals select s, 10000, 10000 * 15000000::bigint, 60000000"
                  + " from generate_series(1, 10) s");
          return handle.execute("vacuum analyze segments");
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void findReadsOneDayByIndex() {
    String plan = explain(PostgresRecordingIndex.FIND, true);
    assertThat(executed(plan)).isEqualTo("segments_p20261104");
    assertThat(plan)
        .contains("Index Cond")
        .doesNotContain("Seq Scan on segments")
        .doesNotContain("Sort");
  }

  @Test
  void coverageReadsTheIndexAlone() {
    String plan = explain(PostgresRecordingIndex.COVERAGE, false);
    assertThat(executed(plan)).isEqualTo("segments_p20261104");
    assertThat(plan).contains("Index Only Scan").contains("Heap Fetches: 0");
  }

  @Test
  void theOldestAreFoundByAgeWithoutASort() {
    String plan =
        database.call(
            "explaining",
            handle -> {
              try (Query query =
                  handle.createQuery(
                      "explain (analyze, costs off, timing off, buffers off) "
                          + PostgresRecordingIndex.MARK_ANY)) {
                return lines(
                    query
                        .bind("before", Micros.of(Instant.parse("2026-11-03T00:00:00Z")))
                        .bind("limit", 100)
                        .bind("now", 1L));
              }
            });
    assertThat(plan).contains("start_us_idx").doesNotContain("Seq Scan on segments");
    assertThat(executed(plan)).isEqualTo("segments_p20261101");
  }

  private static String explain(String sql, boolean limited) {
    return database.call(
        "explaining",
        handle -> {
          try (Query query =
              handle.createQuery("explain (analyze, costs off, timing off, buffers off) " + sql)) {
            query
                .bind("stream", 3)
                .bind("from", Micros.of(Instant.parse("2026-11-04T10:00:00Z")))
                .bind("to", Micros.of(Instant.parse("2026-11-04T11:00:00Z")));
            return lines(limited ? query.bind("limit", 100) : query.bind("join", 1_000L));
          }
        });
  }

  private static String lines(Query query) {
    return String.join("\n", query.mapTo(String.class).list());
  }

  /** The partitions that were really opened. */
  private static String executed(String plan) {
    return plan.lines()
        .filter(
            line ->
                line.contains("Scan")
                    && line.contains(" on segments_p")
                    && !line.contains("never executed"))
        .flatMap(line -> PARTITION.matcher(line).results().map(MatchResult::group))
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }
}
