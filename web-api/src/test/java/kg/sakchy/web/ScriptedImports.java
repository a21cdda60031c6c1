package kg.sakchy.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/** Imports that are as far as a test says. */
final class ScriptedImports implements CameraImports {
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, Set<Consumer<Run>>> watchers = new ConcurrentHashMap<>();
  volatile Bytes lastTable = Bytes.EMPTY;

  @Override
  public synchronized Run start(String fileName, Bytes table, boolean dryRun) {
    lastTable = table;
    if (table.at(0) == '!') {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the table lacks the column address");
    }
    String id = "run-" + (runs.size() + 1);
    Run run = run(id, fileName, dryRun, Run.State.RUNNING, 0);
    runs.put(id, run);
    return run;
  }

  private static Run run(String id, String fileName, boolean dryRun, Run.State state, int done) {
    int failed = Math.min(1, done);
    return new Run(
        id,
        fileName,
        dryRun,
        state,
        400,
        done,
        done - failed,
        0,
        0,
        failed,
        TestServer.NOW,
        state == Run.State.RUNNING ? null : TestServer.NOW.plusSeconds(60));
  }

  /** The run gets on. */
  void advance(String id, int done, Run.State state) {
    Run run;
    synchronized (this) {
      Run old = find(id).orElseThrow();
      run = run(id, old.fileName(), old.dryRun(), state, done);
      runs.put(id, run);
    }
    watchers.getOrDefault(id, Set.of()).forEach(watcher -> watcher.accept(run));
  }

  /** How many watch a run. */
  int watchers(String id) {
    return watchers.getOrDefault(id, Set.of()).size();
  }

  @Override
  public synchronized Optional<Run> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized List<Run> latest(int limit) {
    return List.copyOf(new ArrayList<>(runs.values()).reversed()).stream().limit(limit).toList();
  }

  @Override
  public List<Row> rows(String id, int afterLine, int limit) {
    return List.of(
            new Row(2, Row.Outcome.FAILED, null, "latitude", "95 is no latitude"),
            new Row(3, Row.Outcome.REGISTERED, new CameraId("school-1"), null, ""),
            new Row(4, Row.Outcome.WAITING, null, null, ""))
        .stream()
        .filter(row -> row.line() > afterLine)
        .limit(limit)
        .toList();
  }

  @Override
  public void cancel(String id) {
    advance(id, find(id).orElseThrow().done(), Run.State.CANCELLED);
  }

  @Override
  public void resume(String id) {
    advance(id, find(id).orElseThrow().done(), Run.State.RUNNING);
  }

  @Override
  public Watch watch(String id, Consumer<Run> listener) {
    watchers.computeIfAbsent(id, run -> ConcurrentHashMap.newKeySet()).add(listener);
    return () -> watchers.getOrDefault(id, Set.of()).remove(listener);
  }
}
