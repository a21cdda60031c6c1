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
   * Replaces a gap by what is left of it, all at once: some of it, or all, was filled.
   *
   * @param known the gap as it was found
   * @param left parts of it that are still missing, by start; empty to remove it
   * @return false if the gap is not there as {@code known} any more; nothing was changed then
   */
  boolean replace(Gap known, List<Gap> left);

  /**
   * Gaps that overlap {@code range}, by start.
   *
   * @param limit at most this many, the earliest first
   */
  List<Gap> find(StreamId stream, TimeRange range, int limit);
}
