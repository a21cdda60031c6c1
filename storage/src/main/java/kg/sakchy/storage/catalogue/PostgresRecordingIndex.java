package kg.sakchy.storage.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of segments in PostgreSQL. Adding one is a single statement, its counters included;
 * every search names a stream or an age and opens only partitions that can hold an answer.
 *
 * <p>No segment is longer than a day (INVALID_ARGUMENT). Times keep microseconds.
 */
final class PostgresRecordingIndex implements RecordingIndex {
  private static final long DAY_MICROS = 86_400_000_000L;

  private static final String ADD =
      """
      with stored as (
        insert into segments (stream, start_us, end_us, run, sequence, format, decode_ticks,
          rtp_ticks, arrival_us, camera_us, uncertainty_us, frames, packets_lost, size_bytes,
          sha256, previous_sha256, key_frames, filled)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        returning stream, size_bytes, end_us - start_us as length_us)
      insert into stream_totals as t (stream, segments, size_bytes, longest_us)
      select stream, 1, size_bytes, length_us from stored
      on conflict (stream) do update set
        segments = t.segments + 1,
        size_bytes = t.size_bytes + excluded.size_bytes,
        longest_us = greatest(t.longest_us, excluded.longest_us)
      """;

  /**
   * What overlaps a range. A segment that reaches into it began at most the stream's longest
   * segment before; the bound of a day, known when planning, excludes all other partitions.
   */
  static final String OVERLAPPING =
      """
      from segments
      where stream = :stream and marked_us is null
        and start_us > :from - %d and start_us < :to and end_us > :from
        and start_us >= :from - (select longest_us from stream_totals where stream = :stream)
      """
          .formatted(DAY_MICROS + 1);

  static final String FIND =
      "select "
          + SegmentRow.COLUMNS
          + " "
          + OVERLAPPING
          + "order by start_us, run, sequence limit :limit";

  private static final String LAST =
      "select "
          + SegmentRow.COLUMNS
          + " from segments where stream = :stream"
          + " order by start_us desc, run desc, sequence desc limit 1";

  static final String COVERAGE =
      """
      with piece as (
        select greatest(start_us, :from) as start_us, least(end_us, :to) as end_us
      """
          + OVERLAPPING
          + """
          ),
          reach as (
            select start_us, end_us, max(end_us) over (
              order by start_us, end_us rows between unbounded preceding and 1 preceding) as reached
            from piece),
          island as (
            select start_us, end_us, count(*) filter (
              where reached is null or (start_us > reached and start_us - reached >= :join))
              over (order by start_us, end_us) as number
            from reach)
          select min(start_us) as start_us, max(end_us) as end_us
          from island group by number order by 1
          """;

  private static final String MARK =
      """
      with doomed as (
        select stream, start_us, run, sequence from segments
        where %s marked_us is null and start_us < :before and end_us <= :before
        order by start_us limit :limit
        for update skip locked),
      marked as (
        update segments s set marked_us = :now
        from doomed d
        where s.stream = d.stream and s.start_us = d.start_us and s.run = d.run
          and s.sequence = d.sequence and s.marked_us is null and s.start_us < :before
        returning s.stream, s.start_us, s.run, s.sequence, s.size_bytes),
      counted as (
        update stream_totals t
        set segments = t.segments - m.segments, size_bytes = t.size_bytes - m.size_bytes
        from (select stream, count(*) as segments, sum(size_bytes) as size_bytes
          from marked group by stream order by stream) m
        where t.stream = m.stream)
      select camera, name, start_us, run, sequence, size_bytes
      from marked join streams on number = stream
      order by start_us, run, sequence
      """;

  static final String MARK_ANY = MARK.formatted("");
  private static final String MARK_STREAM = MARK.formatted("stream = :stream and");

  private static final String MARKED =
      """
      select camera, name, start_us, run, sequence, size_bytes
      from (select stream, start_us, run, sequence, size_bytes from segments
        where marked_us is not null order by start_us, run, sequence limit :limit) oldest
      join streams on number = stream
      order by start_us, run, sequence
      """;

