package kg.sakchy.core.recording;

import java.io.InputStream;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;

/**
 * Reads the archive as one line, wherever its parts are just now: in the object store, sealed in
 * the spool, or still being written.
 *
 * <p>Threads: safe for use by many threads; calls block (database, disk, object store).
 */
public interface Archive {
  /**
   * Segments that overlap {@code range}, by start. The one being written is a snapshot: its size
   * covers only parts that are whole, and stays valid while the writer goes on.
   *
   * @param limit at most this many, the earliest first
   */
  List<Segment> segments(StreamId stream, TimeRange range, int limit);

  /**
   * Bytes of a segment found by {@link #segments}, also when it moved from the spool into the store
   * since.
   *
   * @param offset first byte
   * @param length how many; the stream ends after them
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND when retention removed it, UNAVAILABLE when
   *     the store is away
   */
  InputStream open(Segment segment, long offset, long length);

  /** What is recorded and what is missing in {@code range}. */
  Timeline timeline(StreamId stream, TimeRange range);

  /**
   * One stretch of the line of time of a stream.
   *
   * @param recorded stretches with pictures, by start, neighbours joined
   * @param gaps from the ledger, by start
   */
  record Timeline(List<TimeRange> recorded, List<Gap> gaps) {
    public Timeline {
      recorded = List.copyOf(recorded);
      gaps = List.copyOf(gaps);
    }
  }
}
