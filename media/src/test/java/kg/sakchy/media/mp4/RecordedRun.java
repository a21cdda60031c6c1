package kg.sakchy.media.mp4;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/** Cuts a fragmented file into the segments a recorder would have made of it. */
final class RecordedRun {
  static final StreamId STREAM = StreamId.main(new CameraId("gate-1"));

  private RecordedRun() {}

  /**
   * Records a file into an archive.
   *
   * @param keyFramesEach so many groups of pictures to a segment
   */
  static List<Segment> record(
      InMemoryArchive archive, GoldenFile file, Instant start, int keyFramesEach) {
    byte[] bytes = file.bytes();
    SegmentScan scan = scan(bytes);
    SegmentScan.Part last =
        scan.parts().stream().filter(part -> part.videoFrames() > 0).toList().getLast();
    List<List<SegmentScan.Part>> groups = new ArrayList<>();
    int keyFrames = 0;
    for (SegmentScan.Part part : scan.parts()) {
      if (part.keyFrame() && keyFrames++ % keyFramesEach == 0) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(part);
    }
    long origin = scan.parts().getFirst().videoFirstPtsTicks();
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Instant from = start.plus(ticks(groups.get(i).getFirst().videoFirstPtsTicks() - origin));
      Instant to =
          i + 1 < groups.size()
              ? start.plus(ticks(groups.get(i + 1).getFirst().videoFirstPtsTicks() - origin))
              : start.plus(
                  ticks(
                      last.videoDecodeTicks()
                          + last.videoDurationTicks()
                          - scan.parts().getFirst().videoDecodeTicks()));
      long run = start.toEpochMilli() * 1_000;
      segments.add(segment(archive, bytes, scan, groups.get(i), run, i, new TimeRange(from, to)));
    }
    return segments;
  }

  private static Duration ticks(long ticks) {
    return MediaTime.duration(ticks, Segment.TIMESCALE);
  }

  private static Segment segment(
      InMemoryArchive archive,
      byte[] bytes,
      SegmentScan scan,
      List<SegmentScan.Part> parts,
      long run,
      int sequence,
      TimeRange range) {
    TimeBasis time = new TimeBasis(4711, range.start(), null, Duration.ofMillis(40));
    long decodeTicks = parts.getFirst().videoDecodeTicks();
    SegmentIdentity identity =
        new SegmentIdentity(STREAM, run, sequence, range.start(), time, decodeTicks, Bytes.EMPTY);
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(scan.init().bytes().toByteArray());
    object.writeBytes(identity.encode());
    KeyFrameIndex.Builder keyFrames = new KeyFrameIndex.Builder();
    int frames = 0;
    for (SegmentScan.Part part : parts) {
      if (part.keyFrame()) {
        keyFrames.add(
            part.videoFirstPtsTicks() - parts.getFirst().videoFirstPtsTicks(),
            object.size(),
            part.sizeBytes());
      }
      object.write(bytes, (int) part.offset(), part.sizeBytes());
      frames += part.videoFrames();
    }
    TrackFormat.Video video =
        (TrackFormat.Video) Objects.requireNonNull(scan.init().video().orElseThrow().format());
    Segment segment =
        new Segment(
            STREAM,
            run,
            sequence,
            range,
            time,
            decodeTicks,
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
    archive.put(segment, object.toByteArray());
    return segment;
  }

  static SegmentScan scan(byte[] file) {
    try {
      return FragmentScanner.scan(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
