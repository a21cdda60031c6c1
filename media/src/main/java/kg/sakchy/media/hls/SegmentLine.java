package kg.sakchy.media.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.recording.Segment;

/**
 * The Media Segments of a playlist, in order and numbered (RFC 8216bis §6.2.2): new ones come at
 * the end, old ones go at the beginning, and no other is ever changed.
 *
 * <p>Where more than a second and a half is missing between two of them, a gap segment stands; it
 * lasts as long as what is missing, but {@value #LONGEST_GAP_SECONDS} s at most, so that a night
 * without recordings is not a night of waiting.
 *
 * <p>Threads: confined to one thread at a time.
 */
public final class SegmentLine {
  static final int LONGEST_GAP_SECONDS = 6;
  private static final int LEAST_TARGET_SECONDS = 6;
  private static final long TOLERATED_MICROS = 1_500_000;

  private final List<HlsSegment> segments = new ArrayList<>();
  private long firstNumber;
  private long firstDiscontinuity;
  private long ticks;
  private int targetSeconds = LEAST_TARGET_SECONDS;

  /**
   * @param firstNumber Media Sequence Number of the first segment that will be added
   */
  public SegmentLine(long firstNumber) {
    this.firstNumber = firstNumber;
  }

  /** Adds a segment, and a gap before it where one is. */
  public void add(HlsSegment segment) {
    if (!segments.isEmpty()) {
      long missing = segment.startMicros() - segments.getLast().endMicros();
      if (missing > TOLERATED_MICROS) {
        long micros = Math.min(missing, LONGEST_GAP_SECONDS * 1_000_000L);
        keep(
            HlsSegment.gap(segments.getLast().endMicros(), micros * Segment.TIMESCALE / 1_000_000));
      }
    }
    keep(segment);
  }

  private void keep(HlsSegment segment) {
    segments.add(segment);
    ticks += segment.ticks();
    long rounded = (segment.ticks() + Segment.TIMESCALE / 2) / Segment.TIMESCALE;
    targetSeconds = Math.toIntExact(Math.max(targetSeconds, rounded));
  }

  /** Takes the first segment away. */
  public void removeFirst() {
    HlsSegment removed = segments.removeFirst();
    ticks -= removed.ticks();
    firstNumber++;
    if (!segments.isEmpty() && breaks(removed, segments.getFirst())) {
      firstDiscontinuity++;
    }
  }

  private static boolean breaks(HlsSegment previous, HlsSegment segment) {
    return !segment.isGap() && !segment.follows(previous);
  }

  /** A copy that does not change any more. */
  public Snapshot snapshot() {
    return new Snapshot(firstNumber, firstDiscontinuity, targetSeconds, segments);
  }

  /** The last segment that is media. */
  public Optional<HlsSegment> last() {
    return segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
  }

  /** Length of all of them together, 90 kHz. */
  public long ticks() {
    return ticks;
  }

  /** How many there are. */
  public int size() {
    return segments.size();
  }

  /**
   * The line at a moment.
   *
   * @param firstNumber Media Sequence Number of the first segment
   * @param firstDiscontinuity how many discontinuities were removed before it
   * @param targetSeconds no segment was ever longer, rounded
   * @param segments in order
   */
  public record Snapshot(
      long firstNumber, long firstDiscontinuity, int targetSeconds, List<HlsSegment> segments) {
    public Snapshot {
      segments = List.copyOf(segments);
    }

    /** Media Sequence Number that the next segment will have. */
    public long nextNumber() {
      return firstNumber + segments.size();
    }
  }
}
