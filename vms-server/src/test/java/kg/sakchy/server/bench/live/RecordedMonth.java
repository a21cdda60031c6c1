package kg.sakchy.server.bench.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.TimeRange;

/**
 * Thirty days of a camera, made of what a server has really recorded of another one: its segments
 * again and again, as rows in the same database. Objects are put where they will be read.
 */
final class RecordedMonth {
  static final CameraId CAMERA = new CameraId("month");
  static final Duration LENGTH = Duration.ofDays(30);
  private static final StreamId STREAM = StreamId.main(CAMERA);
  private static final int MOST = 200;

  private final RecordingIndex index;
  private final List<Segment> originals;
  private final ObjectStore from;

  /**
   * @param camera whose recordings are repeated
   * @param from where their objects are
   */
  RecordedMonth(RecordingIndex index, CameraId camera, ObjectStore from) {
    this.index = index;
    this.from = from;
    TimeRange ever = new TimeRange(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
    this.originals = index.find(StreamId.main(camera), ever, MOST);
    if (originals.isEmpty()) {
      throw new IllegalArgumentException("nothing is recorded of " + camera);
    }
  }

  /** Writes the rows up to now, unless an earlier run has. */
  TimeRange fill(Instant now) {
    Optional<Segment> last = index.last(STREAM);
    if (last.isPresent()) {
      Instant end = last.get().range().end();
      return new TimeRange(end.minus(LENGTH), end);
    }
    TimeRange range = new TimeRange(now.minus(LENGTH), now);
    Instant at = range.start();
    for (long run = 1; at.isBefore(range.end()); run++) {
      for (Segment original : originals) {
        Segment again = again(original, run, at);
        index.add(again);
        at = again.range().end();
      }
    }
    return range;
  }

  private static Segment again(Segment original, long run, Instant at) {
    TimeBasis time = original.time();
    return new Segment(
        STREAM,
        run,
        original.sequence(),
        new TimeRange(at, at.plus(original.range().duration())),
        new TimeBasis(time.rtpTicks(), at, null, time.uncertainty()),
        original.decodeTicks(),
        original.init(),
        original.codecs(),
        original.width(),
        original.height(),
        original.keyFrames(),
        original.frames(),
        original.packetsLost(),
        original.sizeBytes(),
        original.sha256(),
        original.previousSha256(),
        original.state());
  }

  /** Puts the objects that a range needs into a store. */
  void put(TimeRange range, ObjectStore to, Path scratch) {
    for (Segment segment : index.find(STREAM, range, MOST)) {
      if (to.stat(segment.key()).isEmpty()) {
        put(segment, to, scratch.resolve("segment.mp4"));
      }
    }
  }

  private void put(Segment segment, ObjectStore to, Path file) {
    Segment original =
        originals.stream()
            .filter(one -> one.sha256().equals(segment.sha256()))
            .findFirst()
            .orElseThrow();
    try (InputStream content = from.open(original.key(), 0, original.sizeBytes())) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
      to.put(segment.key(), file, segment.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
