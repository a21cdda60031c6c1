package kg.sakchy.core.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/**
 * One piece of the archive, about a minute: a self-describing fragmented MP4 object and the row
 * that describes it. Its bytes are {@code ftyp moov uuid(identity) (moof mdat)*}; see {@code
 * ref/segment-format.md}.
 *
 * @param stream whose
 * @param run identifies the run: microseconds of UTC at which the run began, unique within the
 *     stream
 * @param sequence counts the segments of a run from 0
 * @param range UTC of the first frame, to the start of the next segment of the run or the end of
 *     the run by the clock; never the sum of frame durations
 * @param time how the start is known
 * @param decodeTicks {@code baseMediaDecodeTime} of the first video sample, 90 kHz; rises through a
 *     run without a break, so the media of neighbouring segments joins without a change
 * @param init the object's {@code ftyp} and {@code moov} boxes; equal for all segments of a run
 * @param codecs RFC 6381 strings of the tracks, separated by commas
 * @param width luma samples of the video
 * @param height luma samples of the video
 * @param keyFrames where decoding can begin
 * @param frames number of video frames
 * @param packetsLost RTP packets lost while it was written
 * @param sizeBytes size of the object; for a segment being written, of the parts that are whole
 * @param sha256 of the object's bytes; empty while it is being written
 * @param previousSha256 of the segment before it in the stream, empty for the first: a chain per
 *     stream
 * @param state how far on its way it is
 */
public record Segment(
    StreamId stream,
    long run,
    int sequence,
    TimeRange range,
    TimeBasis time,
    long decodeTicks,
    Bytes init,
    String codecs,
    int width,
    int height,
    KeyFrameIndex keyFrames,
    int frames,
    long packetsLost,
    long sizeBytes,
    Bytes sha256,
    Bytes previousSha256,
    State state) {
  /** Ticks per second of {@link #decodeTicks} and of the key-frame index. */
  public static final int TIMESCALE = 90_000;

  /** Times of one picture, live and from the camera's card, differ by less. */
  private static final Duration SAME_PICTURE = Duration.ofMillis(200);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The way of a segment. */
  public enum State {
    /** Parts are being appended to its spool file. */
    WRITING,
    /** Sealed in the spool, waiting to be uploaded and indexed. */
    SPOOLED,
    /** In the object store and the index. */
    STORED
  }

  /** The name of its object; see {@link #key(StreamId, Instant, long, int)}. */
  public ObjectKey key() {
    return key(stream, range.start(), run, sequence);
  }

  /**
   * {@code v1/<camera>/<stream>/<yyyy>/<MM>/<dd>/<start UTC ms>-<run>-<sequence>.mp4}, run in base
   * 36.
   */
  public static ObjectKey key(StreamId stream, Instant start, long run, int sequence) {
    return new ObjectKey(
        "v1/%s/%s/%s/%d-%s-%d.mp4"
            .formatted(
                stream.camera(),
                stream.name().code(),
                DAY.format(start),
                start.toEpochMilli(),
                Long.toString(run, 36),
                sequence));
  }

  /** Where the media begins: the offset of the first {@code moof}. */
  public long mediaOffset() {
    return keyFrames.offset(0);
  }

  /**
   * Whether the last group of pictures of this segment comes again, and goes on, at the beginning
   * of {@code next}: the camera's own recording, which fills the gap behind this segment, begins
   * with the key frame before the gap. Who plays both as one leaves out the last group of this one.
   */
  public boolean endsWithTheBeginningOf(Segment next) {
    return next.time.isFilled()
        && next.range.start().isBefore(range.end())
        && !instantOf(keyFrames.ticks(keyFrames.size() - 1))
            .isBefore(next.range.start().minus(SAME_PICTURE));
  }

  /** UTC of a moment given in ticks since the first frame. */
  public Instant instantOf(long ticks) {
    return range.start().plus(MediaTime.duration(ticks, TIMESCALE));
  }

  /** Ticks since the first frame of a UTC moment; negative before it. */
  public long ticksOf(Instant instant) {
    return MediaTime.ticks(Duration.between(range.start(), instant), TIMESCALE);
  }
}
