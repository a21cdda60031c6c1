package kg.sakchy.web.live;

import java.time.Duration;
import java.time.Instant;
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
 * Walks through the archive of a stream, group of pictures by group of pictures, up to what was
 * written last. Knows index rows only; reads no object.
 *
 * <p>Threads: one; calls block (database).
 */
final class ArchiveCursor {
  private static final int LOOK_AHEAD = 8;

  /** The segment being written may claim to end a little after now. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final Archive archive;
  private final StreamId stream;
  private final VmsClock clock;
  private final Instant at;
  private @Nullable Segment current;
  private int key;
  private long reached;

  /**
   * A group of pictures, or the rest of one.
   *
   * @param segment that holds it
   * @param key its number in {@link Segment#keyFrames()}
   * @param offset of its first byte
   * @param length up to the next group
   * @param follows whether its decode times go on from the group before
   */
  record Group(Segment segment, int key, long offset, long length, boolean follows) {
    /** Whether it begins with its key frame. */
    boolean isWhole() {
      return offset == segment.keyFrames().offset(key);
    }

    /** UTC of its key frame. */
    Instant start() {
      return segment.instantOf(segment.keyFrames().ticks(key));
    }

    /** UTC at which the next group begins, or the segment ends. */
    Instant end() {
      KeyFrameIndex keys = segment.keyFrames();
      return key + 1 < keys.size() ? segment.instantOf(keys.ticks(key + 1)) : segment.range().end();
    }
  }

  /**
   * @param at the first group holds it, or is the first after it
   */
  ArchiveCursor(Archive archive, StreamId stream, VmsClock clock, Instant at) {
    this.archive = archive;
    this.stream = stream;
    this.clock = clock;
    this.at = at;
  }

  /** The next group; empty when nothing more is recorded just now. */
  Optional<Group> next() {
    Segment in = current;
    boolean follows = true;
    if (in == null || reached >= in.sizeBytes()) {
      Segment found = find(in);
      if (found == null) {
        return Optional.empty();
      }
      if (in == null || !isSame(found, in)) {
        follows = in != null && found.run() == in.run() && found.sequence() == in.sequence() + 1;
        key = in == null ? found.keyFrames().floor(found.ticksOf(at)) : 0;
        reached = found.keyFrames().offset(key);
      }
      current = found;
      in = found;
    }
    KeyFrameIndex keys = in.keyFrames();
    while (key + 1 < keys.size() && keys.offset(key + 1) <= reached) {
      key++;
    }
    long end = key + 1 < keys.size() ? keys.offset(key + 1) : in.sizeBytes();
    return Optional.of(
        new Group(in, key, reached, Math.min(end, in.sizeBytes()) - reached, follows));
  }

  /** Everything before this offset of the current segment has been taken. */
  void reached(long offset) {
    reached = offset;
  }

  /** Leaves out what remains of the current segment: it cannot be read. */
  void skipSegment() {
    if (current != null) {
      reached = Long.MAX_VALUE;
    }
  }

  /** The current segment grown, else the one after it, else null. */
  private @Nullable Segment find(@Nullable Segment after) {
    Instant horizon = clock.now().plus(SLACK);
    Instant from = after == null ? at : after.range().start();
    if (!from.isBefore(horizon)) {
      return null;
    }
    List<Segment> found = archive.segments(stream, new TimeRange(from, horizon), LOOK_AHEAD);
    for (Segment segment : found) {
      boolean isNext =
          after == null
              || (isSame(segment, after)
                  ? reached < segment.sizeBytes()
                  : segment.range().end().isAfter(after.range().end())
                      && !segment.range().start().isBefore(after.range().start()));
      boolean isReadable =
          segment.keyFrames().size() > 0 && segment.keyFrames().offset(0) < segment.sizeBytes();
      if (isNext && isReadable) {
        return segment;
      }
    }
    return null;
  }

  private static boolean isSame(Segment one, Segment other) {
    return one.run() == other.run() && one.sequence() == other.sequence();
  }
}
