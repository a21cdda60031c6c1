package kg.sakchy.gateway.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.FragmentScanner;
import kg.sakchy.media.mp4.SegmentScan;

/**
 * A clip of six seconds, 20 pictures a second, the first of each second a key frame, and segments
 * that a recorder could have made of it.
 */
final class RecordedClip {
  static final Duration LENGTH = Duration.ofSeconds(6);
  static final RecordedClip H264 = new RecordedClip("run-h264-bframes-aac.mp4");
  static final RecordedClip H265 = new RecordedClip("run-h265.mp4");
  private final byte[] bytes;
  private final SegmentScan scan;

  private RecordedClip(String name) {
    try (InputStream in = RecordedClip.class.getResourceAsStream("/clips/" + name)) {
      bytes = Objects.requireNonNull(in).readAllBytes();
      scan = FragmentScanner.scan(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Records the clip as one run.
   *
   * @param secondsEach length of the segments
   */
  List<Segment> record(StoredArchive into, StreamId stream, Instant start, int secondsEach) {
    List<List<SegmentScan.Part>> groups = new ArrayList<>();
    int keyFrames = 0;
    for (SegmentScan.Part part : scan.parts()) {
      if (part.keyFrame() && keyFrames++ % secondsEach == 0) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(part);
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Instant from = start.plusSeconds((long) i * secondsEach);
      Instant end = start.plus(LENGTH);
      Instant to = i + 1 < groups.size() ? from.plusSeconds(secondsEach) : end;
      segments.add(segment(into, stream, start, i, new TimeRange(from, to), groups.get(i)));
    }
    return segments;
  }

  private Segment segment(
      StoredArchive into,
      StreamId stream,
      Instant start,
      int sequence,
      TimeRange range,
      List<SegmentScan.Part> parts) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(scan.init().bytes().toByteArray());
    KeyFrameIndex.Builder keyFrames = new KeyFrameIndex.Builder();
    long origin = parts.getFirst().videoFirstPtsTicks();
    int frames = 0;
    for (SegmentScan.Part part : parts) {
      if (part.keyFrame()) {
        keyFrames.add(part.videoFirstPtsTicks() - origin, object.size(), part.sizeBytes());
      }
      object.write(bytes, (int) part.offset(), part.sizeBytes());
      frames += part.videoFrames();
    }
    TrackFormat.Video video =
        (TrackFormat.Video) Objects.requireNonNull(scan.init().video().orElseThrow().format());
    Segment segment =
        new Segment(
            stream,
            start.toEpochMilli() * 1_000,
            sequence,
            range,
            new TimeBasis(4711, range.start(), null, Duration.ofMillis(40)),
            parts.getFirst().videoDecodeTicks(),
            scan.init().bytes(),
            String.join(",", scan.init().codecs()),
            video.width(),
            video.height(),
            keyFrames.build(),
            frames,
            0,
            object.size(),
            Bytes.EMPTY,
            Bytes.EMPTY,
            Segment.State.STORED);
    into.put(segment, object.toByteArray());
    return segment;
  }
}
