package kg.sakchy.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/** Plausible segments for tests. */
public final class SampleSegments {
  private static final int BYTES_PER_SECOND = 250_000;
  private static final Bytes INIT =
      Bytes.copyOf("ftyp and moov of a test".getBytes(StandardCharsets.US_ASCII));

  private SampleSegments() {}

  /** A stored segment of 25 frames a second with a key frame every two seconds. */
  public static Segment segment(
      StreamId stream, Instant start, long seconds, long run, int sequence) {
    TimeRange range = new TimeRange(start, start.plusSeconds(seconds));
    KeyFrameIndex.Builder keyFrames = new KeyFrameIndex.Builder();
    for (long at = 0; at < seconds; at += 2) {
      keyFrames.add(at * Segment.TIMESCALE, INIT.size() + at * BYTES_PER_SECOND);
    }
    return new Segment(
        stream,
        run,
        sequence,
        range,
        new TimeBasis(1_234_567_890_123L, start, null, Duration.ofMillis(40)),
        sequence * seconds * Segment.TIMESCALE,
        INIT,
        "avc1.64001f,mp4a.40.2",
        1280,
        720,
        keyFrames.build(),
        (int) (25 * seconds),
        0,
        INIT.size() + BYTES_PER_SECOND * seconds,
        ObjectStoreContract.sha256(
            (stream + " " + run + " " + sequence).getBytes(StandardCharsets.US_ASCII)),
        Bytes.EMPTY,
        Segment.State.STORED);
  }

  /** The same with a camera's clock, losses, and a segment before it. */
  public static Segment withCameraTime(Segment segment) {
    return new Segment(
        segment.stream(),
        segment.run(),
        segment.sequence(),
        segment.range(),
        new TimeBasis(
            -5,
            segment.range().start().plusMillis(17),
            segment.range().start().minusSeconds(86_400),
            Duration.ofNanos(123_456_000)),
        segment.decodeTicks(),
        segment.init(),
        "hvc1.1.6.L93.B0",
        3840,
        2160,
        segment.keyFrames(),
        segment.frames(),
        42,
        segment.sizeBytes(),
        segment.sha256(),
        ObjectStoreContract.sha256(new byte[] {1}),
        segment.state());
  }

  /** The same, filled from the camera's own recording. */
  public static Segment filled(Segment segment) {
    return with(segment, segment.time().filled(), segment.state());
  }

  /** The same on another stage of its way. */
  public static Segment inState(Segment segment, Segment.State state) {
    return with(segment, segment.time(), state);
  }

  private static Segment with(Segment segment, TimeBasis time, Segment.State state) {
    return new Segment(
        segment.stream(),
        segment.run(),
        segment.sequence(),
        segment.range(),
        time,
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
        state);
  }
}
