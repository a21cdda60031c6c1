package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every segment on the spool's disk and does the renames that move one along.
 *
 * <p>A segment is here until it is stored and indexed, so whoever looks here first and into the
 * index afterwards never misses one.
 *
 * <p>Threads: safe for use by many; file operations block.
 */
public final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final String OPEN = ".open";
  private static final String MEDIA = ".mp4";
  private static final String ROW = ".row";

  private final Path root;
  private final Map<StreamId, OpenSegment> open = new ConcurrentHashMap<>();
  private final Map<ObjectKey, SpooledSegment> sealed = new ConcurrentHashMap<>();
  private final Queue<Unsealed> unsealed = new ConcurrentLinkedQueue<>();
  private final AtomicLong sealedBytes = new AtomicLong();
  private volatile Consumer<SpooledSegment> onSealed = segment -> {};

  public Spool(Path root) {
    this.root = root;
  }

  /** Sets who is told of each sealed segment; must not block. */
  public void onSealed(Consumer<SpooledSegment> listener) {
    onSealed = listener;
  }

  public Path root() {
    return root;
  }

  /** The stream's directory, made when missing. */
  Path directory(StreamId stream) {
    Path directory = root.resolve(stream.camera().value()).resolve(stream.name().code());
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw SpoolErrors.of("cannot make the stream's spool directory", e);
    }
  }

  /** The file in which a segment is written; named like its object. */
  public Path openFile(StreamId stream, Instant start, long run, int sequence) {
    String stem = start.toEpochMilli() + "-" + Long.toString(run, 36) + "-" + sequence;
    return directory(stream).resolve(stem + OPEN);
  }

  /** A segment has its first part. */
  public void opened(StreamId stream, OpenSegment segment) {
    open.put(stream, segment);
  }

  /**
   * Seals a segment whose file is complete and closed: row file, rename, chain. A crash between any
   * two steps is mended by {@link SpoolRecovery}; when the disk refuses, {@link #retrySeals} tries
   * again.
   *
   * @param openFile where it is now
   * @param row in state SPOOLED
   * @param recovered whether it was saved after a crash
   */
  public void seal(Path openFile, Segment row, boolean recovered) {
    try {
      finishSeal(new Unsealed(openFile, row, recovered));
    } catch (IOException | VmsException e) {
      LOG.atWarn().addKeyValue("file", openFile).setCause(e).log("cannot seal a segment yet");
      unsealed.add(new Unsealed(openFile, row, recovered));
    }
  }

  /** Tries again to seal what could not be sealed. */
  public void retrySeals() {
    for (int left = unsealed.size(); left > 0; left--) {
      Unsealed next = unsealed.poll();
      if (next != null) {
        seal(next.file, next.row, true);
      }
    }
  }

  private void finishSeal(Unsealed segment) throws IOException {
    Segment row = segment.row;
    Path directory = directory(row.stream());
    Path media = mediaFile(segment.file);
    SegmentRow.write(rowFile(segment.file), row);
    if (!segment.file.equals(media)) {
      Files.move(segment.file, media, StandardCopyOption.ATOMIC_MOVE);
    }
    ChainLink link = new ChainLink(row.range().end(), row.sha256());
    boolean older =
        segment.recovered
            && ChainLink.read(directory)
                .filter(known -> known.end().isAfter(link.end()))
                .isPresent();
    if (!older && !row.time().isFilled()) {
      link.write(directory);
    }
    SpooledSegment done = new SpooledSegment(row, media, segment.recovered);
    add(done);
    open.computeIfPresent(
        row.stream(), (id, writing) -> writing.file().equals(segment.file) ? null : writing);
    onSealed.accept(done);
  }

  /** Adds a sealed segment found on disk. */
  void add(SpooledSegment segment) {
    if (sealed.put(segment.segment().key(), segment) == null) {
      sealedBytes.addAndGet(segment.segment().sizeBytes());
    }
  }

  /** Removes a segment that is stored and indexed. */
  public void remove(SpooledSegment segment) {
    forget(segment);
    try {
      Files.deleteIfExists(segment.media());
      Files.deleteIfExists(rowFile(segment.media()));
    } catch (IOException e) {
      throw SpoolErrors.of("cannot remove an uploaded segment", e);
    }
  }

  /**
   * Reads a segment and compares its hash.
   *
   * @throws VmsException DATA_LOSS when the content is not what its row says
   */
  public void verify(SpooledSegment segment) {
    try {
      if (!Sha256.of(segment.media()).equals(segment.segment().sha256())) {
        throw new VmsException(
                ErrorKind.DATA_LOSS, "the content of a segment differs from its hash")
            .with("key", segment.segment().key());
      }
    } catch (IOException e) {
      throw SpoolErrors.of("cannot read a segment", e);
    }
  }

  /**
   * Reads a segment again whose content is not what its row says, as after a loss of power, and
   * seals what can be played of it.
   *
   * @return whether there is something left of it
   */
  public boolean repair(SpooledSegment segment) {
    forget(segment);
    try {
      Optional<Segment> row = SpoolRecovery.rebuild(segment.segment().stream(), segment.media());
      row.ifPresent(rebuilt -> seal(segment.media(), rebuilt, true));
      return row.isPresent();
    } catch (IOException e) {
      throw SpoolErrors.of("cannot repair a segment", e);
    }
  }

  /**
   * Takes a segment out of the way that cannot be uploaded, and keeps its file under another name
   * for people to look at.
   */
  public void setAside(SpooledSegment segment) {
    forget(segment);
    try {
      Path aside = segment.media().resolveSibling(segment.media().getFileName() + ".damaged");
      Files.move(segment.media(), aside, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(rowFile(segment.media()));
    } catch (IOException e) {
      throw SpoolErrors.of("cannot set a damaged segment aside", e);
    }
  }

  private void forget(SpooledSegment segment) {
    SpooledSegment known = sealed.remove(segment.segment().key());
    if (known != null) {
      sealedBytes.addAndGet(-known.segment().sizeBytes());
    }
  }

  /** Segments of a stream that overlap {@code range}, by start. */
  public List<Segment> find(StreamId stream, TimeRange range) {
    List<Segment> found = new ArrayList<>();
    OpenSegment writing = open.get(stream); // first: it may be sealed meanwhile, never the reverse
    for (SpooledSegment segment : sealed.values()) {
      if (segment.segment().stream().equals(stream)) {
        found.add(segment.segment());
      }
    }
    if (writing != null) {
      Segment snapshot = writing.snapshot();
      if (found.stream().noneMatch(segment -> segment.key().equals(snapshot.key()))) {
        found.add(snapshot);
      }
    }
    found.removeIf(segment -> !segment.range().overlaps(range));
    found.sort(Comparator.comparing(segment -> segment.range().start()));
    return found;
  }

  /** The file that holds a segment just now; empty when it is not in the spool. */
  public Optional<Path> file(StreamId stream, ObjectKey key) {
    OpenSegment writing = open.get(stream);
    if (writing != null && writing.file().getFileName().toString().equals(stem(key) + OPEN)) {
      return Optional.of(writing.file());
    }
    SpooledSegment segment = sealed.get(key);
    return segment == null ? Optional.empty() : Optional.of(segment.media());
  }

  /** Sealed segments, in no order. */
  public List<SpooledSegment> sealed() {
    return List.copyOf(sealed.values());
  }

  /** Bytes of all segments, those being written included. */
  public long bytes() {
    long bytes = sealedBytes.get();
    for (OpenSegment writing : open.values()) {
      bytes += writing.snapshotBytes();
    }
    return bytes;
  }

  /** Bytes of one stream. */
  public long bytes(StreamId stream) {
    OpenSegment writing = open.get(stream);
    long bytes = writing == null ? 0 : writing.snapshotBytes();
    for (SpooledSegment segment : sealed.values()) {
      if (segment.segment().stream().equals(stream)) {
        bytes += segment.segment().sizeBytes();
      }
    }
    return bytes;
  }

  /** Where the stream's archive ended when its last segment was sealed. */
  public Optional<ChainLink> chain(StreamId stream) {
    try {
      return ChainLink.read(directory(stream));
    } catch (IOException e) {
      throw SpoolErrors.of("cannot read the stream's chain", e);
    }
  }

  static boolean isOpen(Path file) {
    return file.getFileName().toString().endsWith(OPEN);
  }

  static boolean isMedia(Path file) {
    return file.getFileName().toString().endsWith(MEDIA);
  }

  static boolean isRow(Path file) {
    return file.getFileName().toString().endsWith(ROW);
  }

  /** The row file beside an open or sealed file. */
  static Path rowFile(Path file) {
    return withEnding(file, ROW);
  }

  /** The sealed file beside a row file. */
  static Path mediaFile(Path file) {
    return withEnding(file, MEDIA);
  }

  /** The open file beside a row file. */
  static Path openFile(Path file) {
    return withEnding(file, OPEN);
  }

  private static Path withEnding(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }

  private static String stem(ObjectKey key) {
    String name = key.value().substring(key.value().lastIndexOf('/') + 1);
    return name.substring(0, name.lastIndexOf('.'));
  }

  private record Unsealed(Path file, Segment row, boolean recovered) {}
}
