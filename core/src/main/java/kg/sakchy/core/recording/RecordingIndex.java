package kg.sakchy.core.recording;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of stored segments. A row exists only for a durable object (invariant 5).
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: VmsException UNAVAILABLE
 * when the database is away.
 */
public interface RecordingIndex {
  /**
   * Adds the row of a stored segment; adding the same segment again changes nothing, so an
   * interrupted upload can be repeated.
   */
  void add(Segment segment);

  /**
   * Stored segments that overlap {@code range}, by start, run and sequence; without those marked
   * for deletion.
   *
   * @param limit at most this many, the earliest first
   */
  List<Segment> find(StreamId stream, TimeRange range, int limit);

  /** The stored segment with the latest start, also when it is marked for deletion. */
  Optional<Segment> last(StreamId stream);

  /**
   * Stretches that are recorded inside {@code range}, by start, neighbours joined when less than
   * {@code joinMillis} apart; without reading more than times.
   */
  List<TimeRange> coverage(StreamId stream, TimeRange range, long joinMillis);

  /** What is stored, from counters kept beside the rows: never a scan. */
  Totals totals();

  /**
   * Marks segments for deletion, the first of the two phases: from now on nobody finds them.
   *
   * @param stream whose, or null for every stream
   * @param endingBefore only those whose range ends at or before this
   * @param limit at most this many, the oldest first
   * @return the segments marked by this call
   */
  List<Expired> markExpired(@Nullable StreamId stream, Instant endingBefore, int limit);

  /**
   * Segments marked earlier whose rows still exist, for a clean-up that was interrupted; the oldest
   * first.
   */
  List<Expired> marked(int limit);

  /** Removes rows, the second phase; only for objects that are gone. */
  void remove(Collection<Expired> gone);

  /**
   * A row on its way out.
   *
   * @param key its object
   * @param stream whose
   * @param start start of its range, with {@code key} the identity of the row
   * @param sizeBytes what deleting it frees
   */
  record Expired(ObjectKey key, StreamId stream, Instant start, long sizeBytes) {}

  /**
   * What is stored, without segments marked for deletion.
   *
   * @param segments how many
   * @param sizeBytes their size together
   */
  record Totals(long segments, long sizeBytes) {}
}
