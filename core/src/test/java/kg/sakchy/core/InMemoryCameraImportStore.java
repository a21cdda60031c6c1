package kg.sakchy.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraImports.Row;
import kg.sakchy.core.device.CameraImports.Run;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Import runs in the heap. Threads: safe for use by many threads. */
public final class InMemoryCameraImportStore implements CameraImportStore {
  private final Map<String, Kept> runs = new LinkedHashMap<>();

  @Override
  public synchronized void create(Run run, List<Entry> rows) {
    Kept kept = new Kept(run);
    rows.forEach(entry -> kept.rows.put(entry.row().line(), entry));
    if (runs.putIfAbsent(run.id(), kept) != null) {
      throw new VmsException(ErrorKind.CONFLICT, "there is a run of this id");
    }
    newestFirst().stream()
        .filter(old -> old.state() != Run.State.RUNNING && !old.id().equals(run.id()))
        .skip(KEPT_RUNS)
        .forEach(old -> runs.remove(old.id()));
  }

  @Override
  public synchronized Optional<Run> find(String id) {
    return Optional.ofNullable(runs.get(id)).map(Kept::counted);
  }

  @Override
  public synchronized List<Run> latest(int limit) {
    return newestFirst().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<Run> running() {
    return newestFirst().reversed().stream()
        .filter(run -> run.state() == Run.State.RUNNING)
        .toList();
  }

  @Override
  public synchronized List<Row> rows(String id, int afterLine, int limit) {
    return require(id).rows.tailMap(afterLine + 1).values().stream()
        .limit(limit)
        .map(Entry::row)
        .toList();
  }

  @Override
  public synchronized List<Entry> unfinished(String id, int afterLine, int limit) {
    return require(id).rows.tailMap(afterLine + 1).values().stream()
        .filter(entry -> !entry.values().isEmpty())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void record(String id, List<Entry> rows) {
    Kept kept = require(id);
    rows.forEach(entry -> kept.rows.put(entry.row().line(), entry));
  }

  @Override
  public synchronized void setState(String id, Run.State state, @Nullable Instant endedAt) {
    Kept kept = require(id);
    kept.state = state;
    kept.endedAt = endedAt;
  }

  @Override
  public synchronized void reopen(String id) {
    setState(id, Run.State.RUNNING, null);
    require(id)
        .rows
        .replaceAll(
            (line, entry) ->
                entry.values().isEmpty()
                    ? entry
                    : new Entry(
                        new Row(line, Row.Outcome.WAITING, entry.row().camera(), null, ""),
                        entry.values()));
  }

  private List<Run> newestFirst() {
    return new ArrayList<>(runs.values())
        .reversed().stream()
            .map(Kept::counted)
            .sorted(Comparator.comparing(Run::startedAt).reversed())
            .toList();
  }

  private Kept require(String id) {
    Kept kept = runs.get(id);
    if (kept == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such import: " + id);
    }
    return kept;
  }

  private static final class Kept {
    private final Run run;
    private final SortedMap<Integer, Entry> rows = new TreeMap<>();
    private Run.State state;
    private @Nullable Instant endedAt;

    Kept(Run run) {
      this.run = run;
      this.state = run.state();
      this.endedAt = run.endedAt();
    }

    Run counted() {
      return new Run(
          run.id(),
          run.fileName(),
          run.dryRun(),
          state,
          rows.size(),
          rows.size() - count(Row.Outcome.WAITING),
          count(Row.Outcome.REGISTERED),
          count(Row.Outcome.UPDATED),
          count(Row.Outcome.UNCHANGED),
          count(Row.Outcome.FAILED),
          run.startedAt(),
          endedAt);
    }

    private int count(Row.Outcome outcome) {
      return (int) rows.values().stream().filter(entry -> entry.row().outcome() == outcome).count();
    }
  }
}