  private static final String REMOVE =
      """
      delete from segments s
      using unnest(:streams, :starts, :runs, :sequences) as gone (stream, start_us, run, sequence)
      where s.stream = gone.stream and s.start_us = gone.start_us and s.run = gone.run
        and s.sequence = gone.sequence and s.marked_us is not null
        and s.start_us between :first and :last
      """;

  private final Database database;
  private final StreamNumbers streams;
  private final DayPartitions partitions;
  private final Formats formats;
  private final VmsClock clock;

  PostgresRecordingIndex(
      Database database,
      StreamNumbers streams,
      DayPartitions partitions,
      Formats formats,
      VmsClock clock) {
    this.database = database;
    this.streams = streams;
    this.partitions = partitions;
    this.formats = formats;
    this.clock = clock;
  }

  @Override
  public void add(Segment segment) {
    partitions.require(segment.range().start());
    try {
      insert(segment);
    } catch (VmsException e) {
      if (!SqlErrors.checkViolated(e)) {
        throw e;
      }
      // Another server may have dropped the partition since we knew it.
      partitions.forget();
      partitions.require(segment.range().start());
      insert(segment);
    }
  }

  @Override
  public List<Segment> find(StreamId stream, TimeRange range, int limit) {
    return database.call(
        "looking for segments of " + stream,
        handle -> {
          Optional<Integer> number = streams.find(handle, stream);
          if (number.isEmpty()) {
            return List.of();
          }
          try (Query query = handle.createQuery(FIND)) {
            return segments(
                handle, stream, bindRange(query, number.get(), range).bind("limit", limit));
          }
        });
  }

  @Override
  public Optional<Segment> last(StreamId stream) {
    return database.call(
        "looking for the last segment of " + stream,
        handle -> {
          Optional<Integer> number = streams.find(handle, stream);
          if (number.isEmpty()) {
            return Optional.empty();
          }
          try (Query query = handle.createQuery(LAST)) {
            return segments(handle, stream, query.bind("stream", number.get())).stream()
                .findFirst();
          }
        });
  }

  @Override
  public List<TimeRange> coverage(StreamId stream, TimeRange range, long joinMillis) {
    return database.call(
        "looking what is recorded of " + stream,
        handle -> {
          Optional<Integer> number = streams.find(handle, stream);
          if (number.isEmpty()) {
            return List.of();
          }
          try (Query query = handle.createQuery(COVERAGE)) {
            return bindRange(query, number.get(), range)
                .bind("join", Math.multiplyExact(joinMillis, 1_000L))
                .map(
                    (row, context) ->
                        new TimeRange(
                            Micros.instant(row.getLong("start_us")),
                            Micros.instant(row.getLong("end_us"))))
                .list();
          }
        });
  }

  @Override
  public Totals totals() {
    return database.call(
        "counting what is stored",
        handle ->
            handle
                .select(
                    "select cast(coalesce(sum(segments), 0) as bigint) as segments,"
                        + " cast(coalesce(sum(size_bytes), 0) as bigint) as size_bytes"
                        + " from stream_totals")
                .map(
                    (row, context) ->
                        new Totals(row.getLong("segments"), row.getLong("size_bytes")))
                .one());
  }

  @Override
  public List<Expired> markExpired(@Nullable StreamId stream, Instant endingBefore, int limit) {
    return database.inTransaction(
        "marking expired segments",
        handle -> {
          Optional<Integer> number =
              stream == null ? Optional.empty() : streams.find(handle, stream);
          if (stream != null && number.isEmpty()) {
            return List.of();
          }
          try (Query query = handle.createQuery(stream == null ? MARK_ANY : MARK_STREAM)) {
            number.ifPresent(bound -> query.bind("stream", bound));
            return query
                .bind("before", Micros.of(endingBefore))
                .bind("limit", limit)
                .bind("now", Micros.of(clock.now()))
                .map(PostgresRecordingIndex::expired)
                .list();
          }
        });
  }

