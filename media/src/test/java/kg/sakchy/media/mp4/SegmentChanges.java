package kg.sakchy.media.mp4;

import java.time.Instant;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/** Segments that differ from a recorded one in a point. */
final class SegmentChanges {
  private SegmentChanges() {}

  static Segment withInit(Segment segment, Bytes init) {
    return change(
        segment,
        segment.sequence(),
        segment.range(),
        segment.decodeTicks(),
        init,
        segment.sizeBytes(),
        segment.state());
  }

  /** A snapshot of the segment when it was so large. */
  static Segment writing(Segment segment, long sizeBytes, Instant until) {
    return change(
        segment,
        segment.sequence(),
        new TimeRange(segment.range().start(), until),
        segment.decodeTicks(),
        segment.init(),
        sizeBytes,
        Segment.State.WRITING);
  }

  /** The same at another place of its run. */
  static Segment inRun(Segment segment, int sequence, Instant start, long decodeTicks) {
    return change(
        segment,
        sequence,
        new TimeRange(start, start.plus(segment.range().duration())),
        decodeTicks,
        segment.init(),
        segment.sizeBytes(),
        segment.state());
  }

  /** The same, taken from the camera's card: another run, which begins at another moment. */
  static Segment filled(Segment segment, Instant start) {
    return new Segment(
        segment.stream(),
        segment.run() + 1,
        0,
        new TimeRange(start, start.plus(segment.range().duration())),
        segment.time().filled(),
        segment.decodeTicks(),
        segment.init(),
        segment.codecs(),
        segment.width(),
        segment.height(),
        segment.keyFrames(),
        segment.frames(),
        segment.packetsLost(),
        segment.sizeBytes(),
        segment.sha256(),
        segment.previousSha256(),
        segment.state());
  }

  private static Segment change(
      Segment segment,
      int sequence,
      TimeRange range,
      long decodeTicks,
      Bytes init,
      long sizeBytes,
      Segment.State state) {
    return new Segment(
        segment.stream(),
        segment.run(),
        sequence,
        range,
        segment.time(),
        decodeTicks,
        init,
        segment.codecs(),
        segment.width(),
        segment.height(),
        segment.keyFrames(),
        segment.frames(),
        segment.packetsLost(),
        sizeBytes,
        segment.sha256(),
        segment.previousSha256(),
        state);
  }
}
