package kg.sakchy.core.event;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.time.TimeRange;

/**
 * All events, in the order in which they were logged.
 *
 * <p>Threads: safe for use by many threads; calls block (database).
 */
public interface EventLog {
  /**
   * Adds events; all or none.
   *
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE when the database is away: the caller
   *     keeps them and tries again
   */
  void append(List<CameraEvent> events);

  /** Events that match, the newest first. */
  List<Entry> find(Query query);

  /** Calls {@code listener} with every committed batch; it must be quick. */
  void onAppend(Consumer<List<Entry>> listener);

  /**
   * An event with its place in the log.
   *
   * @param number rises with every event
   * @param event what happened
   */
  record Entry(long number, CameraEvent event) {}

  /**
   * What to look for.
   *
   * @param cameras of these cameras; empty for all
   * @param kinds of these kinds; empty for all
   * @param range whose {@code at} lies in it
   * @param before only numbers below it: the last number of the page before; {@link Long#MAX_VALUE}
   *     for the first page
   * @param limit at most this many, 1 to 1000
   */
  record Query(
      Set<CameraId> cameras, Set<EventKind> kinds, TimeRange range, long before, int limit) {
    public Query {
      cameras = Set.copyOf(cameras);
      kinds = Set.copyOf(kinds);
    }
  }
}
