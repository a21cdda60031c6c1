package kg.sakchy.gateway.server;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;

/** An archive in memory. Threads: safe for use by many. */
final class StoredArchive implements Archive {
  private final ConcurrentSkipListMap<String, Stored> stored = new ConcurrentSkipListMap<>();

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Stored(Segment segment, byte[] object) {}

  /** Adds a segment, or replaces one that has grown. */
  void put(Segment segment, byte[] object) {
    stored.put(segment.key().toString(), new Stored(segment, object));
  }

  /** Its object is gone, its row is still found: retention between the two. */
  void lose(Segment segment) {
    stored.put(segment.key().toString(), new Stored(segment, new byte[0]));
  }

  /** Takes the beginning of another archive's segment, as a snapshot of one being written. */
  void copy(StoredArchive from, Segment whole, long bytes) {
    Stored found = Objects.requireNonNull(from.stored.get(whole.key().toString()));
    Segment snapshot =
        new Segment(
            whole.stream(),
            whole.run(),
            whole.sequence(),
            whole.range(),
            whole.time(),
            whole.decodeTicks(),
            whole.init(),
            whole.codecs(),
            whole.width(),
            whole.height(),
            whole.keyFrames(),
            whole.frames(),
            0,
            bytes,
            whole.sha256(),
            whole.previousSha256(),
            Segment.State.WRITING);
    put(snapshot, Arrays.copyOf(found.object(), (int) bytes));
  }

  @Override
  public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
    return stored.values().stream()
        .map(Stored::segment)
        .filter(segment -> segment.stream().equals(stream) && segment.range().overlaps(range))
        .sorted(Comparator.comparing((Segment segment) -> segment.range().start()))
        .limit(limit)
        .toList();
  }

  @Override
  public InputStream open(Segment segment, long offset, long length) {
    Stored found = stored.get(segment.key().toString());
    if (found == null || found.object().length == 0) {
      throw new VmsException(ErrorKind.NOT_FOUND, "retention removed it");
    }
    return new ByteArrayInputStream(found.object(), (int) offset, (int) length);
  }

  @Override
  public Timeline timeline(StreamId stream, TimeRange range) {
    return new Timeline(List.of(), List.of());
  }
}
