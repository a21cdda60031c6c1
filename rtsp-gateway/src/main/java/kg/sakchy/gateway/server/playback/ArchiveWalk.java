package kg.sakchy.gateway.server.playback;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the archive of one stream, one group of pictures after another, forwards or
 * backwards, and asks for few segments at a time, so that a range of a year costs no more memory
 * than one of a minute. Forwards it follows the segment being written.
 *
 * <p>Threads: confined to one; blocks (database).
 */
final class ArchiveWalk {
  private static final int PAGE = 8;
  private static final int BACK_PAGE = 1_000;

  /** Looked at first when going back; doubled until something is found. */
  private static final Duration BACK_WINDOW = Duration.ofMinutes(4);

  /** Segments of different runs this close follow each other without a hole. */
  private static final Duration SEAM = Duration.ofMillis(200);

  private final Archive archive;
  private final StreamId stream;
  private final VmsClock clock;
  private final Instant earliest;
  private final Instant latest;
  private Instant cursor;
  private @Nullable Segment current;
  private long consumed;
  private int key;

  /**
   * @param bounds nothing outside is looked at
   * @param start where to begin
   */
  ArchiveWalk(Archive archive, StreamId stream, VmsClock clock, TimeRange bounds, Instant start) {
    this.archive = archive;
    this.stream = stream;
    this.clock = clock;
    this.earliest = bounds.start();
    this.latest = bounds.end();
    this.cursor = start;
  }

  /** Forwards: the next stretch, or null if nothing more is recorded up to now. */
  @Nullable Stretch next() {
    Stretch rest = rest();
    if (rest != null) {
      return rest;
    }
    Segment before = current;
    for (Segment segment : page(before == null ? cursor : before.range().start())) {
      if (before != null && segment.key().equals(before.key())) {
        current = segment; // it may have grown
        rest = rest();
        if (rest != null) {
          return rest;
        }
      } else if (keys(segment) > 0 && (before == null || isAfter(segment, before))) {
        return enter(segment, before);
      }
    }
    return null;
  }

  private static boolean isAfter(Segment segment, Segment before) {
    return segment.range().start().isAfter(before.range().start());
  }

  private List<Segment> page(Instant from) {
    Instant now = clock.now().plusSeconds(1);
    Instant until = latest.isBefore(now) ? latest : now;
    return from.isBefore(until)
        ? archive.segments(stream, new TimeRange(from, until), PAGE)
        : List.of();
  }

  private Stretch enter(Segment segment, @Nullable Segment before) {
    current = segment;
    key = 0;
    if (before == null && segment.range().contains(cursor)) {
      key = Math.min(keys(segment) - 1, segment.keyFrames().floor(segment.ticksOf(cursor)));
    }
    consumed = segment.keyFrames().offset(key);
    return take(segment, before != null && follows(segment, before));
  }

  private static boolean follows(Segment segment, Segment before) {
    boolean sameRun = segment.run() == before.run() && segment.sequence() == before.sequence() + 1;
    Duration hole = Duration.between(before.range().end(), segment.range().start());
    return sameRun || hole.abs().compareTo(SEAM) <= 0;
  }

  /** What is left of the segment. */
  private @Nullable Stretch rest() {
    Segment segment = current;
    return segment == null || consumed >= segment.sizeBytes() ? null : take(segment, true);
  }

  private Stretch take(Segment segment, boolean follows) {
    KeyFrameIndex index = segment.keyFrames();
    int keys = keys(segment);
    while (key < keys && index.offset(key) < consumed) {
      key++;
    }
    boolean begins = key < keys && index.offset(key) == consumed;
    int nextKey = begins ? key + 1 : key;
    long to = nextKey < keys ? index.offset(nextKey) : segment.sizeBytes();
    Stretch stretch = new Stretch(segment, consumed, to, begins ? key : -1, follows);
    consumed = to;
    return stretch;
  }

  /** How many key frames begin within the segment's size. */
  private static int keys(Segment segment) {
    KeyFrameIndex index = segment.keyFrames();
    int keys = index.size();
    while (keys > 0 && index.offset(keys - 1) >= segment.sizeBytes()) {
      keys--;
    }
    return keys;
  }

  /** Backwards: the group before the one given last, or null if there is none. */
  @Nullable Stretch previous() {
    Segment segment = current;
    if (segment == null || key == 0) {
      Optional<Segment> found = before(segment == null ? cursor : segment.range().start());
      if (found.isEmpty()) {
        return null;
      }
      boolean contains = segment == null && found.get().range().contains(cursor);
      current = found.get();
      key =
          contains
              ? Math.min(keys(current) - 1, current.keyFrames().floor(current.ticksOf(cursor)))
              : keys(current) - 1;
    } else {
      key--;
    }
    return group(key);
  }

  private @Nullable Stretch group(int index) {
    Segment segment = current;
    if (segment == null) {
      return null;
    }
    KeyFrameIndex keys = segment.keyFrames();
    long to = index + 1 < keys(segment) ? keys.offset(index + 1) : segment.sizeBytes();
    Stretch stretch = new Stretch(segment, keys.offset(index), to, index, false);
    return stretch.start().isBefore(earliest) ? null : stretch;
  }

  /** The last segment that begins before a moment. */
  private Optional<Segment> before(Instant moment) {
    Instant until = moment;
    Duration window = BACK_WINDOW;
    while (until.isAfter(earliest)) {
      Instant from = until.minus(window);
      if (from.isBefore(earliest)) {
        from = earliest;
      }
      Optional<Segment> last =
          archive.segments(stream, new TimeRange(from, until), BACK_PAGE).stream()
              .filter(segment -> segment.range().start().isBefore(moment) && keys(segment) > 0)
              .max(Comparator.comparing(segment -> segment.range().start()));
      if (last.isPresent()) {
        return last;
      }
      until = from;
      window = window.multipliedBy(2);
    }
    return Optional.empty();
  }
}
