package kg.sakchy.core;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraImportStore.Entry;
import kg.sakchy.core.device.CameraImports.Row;
import kg.sakchy.core.device.CameraImports.Row.Outcome;
import kg.sakchy.core.device.CameraImports.Run;
import kg.sakchy.core.device.CameraImports.Run.State;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CameraImportStore} promises. A test class implements it and names its store.
 */
public interface CameraImportStoreContract {
  Instant T0 = Instant.parse("2026-11-22T10:00:00.123456Z");
  Map<String, String> VALUES = Map.of("address", "10.0.0.1", "password", "p@ss:/<&\"'\\");

  /** The store under test, empty at the beginning of each test. */
  CameraImportStore imports();

  @Test
  default void findsARunAndItsRows() {
    imports().create(run("one", 0), List.of(waiting(2), failed(3), waiting(4), waiting(7)));
    assertThat(imports().find("one"))
        .contains(new Run("one", "камеры.csv", true, State.RUNNING, 4, 1, 0, 0, 0, 1, T0, null));
    assertThat(imports().rows("one", 0, 2)).containsExactly(waiting(2).row(), failed(3).row());
    assertThat(imports().rows("one", 3, 10)).containsExactly(waiting(4).row(), waiting(7).row());
    assertThat(imports().unfinished("one", 0, 10))
        .containsExactly(waiting(2), waiting(4), waiting(7));
    assertThat(imports().unfinished("one", 2, 1)).containsExactly(waiting(4));
    assertThat(imports().find("other")).isEmpty();
  }

  @Test
  default void countsWhatBecameOfTheRows() {
    imports().create(run("one", 0), List.of(waiting(2), waiting(3), waiting(4), waiting(5)));
    imports()
        .record(
            "one",
            List.of(
                done(2, Outcome.REGISTERED), done(3, Outcome.UPDATED), done(4, Outcome.UNCHANGED)));
    Run run = imports().find("one").orElseThrow();
    assertThat(List.of(run.done(), run.registered(), run.updated(), run.unchanged(), run.failed()))
        .containsExactly(3, 1, 1, 1, 0);
    assertThat(imports().rows("one", 0, 1)).containsExactly(done(2, Outcome.REGISTERED).row());
    assertThat(imports().unfinished("one", 0, 10)).containsExactly(waiting(5));
  }

  @Test
  default void aReopenedRunWaitsForWhatCanBeTriedAgain() {
    Entry retryable =
        new Entry(new Row(2, Outcome.FAILED, null, "address", "nobody answers"), VALUES);
    imports().create(run("one", 0), List.of(retryable, failed(3), waiting(4)));
    imports().setState("one", State.CANCELLED, T0.plusSeconds(5));
    assertThat(imports().find("one").orElseThrow().state()).isEqualTo(State.CANCELLED);
    assertThat(imports().find("one").orElseThrow().endedAt()).isEqualTo(T0.plusSeconds(5));
    assertThat(imports().running()).isEmpty();
    imports().reopen("one");
    Run run = imports().find("one").orElseThrow();
    assertThat(run.state()).isEqualTo(State.RUNNING);
    assertThat(run.endedAt()).isNull();
    assertThat(run.failed()).isEqualTo(1);
    assertThat(imports().unfinished("one", 0, 10)).containsExactly(waiting(2), waiting(4));
    assertThat(imports().running()).containsExactly(run);
  }

  @Test
  default void listsTheNewestFirst() {
    imports().create(run("b", 1), List.of());
    imports().create(run("c", 2), List.of());
    imports().create(run("a", 0), List.of());
    assertThat(imports().latest(10)).extracting(Run::id).containsExactly("c", "b", "a");
    assertThat(imports().latest(2)).extracting(Run::id).containsExactly("c", "b");
    assertThat(imports().running()).extracting(Run::id).containsExactly("a", "b", "c");
  }

  @Test
  default void forgetsTheOldestEndedRuns() {
    imports().create(run("still", 0), List.of(waiting(2)));
    for (int i = 1; i <= CameraImportStore.KEPT_RUNS + 3; i++) {
      imports().create(run("run-" + i, i), List.of(waiting(2)));
      imports().setState("run-" + i, State.DONE, T0.plusSeconds(i));
    }
    imports().create(run("new", 1_000), List.of());
    List<String> ids = new ArrayList<>();
    imports().latest(1_000).forEach(run -> ids.add(run.id()));
    assertThat(ids)
        .hasSize(CameraImportStore.KEPT_RUNS + 2)
        .contains("still", "new", "run-4")
        .doesNotContain("run-3", "run-1");
  }

  @Test
  default void whatIsNotThereCannotBeChanged() {
    assertFails(ErrorKind.NOT_FOUND, () -> imports().setState("none", State.DONE, T0));
    assertFails(ErrorKind.NOT_FOUND, () -> imports().reopen("none"));
    assertFails(ErrorKind.NOT_FOUND, () -> imports().rows("none", 0, 10));
    assertFails(ErrorKind.NOT_FOUND, () -> imports().unfinished("none", 0, 10));
    assertFails(ErrorKind.NOT_FOUND, () -> imports().record("none", List.of(waiting(2))));
  }

  @Test
  default void takesTheLargestTable() {
    List<Entry> rows = new ArrayList<>();
    for (int line = 2; line < 20_002; line++) {
      rows.add(waiting(line));
    }
    imports().create(run("large", 0), rows);
    assertThat(imports().find("large").orElseThrow().rows()).isEqualTo(20_000);
    assertThat(imports().rows("large", 20_000, 10)).hasSize(1);
  }

  private static Run run(String id, long second) {
    return new Run(
        id, "камеры.csv", true, State.RUNNING, 0, 0, 0, 0, 0, 0, T0.plusSeconds(second), null);
  }

  private static Entry waiting(int line) {
    return new Entry(new Row(line, Outcome.WAITING, null, null, ""), VALUES);
  }

  private static Entry failed(int line) {
    return new Entry(
        new Row(line, Outcome.FAILED, null, "latitude", "\"42,x\" is not a number"), Map.of());
  }

  private static Entry done(int line, Outcome outcome) {
    return new Entry(new Row(line, outcome, new CameraId("gate"), null, ""), Map.of());
  }
}
