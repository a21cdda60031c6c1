package kg.sakchy.media.mp4;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;

/** An archive that remembers which bytes it was asked for. */
final class InMemoryArchive implements Archive {
  private final Map<ObjectKey, byte[]> objects = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private long bytesOpened;

  void put(Segment segment, byte[] object) {
    segments.add(segment);
    objects.put(segment.key(), object);
  }

  byte[] object(Segment segment) {
    return Objects.requireNonNull(objects.get(segment.key()));
  }

  long bytesOpened() {
    return bytesOpened;
  }

  @Override
  public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
    return segments.stream()
        .filter(segment -> segment.stream().equals(stream) && segment.range().overlaps(range))
        .limit(limit)
        .toList();
  }

  @Override
  public InputStream open(Segment segment, long offset, long length) {
    bytesOpened += length;
    return new ByteArrayInputStream(object(segment), (int) offset, (int) length);
  }

  @Override
  public Timeline timeline(StreamId stream, TimeRange range) {
    return new Timeline(segments.stream().map(Segment::range).toList(), List.of());
  }
}