  @Override
  public List<Expired> marked(int limit) {
    return database.call(
        "looking for marked segments",
        handle ->
            handle
                .createQuery(MARKED)
                .bind("limit", limit)
                .map(PostgresRecordingIndex::expired)
                .list());
  }

  @Override
  public void remove(Collection<Expired> gone) {
    if (gone.isEmpty()) {
      return;
    }
    database.call("removing segments", handle -> remove(handle, gone));
  }

  private int remove(Handle handle, Collection<Expired> gone) {
    List<Integer> streamNumbers = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    List<Long> runs = new ArrayList<>();
    List<Integer> sequences = new ArrayList<>();
    for (Expired expired : gone) {
      Optional<Integer> number = streams.find(handle, expired.stream());
      if (number.isPresent()) {
        SegmentName name = SegmentName.parse(expired.key());
        streamNumbers.add(number.get());
        starts.add(Micros.of(expired.start()));
        runs.add(name.run());
        sequences.add(name.sequence());
      }
    }
    if (starts.isEmpty()) {
      return 0;
    }
    return handle
        .createUpdate(REMOVE)
        .bindArray("streams", Integer.class, streamNumbers)
        .bindArray("starts", Long.class, starts)
        .bindArray("runs", Long.class, runs)
        .bindArray("sequences", Integer.class, sequences)
        .bind("first", starts.stream().mapToLong(Long::longValue).min().orElseThrow())
        .bind("last", starts.stream().mapToLong(Long::longValue).max().orElseThrow())
        .execute();
  }

  private void insert(Segment segment) {
    long start = Micros.of(segment.range().start());
    long end = Math.max(Micros.of(segment.range().end()), start + 1);
    if (end - start > DAY_MICROS) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a segment of more than a day")
          .with("key", segment.key());
    }
    database.call(
        "adding " + segment.key(),
        handle ->
            handle.execute(
                ADD,
                streams.require(handle, segment.stream()),
                start,
                end,
                segment.run(),
                segment.sequence(),
                formats.require(handle, segment),
                segment.decodeTicks(),
                segment.time().rtpTicks(),
                Micros.of(segment.time().arrival()),
                Micros.ofNullable(segment.time().cameraTime()),
                Micros.of(segment.time().uncertainty()),
                segment.frames(),
                segment.packetsLost(),
                segment.sizeBytes(),
                segment.sha256().toByteArray(),
                segment.previousSha256().toByteArray(),
                segment.keyFrames().encode().toByteArray(),
                segment.time().isFilled()));
  }

  private List<Segment> segments(Handle handle, StreamId stream, Query query) {
    List<SegmentRow> rows = query.map((row, context) -> SegmentRow.read(stream, row)).list();
    Map<Integer, Formats.Format> known =
        formats.get(handle, rows.stream().map(SegmentRow::format).distinct().toList());
    List<Segment> found = new ArrayList<>(rows.size());
    for (SegmentRow row : rows) {
      Formats.Format format = known.get(row.format());
      if (format != null) {
        found.add(row.in(format));
      }
    }
    return found;
  }

  private static Query bindRange(Query query, int stream, TimeRange range) {
    return query
        .bind("stream", stream)
        .bind("from", Micros.of(range.start()))
        .bind("to", Micros.of(range.end()));
  }

  private static Expired expired(java.sql.ResultSet row, StatementContext context)
      throws java.sql.SQLException {
    StreamId stream =
        new StreamId(new CameraId(row.getString("camera")), StreamName.of(row.getString("name")));
    Instant start = Micros.instant(row.getLong("start_us"));
    ObjectKey key = Segment.key(stream, start, row.getLong("run"), row.getInt("sequence"));
    return new Expired(key, stream, start, row.getLong("size_bytes"));
  }
}
