package kg.sakchy.core.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the runs of {@link CameraImports} and what is left of their tables, so that a run goes on
 * after a restart.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: UNAVAILABLE when the
 * database cannot be reached, NOT_FOUND for a run that is not there.
 */
public interface CameraImportStore {
  /** How many ended runs are kept. */
  int KEPT_RUNS = 100;

  /**
   * Keeps a new run with all its rows, or nothing. The oldest ended runs beyond {@link #KEPT_RUNS}
   * are forgotten.
   *
   * @param run its counts are not kept: they are those of the rows, always
   */
  void create(CameraImports.Run run, List<Entry> rows);

  Optional<CameraImports.Run> find(String id);

  /** The latest runs, newest first. */
  List<CameraImports.Run> latest(int limit);

  /** The runs that are in state RUNNING, the oldest first. */
  List<CameraImports.Run> running();

  /** As {@link CameraImports#rows}. */
  List<CameraImports.Row> rows(String id, int afterLine, int limit);

  /** Rows with something left to do, in the order of lines. */
  List<Entry> unfinished(String id, int afterLine, int limit);

  /** Replaces rows of a run; all or none. */
  void record(String id, List<Entry> rows);

  /** Sets how far a run is; {@code endedAt} is null exactly while it goes on. */
  void setState(String id, CameraImports.Run.State state, @Nullable Instant endedAt);

  /** Makes a run RUNNING again, and every row with something left to do WAITING. */
  void reopen(String id);

  /**
   * A row as it is kept.
   *
   * @param row what became of it so far
   * @param values what the table says, by column; secrets included, so it is empty as soon as
   *     nothing is left to do
   */
  record Entry(CameraImports.Row row, Map<String, String> values) {
    public Entry {
      values = Map.copyOf(values);
    }

    /** Prints without the values: there are passwords among them. */
    @Override
    public String toString() {
      return "Entry[row=" + row + ", values=" + values.keySet() + "]";
    }
  }
}
