package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.media.mp4.SegmentIdentity;
import kg.sakchy.media.mp4.SegmentScan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the spool in order after any kind of end, without the database: torn files are cut to
 * their last whole part, hashed and sealed; half-done seals and removals are finished; what cannot
 * be a segment is set aside under another name and never deleted.
 *
 * <p>Threads: run once at the start, before anything is recorded; the streams are done in parallel.
 */
public final class SpoolRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolRecovery.class);

  private final Spool spool;

  public SpoolRecovery(Spool spool) {
    this.spool = spool;
  }

  /**
   * Recovers all streams. Afterwards the spool knows every segment in it.
   *
   * @return how many segments had to be saved from torn files
   * @throws VmsException when the spool's disk cannot be read
   */
  public int run() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> streams = new ArrayList<>();
      for (StreamId stream : streams()) {
        streams.add(pool.submit(() -> recover(stream)));
      }
      int saved = 0;
      for (Future<Integer> stream : streams) {
        saved += stream.get();
      }
      return saved;
    } catch (IOException e) {
      throw SpoolErrors.of("cannot read the spool", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? SpoolErrors.of("cannot recover the spool", io)
          : new VmsException(ErrorKind.INTERNAL, "cannot recover the spool", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "interrupted while recovering the spool", e);
    }
  }

  private List<StreamId> streams() throws IOException {
    List<StreamId> streams = new ArrayList<>();
    for (Path camera : list(spool.root())) {
      for (Path stream : Files.isDirectory(camera) ? list(camera) : List.<Path>of()) {
        streamOf(camera, stream).ifPresent(streams::add);
      }
    }
    return streams;
  }

  private static Optional<StreamId> streamOf(Path camera, Path stream) {
    try {
      return Optional.of(
          new StreamId(
              new CameraId(camera.getFileName().toString()),
              StreamName.of(stream.getFileName().toString())));
    } catch (VmsException e) {
      return Optional.empty(); // not ours
    }
  }

  private int recover(StreamId stream) throws IOException {
    int saved = 0;
    for (Path file : list(spool.directory(stream))) {
      if (file.getFileName().toString().endsWith(".tmp")) {
        Files.delete(file);
      } else if (Spool.isRow(file)) {
        removeOrphan(file);
      } else if (Spool.isOpen(file) || Spool.isMedia(file)) {
        saved += recover(stream, file) ? 1 : 0;
      }
    }
    return saved;
  }

  private static void removeOrphan(Path row) throws IOException {
    if (!Files.exists(Spool.mediaFile(row)) && !Files.exists(Spool.openFile(row))) {
      Files.delete(row);
    }
  }

  /** Returns whether the file had to be cut or read again. */
  private boolean recover(StreamId stream, Path file) throws IOException {
    Optional<Segment> row = SegmentRow.read(Spool.rowFile(file));
    if (row.isPresent()
        && row.get().stream().equals(stream)
        && row.get().sizeBytes() == Files.size(file)) {
      if (Spool.isOpen(file)) {
        spool.seal(file, row.get(), true);
      } else {
        spool.add(new SpooledSegment(row.get(), file, true));
      }
      return false;
    }
    Optional<Segment> rebuilt = rebuild(stream, file);
    if (rebuilt.isPresent()) {
      spool.seal(file, rebuilt.get(), true);
      LOG.atInfo()
          .addKeyValue("stream", stream)
          .addKeyValue("frames", rebuilt.get().frames())
          .log("saved an unfinished segment that began at {}", rebuilt.get().range().start());
    }
    return rebuilt.isPresent();
  }

  /**
   * Reads a segment file anew, cuts what is torn and computes its row.
   *
   * @return empty when nothing in it can be played; it is gone or set aside then
   */
  static Optional<Segment> rebuild(StreamId stream, Path file) throws IOException {
    SegmentScan scan = scan(file);
    if (scan == null) {
      return Optional.empty();
    }
    SegmentIdentity id = scan.identity();
    if (id == null || !id.stream().equals(stream) || scan.keyFrames().size() == 0) {
      setAside(file);
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(scan.wholeUntil());
    }
    return Optional.of(SegmentFile.row(scan, id, Sha256.of(file), Segment.State.SPOOLED));
  }

  private static @Nullable SegmentScan scan(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SegmentScan scan = SegmentFile.scan(channel);
      if (!scan.parts().isEmpty()) {
        return scan;
      }
    } catch (VmsException e) {
      LOG.atWarn().addKeyValue("file", file).log("not a segment: {}", e.toLogLine());
      if (Files.size(file) > 0 && !Spool.isOpen(file)) {
        setAside(file);
        return null;
      }
    }
    Files.delete(file); // its first part never was whole
    return null;
  }

  private static void setAside(Path file) throws IOException {
    LOG.atError().addKeyValue("file", file).log("a file in the spool is no segment; set aside");
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(files::add);
    }
    files.sort(Comparator.naturalOrder()); // names begin with the start, so the oldest first
    return files;
  }
}
