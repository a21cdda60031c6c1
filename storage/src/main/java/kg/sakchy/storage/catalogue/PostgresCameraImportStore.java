package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraImports.Row;
import kg.sakchy.core.device.CameraImports.Run;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Import runs and their rows in PostgreSQL. A message over 1000 characters is cut. */
final class PostgresCameraImportStore implements CameraImportStore {
  private static final int MESSAGE_LIMIT = 1_000;
  private static final int NAME_LIMIT = 300;

  private static final String RUNS =
      """
      select import_runs.*, counts.* from import_runs cross join lateral (
        select count(*) as row_count,
          count(*) filter (where outcome <> 'waiting') as done,
          count(*) filter (where outcome = 'registered') as registered,
          count(*) filter (where outcome = 'updated') as updated,
          count(*) filter (where outcome = 'unchanged') as unchanged,
          count(*) filter (where outcome = 'failed') as failed
        from import_rows where run = id) counts
      """;

  private static final String PUT_ROWS =
      """
      insert into import_rows (run, line, outcome, camera, wrong_column, message, table_values)
      select :run, line, outcome, camera, wrong_column, message, cast(table_values as jsonb)
      from unnest(:line, :outcome, :camera, :wrong_column, :message, :table_values)
        as entry (line, outcome, camera, wrong_column, message, table_values)
      on conflict (run, line) do update set
        outcome = excluded.outcome, camera = excluded.camera,
        wrong_column = excluded.wrong_column, message = excluded.message,
        table_values = excluded.table_values
      """;

  private static final String FORGET =
      """
      delete from import_runs where id in (
        select id from import_runs where state <> 'running' and id <> :id
        order by started_us desc, id desc offset :kept)
      """;

  private final Database database;

  PostgresCameraImportStore(Database database) {
    this.database = database;
  }

  @Override
  public void create(Run run, List<Entry> rows) {
    database.inTransaction(
        "keeping an import",
        handle -> {
          handle.execute(
              "insert into import_runs (id, file_name, dry_run, state, started_us, ended_us)"
                  + " values (?, ?, ?, ?, ?, ?)",
              run.id(),
              cut(run.fileName(), NAME_LIMIT),
              run.dryRun(),
              run.state().code(),
              Micros.of(run.startedAt()),
              Micros.ofNullable(run.endedAt()));
          put(handle, run.id(), rows);
          return handle.createUpdate(FORGET).bind("id", run.id()).bind("kept", KEPT_RUNS).execute();
        });
  }

  @Override
  public Optional<Run> find(String id) {
    return database.call(
        "looking for an import",
        handle ->
            handle
                .select(RUNS + " where id = ?", id)
                .map(PostgresCameraImportStore::readRun)
                .findOne());
  }

  @Override
  public List<Run> latest(int limit) {
    return runs(" order by started_us desc, id desc limit ?", limit);
  }

  @Override
  public List<Run> running() {
    return runs(" where state = ? order by started_us, id", Run.State.RUNNING.code());
  }

  @Override
  public List<Row> rows(String id, int afterLine, int limit) {
    return entries(id, "", afterLine, limit).stream().map(Entry::row).toList();
  }

  @Override
  public List<Entry> unfinished(String id, int afterLine, int limit) {
    return entries(id, " and table_values is not null", afterLine, limit);
  }

  @Override
  public void record(String id, List<Entry> rows) {
    database.inTransaction(
        "keeping rows of an import",
        handle -> {
          requireRun(handle, id);
          return put(handle, id, rows);
        });
  }

  @Override
  public void setState(String id, Run.State state, @Nullable Instant endedAt) {
    database.inTransaction(
        "changing an import",
        handle -> {
          requireRun(handle, id);
          return handle.execute(
              "update import_runs set state = ?, ended_us = ? where id = ?",
              state.code(),
              Micros.ofNullable(endedAt),
              id);
        });
  }

  @Override
  public void reopen(String id) {
    database.inTransaction(
        "going on with an import",
        handle -> {
          requireRun(handle, id);
          handle.execute(
              "update import_runs set state = 'running', ended_us = null where id = ?", id);
          return handle.execute(
              "update import_rows set outcome = 'waiting', wrong_column = null, message = ''"
                  + " where run = ? and table_values is not null",
              id);
        });
  }

  private List<Run> runs(String which, Object value) {
    return database.call(
        "listing imports",
        handle ->
            handle.select(RUNS + which, value).map(PostgresCameraImportStore::readRun).list());
  }

  private List<Entry> entries(String id, String which, int afterLine, int limit) {
    return database.call(
        "reading rows of an import",
        handle -> {
          requireRun(handle, id);
          return handle
              .select(
                  "select * from import_rows where run = ? and line > ?"
                      + which
                      + " order by line limit ?",
                  id,
                  afterLine,
                  limit)
              .map(PostgresCameraImportStore::readEntry)
              .list();
        });
  }

  private static void requireRun(Handle handle, String id) {
    if (handle
        .select("select id from import_runs where id = ?", id)
        .mapTo(String.class)
        .findOne()
        .isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such import: " + id);
    }
  }

  private static int put(Handle handle, String run, List<Entry> entries) {
    List<Integer> lines = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    List<@Nullable String> cameras = new ArrayList<>();
    List<@Nullable String> columns = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (Entry entry : entries) {
      CameraId camera = entry.row().camera();
      lines.add(entry.row().line());
      outcomes.add(entry.row().outcome().code());
      cameras.add(camera == null ? null : camera.value());
      columns.add(entry.row().column());
      messages.add(cut(entry.row().message(), MESSAGE_LIMIT));
      values.add(entry.values().isEmpty() ? null : EventRow.toJson(entry.values()));
    }
    try (Update update = handle.createUpdate(PUT_ROWS)) {
      return update
          .bind("run", run)
          .bindArray("line", Integer.class, lines)
          .bindArray("outcome", String.class, outcomes)
          .bindArray("camera", String.class, cameras)
          .bindArray("wrong_column", String.class, columns)
          .bindArray("message", String.class, messages)
          .bindArray("table_values", String.class, values)
          .execute();
    }
  }

  private static Run readRun(ResultSet row, StatementContext context) throws SQLException {
    Long ended = row.getObject("ended_us", Long.class);
    return new Run(
        row.getString("id"),
        row.getString("file_name"),
        row.getBoolean("dry_run"),
        Run.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("row_count"),
        row.getInt("done"),
        row.getInt("registered"),
        row.getInt("updated"),
        row.getInt("unchanged"),
        row.getInt("failed"),
        Micros.instant(row.getLong("started_us")),
        ended == null ? null : Micros.instant(ended));
  }

  private static Entry readEntry(ResultSet row, StatementContext context) throws SQLException {
    String camera = row.getString("camera");
    String values = row.getString("table_values");
    return new Entry(
        new Row(
            row.getInt("line"),
            Row.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
            camera == null ? null : new CameraId(camera),
            row.getString("wrong_column"),
            row.getString("message")),
        values == null ? Map.of() : EventRow.fromJson(values));
  }

  private static String cut(String text, int limit) {
    return text.length() > limit ? text.substring(0, limit) : text;
  }
}
