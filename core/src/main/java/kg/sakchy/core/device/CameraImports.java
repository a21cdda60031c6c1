package kg.sakchy.core.device;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Registers cameras from tables (CSV or XLSX), in runs that show their progress, can be cancelled
 * and go on after a restart. Importing the same table again changes nothing.
 *
 * <p>Threads: safe for use by many threads; calls block for the database, never for cameras.
 */
public interface CameraImports {
  /** Most rows of one table. */
  int MAX_ROWS = 20_000;

  /**
   * Reads the whole table, then begins to work through it.
   *
   * @param fileName what the user calls it; tells CSV from XLSX together with the content
   * @param table the file
   * @param dryRun whether to only say what would be done; cameras are probed, nothing is stored
   * @throws kg.sakchy.core.error.VmsException INVALID_ARGUMENT when it cannot be read as a table,
   *     lacks a needed column, or has over {@link #MAX_ROWS} rows; row errors do not stop a run
   */
  Run start(String fileName, Bytes table, boolean dryRun);

  Optional<Run> find(String id);

  /** The latest runs, newest first. */
  List<Run> latest(int limit);

  /**
   * Results of single rows in the order of lines.
   *
   * @param afterLine the last line of the page before; 0 for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<Row> rows(String id, int afterLine, int limit);

  /** Ends a run after the rows under way. */
  void cancel(String id);

  /** Goes on with the rows that wait or failed for reasons that may pass. */
  void resume(String id);

  /** Calls {@code listener} with every change of a run's numbers; closing ends the calls. */
  Watch watch(String id, Consumer<Run> listener);

  /** Ends a watch. Idempotent. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * One run and how far it is.
   *
   * @param id its name
   * @param fileName what the user calls the table
   * @param dryRun whether nothing is stored
   * @param state how far
   * @param rows rows of the table
   * @param done rows that have a result
   * @param registered new cameras, in a dry run: that would be
   * @param updated cameras that were known and got new values
   * @param unchanged cameras that were known and equal
   * @param failed rows with an error
   * @param startedAt when it was begun
   * @param endedAt when it ended, or null while it goes on
   */
  record Run(
      String id,
      String fileName,
      boolean dryRun,
      State state,
      int rows,
      int done,
      int registered,
      int updated,
      int unchanged,
      int failed,
      Instant startedAt,
      @Nullable Instant endedAt) {
    /** How far a run is. */
    public enum State {
      RUNNING,
      CANCELLED,
      DONE;

      /** Lower-case name, as in the API and the database. */
      public String code() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /**
   * What became of a row.
   *
   * @param line its line in the table, the heading being line 1
   * @param outcome what
   * @param camera which camera, or null
   * @param column the column that is wrong, or null
   * @param message what is wrong, in words; empty when nothing is
   */
  record Row(
      int line,
      Outcome outcome,
      @Nullable CameraId camera,
      @Nullable String column,
      String message) {
    /** What became of it. */
    public enum Outcome {
      WAITING,
      REGISTERED,
      UPDATED,
      UNCHANGED,
      FAILED;

      /** Lower-case name, as in the API and the database. */
      public String code() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}
