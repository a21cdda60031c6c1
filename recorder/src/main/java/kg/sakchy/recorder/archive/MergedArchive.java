package kg.sakchy.recorder.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.gap.Coverage;
import kg.sakchy.recorder.gap.GapBook;
import kg.sakchy.recorder.spool.Spool;
import kg.sakchy.recorder.spool.SpoolErrors;

/** The {@link Archive} over spool, index, store and ledger. */
public final class MergedArchive implements Archive {
  private static final Duration JOIN = Duration.ofSeconds(2);
  private static final int MOST_GAPS = 10_000;

  /** A file can be renamed once and removed once while we look for it. */
  private static final int ATTEMPTS = 3;

  private final Spool spool;
  private final RecordingIndex index;
  private final ObjectStore store;
  private final GapLedger ledger;
  private final GapBook book;

  public MergedArchive(
      Spool spool, RecordingIndex index, ObjectStore store, GapLedger ledger, GapBook book) {
    this.spool = spool;
    this.index = index;
    this.store = store;
    this.ledger = ledger;
    this.book = book;
  }

  @Override
  public List<Segment> segments(StreamId stream, TimeRange range, int limit) {
    List<Segment> waiting = spool.find(stream, range);
    List<Segment> stored = index.find(stream, range, limit);
    if (waiting.isEmpty()) {
      return stored;
    }
    Map<ObjectKey, Segment> found = new LinkedHashMap<>();
    waiting.forEach(segment -> found.put(segment.key(), segment));
    stored.forEach(segment -> found.put(segment.key(), segment));
    return found.values().stream()
        .sorted(
            Comparator.comparing((Segment segment) -> segment.range().start())
                .thenComparingLong(Segment::run)
                .thenComparingInt(Segment::sequence))
        .limit(limit)
        .toList();
  }

  @Override
  public InputStream open(Segment segment, long offset, long length) {
    if (offset < 0 || length <= 0 || offset > segment.sizeBytes() - length) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the segment has " + segment.sizeBytes() + " bytes");
    }
    Optional<InputStream> found = Optional.empty();
    for (int attempt = 0; attempt < ATTEMPTS && found.isEmpty(); attempt++) {
      Optional<Path> file = spool.file(segment.stream(), segment.key());
      found = file.flatMap(path -> inSpool(path, offset, length));
    }
    return found.orElseGet(() -> store.open(segment.key(), offset, length));
  }

  /** Empty when the file was renamed or removed just now. */
  private static Optional<InputStream> inSpool(Path file, long offset, long length) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return Optional.of(new FileRange(channel, offset, length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw SpoolErrors.of("cannot read a segment in the spool", e);
    }
  }

  @Override
  public Timeline timeline(StreamId stream, TimeRange range) {
    List<TimeRange> recorded = new ArrayList<>();
    spool.find(stream, range).forEach(segment -> recorded.add(segment.range()));
    recorded.addAll(index.coverage(stream, range, JOIN.toMillis()));
    Map<GapKey, Gap> gaps = new LinkedHashMap<>();
    ledger.find(stream, range, MOST_GAPS).forEach(gap -> gaps.put(GapKey.of(gap), gap));
    book.pending(stream, range).forEach(gap -> gaps.put(GapKey.of(gap), gap));
    return new Timeline(
        Coverage.join(Coverage.clip(recorded, range), JOIN),
        gaps.values().stream().sorted(Comparator.comparing(gap -> gap.range().start())).toList());
  }

  private record GapKey(Gap.Kind kind, Instant start) {
    static GapKey of(Gap gap) {
      return new GapKey(gap.kind(), gap.range().start());
    }
  }
}
