package kg.sakchy.core.recording;

import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;

/**
 * Every stretch that should have been recorded and was not, with its cause (invariant 4).
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: VmsException UNAVAILABLE
 * when the database is away; the caller keeps the gap and tries again.
 */
public interface GapLedger {
  /**
   * Adds a gap, or replaces the one of the same stream, kind and start (it grew, or its cause
   * became known).
   */
  void put(Gap gap);

  /**
   * Gaps that overlap {@code range}, by start.
   *
   * @param limit at most this many, the earliest first
   */
  List<Gap> find(StreamId stream, TimeRange range, int limit);
}
