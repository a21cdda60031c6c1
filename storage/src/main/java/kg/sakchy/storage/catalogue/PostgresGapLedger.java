package kg.sakchy.storage.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.time.TimeRange;
import org.jdbi.v3.core.Handle;

/**
 * The gap ledger in PostgreSQL. A detail of more than 1000 characters is cut; times keep
 * microseconds.
 */
final class PostgresGapLedger implements GapLedger {
  private static final int DETAIL_LIMIT = 1_000;

  private static final String PUT =
      """
      insert into gaps (stream, kind, start_us, end_us, cause, detail) values (?, ?, ?, ?, ?, ?)
      on conflict (stream, start_us, kind) do update set
        end_us = excluded.end_us, cause = excluded.cause, detail = excluded.detail
      """;

  /** Only the gap as it was found. */
  private static final String REMOVE =
      """
      delete from gaps where stream = ? and kind = ? and start_us = ?
        and end_us = ? and cause = ? and detail = ?
      """;

  /** Short gaps by looking back an hour; longer ones by an index that holds only them. */
  private static final String FIND =
      """
      select kind, start_us, end_us, cause, detail from (
        (select * from gaps
          where stream = :stream and end_us - start_us > 3600000000
            and start_us < :from - 3600000000 and end_us > :from
          order by start_us, kind limit :limit)
        union all
        (select * from gaps
          where stream = :stream
            and start_us >= :from - 3600000000 and start_us < :to and end_us > :from
          order by start_us, kind limit :limit)) both_kinds
      order by start_us, kind desc limit :limit
      """;

  private final Database database;
  private final StreamNumbers streams;

  PostgresGapLedger(Database database, StreamNumbers streams) {
    this.database = database;
    this.streams = streams;
  }

  @Override
  public void put(Gap gap) {
    database.call("adding a gap of " + gap.stream(), handle -> insert(handle, gap));
  }

  private int insert(Handle handle, Gap gap) {
    return handle.execute(
        PUT,
        streams.require(handle, gap.stream()),
        gap.kind().code(),
        startMicros(gap),
        endMicros(gap),
        gap.cause().code(),
        detail(gap));
  }

  @Override
  public boolean replace(Gap known, List<Gap> left) {
    return database.inTransaction(
        "replacing a gap of " + known.stream(),
        handle -> {
          Optional<Integer> number = streams.find(handle, known.stream());
          if (number.isEmpty()
              || handle.execute(
                      REMOVE,
                      number.get(),
                      known.kind().code(),
                      startMicros(known),
                      endMicros(known),
                      known.cause().code(),
                      detail(known))
                  == 0) {
            return false;
          }
          left.forEach(gap -> insert(handle, gap));
          return true;
        });
  }

  private static long startMicros(Gap gap) {
    return Micros.of(gap.range().start());
  }

  private static long endMicros(Gap gap) {
    return Math.max(Micros.of(gap.range().end()), startMicros(gap) + 1);
  }

  private static String detail(Gap gap) {
    return gap.detail().length() > DETAIL_LIMIT
        ? gap.detail().substring(0, DETAIL_LIMIT)
        : gap.detail();
  }

  @Override
  public List<Gap> find(StreamId stream, TimeRange range, int limit) {
    return database.call(
        "looking for gaps of " + stream,
        handle -> {
          Optional<Integer> number = streams.find(handle, stream);
          if (number.isEmpty()) {
            return List.of();
          }
          return handle
              .createQuery(FIND)
              .bind("stream", number.get())
              .bind("from", Micros.of(range.start()))
              .bind("to", Micros.of(range.end()))
              .bind("limit", limit)
              .map(
                  (row, context) ->
                      new Gap(
                          stream,
                          Gap.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                          new TimeRange(
                              Micros.instant(row.getLong("start_us")),
                              Micros.instant(row.getLong("end_us"))),
                          GapCause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                          row.getString("detail")))
              .list();
        });
  }
}
