package kg.sakchy.media.mp4;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;

/**
 * The parts of one run from one key frame to another, byte for byte as they were recorded, out of
 * one segment object or of neighbours. The decode times are the run's own.
 *
 * <p>Immutable.
 */
public final class RunRange {
  private static final TfdtShift NONE = new TfdtShift(Map.of());

  private final List<RangePiece> pieces;
  private final Segment first;
  private final long startTicks;

  private RunRange(List<RangePiece> pieces, Segment first, long startTicks) {
    this.pieces = List.copyOf(pieces);
    this.first = first;
    this.startTicks = startTicks;
  }

  /**
   * Finds a range among rows.
   *
   * @param rows of one stream, by start; those of other runs are left out
   * @param startTicks decode time of a key frame, 90 kHz
   * @param endTicks decode time of the key frame behind the last part, or a later time when the run
   *     ends before
   * @return empty when the rows do not hold all of it
   */
  public static Optional<RunRange> find(
      List<Segment> rows, long run, long startTicks, long endTicks) {
    List<RangePiece> pieces = new ArrayList<>();
    Segment first = null;
    Segment previous = null;
    for (Segment row : rows) {
      if (row.run() != run || (previous != null && ended(previous, endTicks))) {
        continue;
      }
      KeyFrameIndex keys = row.keyFrames();
      int begin = first == null ? exactly(keys, startTicks - row.decodeTicks()) : 0;
      if (begin < 0) {
        continue;
      }
      if (previous != null && row.sequence() != previous.sequence() + 1) {
        return Optional.empty();
      }
      first = first == null ? row : first;
      previous = row;
      int end = keys.ceiling(endTicks - row.decodeTicks());
      long offset = keys.offset(begin);
      long until = end < keys.size() ? keys.offset(end) : row.sizeBytes();
      if (until > row.sizeBytes()) {
        return Optional.empty();
      }
      if (until > offset) {
        pieces.add(new RangePiece.Media(row, offset, until, offset, until - offset, NONE));
      }
    }
    return first == null || previous == null || pieces.isEmpty() || !isWhole(previous, endTicks)
        ? Optional.empty()
        : Optional.of(new RunRange(pieces, first, startTicks));
  }

  /** The key frame at a time; -1 when there is none. */
  private static int exactly(KeyFrameIndex keys, long ticks) {
    int key = keys.ceiling(ticks);
    return key < keys.size() && keys.ticks(key) == ticks ? key : -1;
  }

  /** Whether a row holds the key frame at which the range ends. */
  private static boolean ended(Segment row, long endTicks) {
    KeyFrameIndex keys = row.keyFrames();
    return keys.ceiling(endTicks - row.decodeTicks()) < keys.size();
  }

  private static boolean isWhole(Segment last, long endTicks) {
    return ended(last, endTicks) || last.state() != Segment.State.WRITING;
  }

  /** UTC of the first frame, as the index knows it. */
  public Instant start() {
    return first.instantOf(startTicks - first.decodeTicks());
  }

  /** How many bytes. */
  public long length() {
    return pieces.stream().mapToLong(RangePiece::length).sum();
  }

  /** The bytes; fails as {@link RangePlan#open(Archive)} does. */
  public InputStream open(Archive archive) {
    return new RangeStream(archive, pieces);
  }
}
