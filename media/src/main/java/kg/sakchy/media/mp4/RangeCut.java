package kg.sakchy.media.mp4;

import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;

/**
 * What a range takes of one segment: whole groups of pictures.
 *
 * @param segment the segment
 * @param firstKey first key frame taken
 * @param endKey first key frame no longer taken, or {@code keys}
 * @param keys how many key frames begin within the segment's size
 */
record RangeCut(Segment segment, int firstKey, int endKey, int keys) {
  /** Empty when the segment is outside the range or holds no whole part. */
  static Optional<RangeCut> of(Segment segment, TimeRange range) {
    KeyFrameIndex index = segment.keyFrames();
    int keys = index.size();
    while (keys > 0 && index.offset(keys - 1) >= segment.sizeBytes()) {
      keys--;
    }
    Optional<TimeRange> wanted = segment.range().intersection(range);
    if (keys == 0 || wanted.isEmpty()) {
      return Optional.empty();
    }
    int first = Math.min(keys - 1, index.floor(segment.ticksOf(wanted.get().start())));
    int end =
        wanted.get().end().equals(segment.range().end())
            ? keys
            : Math.min(keys, index.ceiling(segment.ticksOf(wanted.get().end())));
    return Optional.of(new RangeCut(segment, first, Math.max(first + 1, end), keys));
  }

  /** Offset of the last key frame of a segment at or before a byte of its media. */
  static long keyFrameAtOrBefore(Segment segment, long offset) {
    KeyFrameIndex index = segment.keyFrames();
    return index.offset(keyFramesBefore(index, offset + 1) - 1);
  }

  /** Offset of the first key frame of a segment at or after a byte, or the segment's size. */
  static long keyFrameAtOrAfter(Segment segment, long offset) {
    KeyFrameIndex index = segment.keyFrames();
    int next = keyFramesBefore(index, offset);
    return next < index.size()
        ? Math.min(index.offset(next), segment.sizeBytes())
        : segment.sizeBytes();
  }

  /** How many key frames stand before a byte. */
  private static int keyFramesBefore(KeyFrameIndex index, long offset) {
    int low = 0;
    int high = index.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (index.offset(middle) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  long offset() {
    return segment.keyFrames().offset(firstKey);
  }

  long length() {
    return endOffset(endKey) - offset();
  }

  /** Bytes from a key frame to the next. */
  long sizeOf(int key) {
    return endOffset(key + 1) - segment.keyFrames().offset(key);
  }

  private long endOffset(int key) {
    return key < keys ? segment.keyFrames().offset(key) : segment.sizeBytes();
  }

  /** Decode time at which a key frame's group begins, 90 kHz, before any shift. */
  long decodeTicks(int key) {
    return segment.decodeTicks() + segment.keyFrames().ticks(key);
  }

  long startTicks() {
    return decodeTicks(firstKey);
  }

  /** Decode time at which the cut ends; behind the last key frame by the clock. */
  long endTicks() {
    if (endKey < keys) {
      return decodeTicks(endKey);
    }
    long byClock = segment.ticksOf(segment.range().end());
    return segment.decodeTicks() + Math.max(byClock, segment.keyFrames().ticks(endKey - 1) + 1);
  }

  /** UTC of the first frame. */
  Instant start() {
    return segment.instantOf(segment.keyFrames().ticks(firstKey));
  }

  /** UTC at which the cut ends; later than {@link #start()}. */
  Instant end() {
    return segment.instantOf(endTicks() - segment.decodeTicks());
  }

  /** Whether {@code next} begins with the last group of pictures of this cut. */
  boolean isRepeatedBy(RangeCut next) {
    return endKey == keys && next.firstKey == 0 && segment.endsWithTheBeginningOf(next.segment);
  }

  /** All but the last group of pictures; empty when there is no more. */
  Optional<RangeCut> withoutLastGroup() {
    return endKey - 1 > firstKey
        ? Optional.of(new RangeCut(segment, firstKey, endKey - 1, keys))
        : Optional.empty();
  }

  /** Whether this cut goes on where {@code previous} ends, as it was muxed. */
  boolean follows(RangeCut previous) {
    return sameRun(previous)
        && segment.sequence() == previous.segment.sequence() + 1
        && previous.endKey == previous.keys
        && firstKey == 0;
  }

  boolean sameRun(RangeCut other) {
    return segment.run() == other.segment.run();
  }
}
