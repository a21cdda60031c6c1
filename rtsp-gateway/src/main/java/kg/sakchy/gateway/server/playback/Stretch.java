package kg.sakchy.gateway.server.playback;

import java.time.Instant;
import kg.sakchy.core.recording.Segment;

/**
 * Whole parts of a segment that lie together, from a key frame to the next or as far as they are
 * written.
 *
 * @param segment whose
 * @param from offset of the first byte in the object
 * @param to offset behind the last byte
 * @param key which key frame it begins with, or -1 if it goes on where the last one ended
 * @param follows whether nothing is missing between the stretch given before and this one
 */
record Stretch(Segment segment, long from, long to, int key, boolean follows) {
  /** UTC of the key frame it begins with; of no meaning without one. */
  Instant start() {
    return segment.instantOf(segment.keyFrames().ticks(Math.max(0, key)));
  }

  /** Only the part that holds the key frame, if its size is known. */
  Stretch keyFrameOnly() {
    long size = segment.keyFrames().partSize(key);
    return size > 0 && from + size <= to
        ? new Stretch(segment, from, from + size, key, follows)
        : this;
  }
}
