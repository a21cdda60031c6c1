package kg.sakchy.web.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.media.hls.ArchiveCutter;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.hls.LiveEdge;
import kg.sakchy.media.hls.SegmentLine;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one playlist address: from a moment of the archive on. It is made of index rows,
 * and where a live ring has what comes next, of the ring's.
 *
 * <p>Its numbers follow from the address and the archive alone: the first segment is number 0, and
 * the cut is the same whenever it is made. So a playlist goes on after a restart of the server.
 *
 * <p>Threads: safe for use by many threads; {@link #extend} blocks while the index is read.
 */
final class Listing {
  /** Longest stretch listed at once. */
  static final Duration LONGEST = Duration.ofHours(24);

  /** Segments of four seconds make 21,600 of a day; a playlist that grew to more is ended. */
  private static final int MOST_SEGMENTS = 60_000;

  private static final int MOST_ROWS = 20_000;

  /** The present, as far as the archive is concerned: the recorder may still be writing. */
  private static final Duration WRITING = Duration.ofSeconds(30);

  private final Archive archive;
  private final StreamId stream;
  private final Instant from;
  private final @Nullable Instant limit;
  private final SegmentLine line = new SegmentLine(0);
  private boolean settled;
  private volatile int size;

  /**
   * @param from begins with the segment that holds this moment, or the first one later
   * @param end ends with the segment that holds this moment; null: goes on with the present, unless
   *     that is more than a day away
   */
  Listing(Archive archive, StreamId stream, Instant from, @Nullable Instant end, Instant now) {
    this.archive = archive;
    this.stream = stream;
    this.from = from;
    Instant day = from.plus(LONGEST);
    this.limit = end == null && day.isBefore(now) ? day : end;
  }

  /** Whether it goes on with the present. */
  boolean isOpen() {
    return limit == null;
  }

  /**
   * Takes what is new.
   *
   * @param live the live line, or null when there is none
   * @return the segments, and whether the live line goes on where they end
   */
  synchronized State extend(Instant now, @Nullable LiveWindow live) {
    boolean joined = live != null && join(live);
    if (!joined && !ended()) {
      addRecorded(now);
      joined = live != null && join(live);
    }
    size = line.size();
    return new State(line.snapshot(), joined, ended());
  }

  private void addRecorded(Instant now) {
    Optional<HlsSegment> last = line.last();
    Instant begin = last.map(HlsSegment::start).orElse(from).minus(ArchiveCutter.LEAD);
    Instant end = limit == null ? now.plus(WRITING) : limit;
    if (!begin.isBefore(end)) {
      return;
    }
    List<Segment> rows = archive.segments(stream, new TimeRange(begin, end), MOST_ROWS);
    long first = HlsSegment.micros(from);
    for (HlsSegment segment : ArchiveCutter.cut(rows, last.orElse(null), now)) {
      if (segment.endMicros() > first && isWanted(segment)) {
        line.add(segment);
      }
    }
    settled = limit != null && limit.plus(WRITING).isBefore(now);
  }

  private boolean isWanted(HlsSegment segment) {
    return line.size() < MOST_SEGMENTS
        && (limit == null || segment.startMicros() < HlsSegment.micros(limit));
  }

  /** Adds the live segments behind the last one; false when something lies between. */
  private boolean join(LiveWindow live) {
    HlsSegment last = line.last().orElse(null);
    if (!live.archived() || last == null || limit != null) {
      return false;
    }
    List<HlsSegment> segments = live.segments().segments();
    int next = segments.size();
    while (next > 0 && !isSame(segments.get(next - 1), last)) {
      next--;
    }
    boolean goesOn =
        next > 0
            || (segments.isEmpty() ? begunFollows(live, last) : segments.getFirst().follows(last));
    if (goesOn) {
      segments.subList(next, segments.size()).stream()
          .filter(segment -> !segment.isGap() && isWanted(segment))
          .forEach(line::add);
    }
    return goesOn;
  }

  /** The same media: its end and its UTC are known better later. */
  private static boolean isSame(HlsSegment one, HlsSegment other) {
    return one.run() == other.run() && one.startTicks() == other.startTicks();
  }

  private static boolean begunFollows(LiveWindow live, HlsSegment last) {
    LiveEdge.Begun begun = live.edge().begun();
    return begun != null && begun.run() == last.run() && begun.startTicks() == last.endTicks();
  }

  private boolean ended() {
    Instant end = limit;
    return settled
        || line.size() >= MOST_SEGMENTS
        || (end != null
            && line.last().filter(last -> last.endMicros() >= HlsSegment.micros(end)).isPresent());
  }

  /** How many segments it holds. */
  int size() {
    return size;
  }

  /**
   * A listing at a moment.
   *
   * @param segments its segments
   * @param joined whether the live line goes on where they end
   * @param ended whether no more will come
   */
  record State(SegmentLine.Snapshot segments, boolean joined, boolean ended) {}
}
