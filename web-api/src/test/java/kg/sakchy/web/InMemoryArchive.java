package kg.sakchy.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryGapLedger;
import kg.sakchy.core.InMemoryRecordingIndex;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;

/** An archive in the heap that knows how much of it was read and what is still open. */
final class InMemoryArchive implements Archive {
  private final InMemoryRecordingIndex index = new InMemoryRecordingIndex();
  private final Map<ObjectKey, byte[]> objects = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Segment> spool = new ConcurrentHashMap<>();
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong bytesRead = new AtomicLong();
  final InMemoryGapLedger gaps = new InMemoryGapLedger();
  final FaultSwitch faults = new FaultSwitch();

  /** A segment that is being written, or was just sealed: replaces what was known of it. */
  void grow(Segment segment, byte[] object) {
    objects.put(segment.key(), object);
    spool.put(segment.key(), segment);
  }

  void add(RecordedRun run) {
    for (int i = 0; i < run.segments().size(); i++) {
      add(run.segments().get(i), run.objects().get(i));
    }
  }

  void add(Segment segment, byte[] object) {
    index.add(segment);
    objects.put(segment.key(), object);
  }

  /** Retention takes the object of a segment away, and not yet its row. */
  void lose(Segment segment) {
    objects.remove(segment.key());
  }

  /** How often the index was asked for segments. */
  int queries() {
    return queries.get();
  }

  int open() {
    return open.get();
  }

  long bytesRead() {
    return bytesRead.get();
  }

  @Override
  public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
    faults.pass();
    queries.incrementAndGet();
    return Stream.concat(
            index.find(stream, range, limit).stream(),
            spool.values().stream()
                .filter(segment -> segment.stream().equals(stream))
                .filter(segment -> segment.range().overlaps(range)))
        .sorted(Comparator.comparing(segment -> segment.range().start()))
        .limit(limit)
        .toList();
  }

  @Override
  public InputStream open(Segment segment, long offset, long length) {
    faults.pass();
    byte[] object = objects.get(segment.key());
    if (object == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "retention removed the recording");
    }
    open.incrementAndGet();
    return new Counted(object, (int) offset, (int) length);
  }

  @Override
  public Timeline timeline(StreamId stream, TimeRange range) {
    faults.pass();
    return new Timeline(index.coverage(stream, range, 500), gaps.find(stream, range, 10_000));
  }

  private final class Counted extends ByteArrayInputStream {
    private boolean closed;

    Counted(byte[] data, int offset, int length) {
      super(data, offset, length);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      int count = super.read(target, offset, length);
      bytesRead.addAndGet(Math.max(0, count));
      return count;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
