package kg.sakchy.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.FragmentScanner;
import kg.sakchy.media.mp4.InitTrack;
import kg.sakchy.media.mp4.SegmentScan;

/**
 * Segments of one run, cut from a committed clip as the recorder cuts: a number of key frames each,
 * decode times going on.
 *
 * @param segments by start
 * @param objects their bytes, by the same index
 */
record RecordedRun(List<Segment> segments, List<byte[]> objects) {
  /** The bytes of a clip of the test resources. */
  static byte[] clip(String name) {
    try (InputStream in = RecordedRun.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RecordedRun cut(
      StreamId stream, String clip, Instant start, long run, int keyFramesPerSegment) {
    byte[] file = clip(clip);
    SegmentScan scan = scan(file);
    List<Segment> segments = new ArrayList<>();
    List<byte[]> objects = new ArrayList<>();
    List<SegmentScan.Part> parts = new ArrayList<>();
    int keyFrames = 0;
    for (SegmentScan.Part part : scan.parts()) {
      if (part.keyFrame() && keyFrames == keyFramesPerSegment) {
        add(segments, objects, file, scan, parts, new Where(stream, start, run));
        parts.clear();
        keyFrames = 0;
      }
      keyFrames += part.keyFrame() ? 1 : 0;
      parts.add(part);
    }
    add(segments, objects, file, scan, parts, new Where(stream, start, run));
    return new RecordedRun(segments, objects);
  }

  private record Where(StreamId stream, Instant start, long run) {}

  static SegmentScan scan(byte[] file) {
    try {
      return FragmentScanner.scan(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(
      List<Segment> segments,
      List<byte[]> objects,
      byte[] file,
      SegmentScan scan,
      List<SegmentScan.Part> parts,
      Where where) {
    Bytes init = scan.init().bytes();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(init.toByteArray());
    KeyFrameIndex.Builder index = new KeyFrameIndex.Builder();
    SegmentScan.Part first = parts.getFirst();
    SegmentScan.Part last = parts.getLast();
    for (SegmentScan.Part part : parts) {
      if (part.keyFrame()) {
        index.add(part.videoFirstPtsTicks() - first.videoFirstPtsTicks(), object.size());
      }
      object.write(file, (int) part.offset(), part.sizeBytes());
    }
    TrackFormat.Video video =
        (TrackFormat.Video) scan.init().video().map(InitTrack::format).orElseThrow();
    Instant from = where.start().plus(time(first.videoFirstPtsTicks()));
    Instant to = where.start().plus(time(last.videoFirstPtsTicks() + last.videoDurationTicks()));
    segments.add(
        new Segment(
            where.stream(),
            where.run(),
            segments.size(),
            new TimeRange(from, to),
            new TimeBasis(first.videoFirstPtsTicks(), from, null, Duration.ofMillis(5)),
            first.videoDecodeTicks(),
            init,
            video.codecString(),
            video.width(),
            video.height(),
            index.build(),
            parts.stream().mapToInt(SegmentScan.Part::videoFrames).sum(),
            0,
            object.size(),
            sha256(object.toByteArray()),
            Bytes.EMPTY,
            Segment.State.STORED));
    objects.add(object.toByteArray());
  }

  private static Duration time(long ticks) {
    return MediaTime.duration(ticks, Segment.TIMESCALE);
  }

  private static Bytes sha256(byte[] data) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
