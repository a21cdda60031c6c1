package kg.sakchy.recorder.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.SegmentIdentity;
import kg.sakchy.recorder.spool.OpenSegment;
import kg.sakchy.recorder.spool.Sha256;
import kg.sakchy.recorder.spool.Spool;
import kg.sakchy.recorder.spool.SpoolErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one segment into its spool file: header and first part together, then one append for each
 * part, hashing the same bytes.
 *
 * <p>Nothing is forced to the disk: the page cache survives the death of the process, and what a
 * loss of power takes is found by the hash when the next start uploads the segment.
 *
 * <p>Threads: written on the stream's lane; {@link #snapshot} and {@link #snapshotBytes} from any.
 */
public final class SegmentWriter implements OpenSegment {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  private final Spool spool;
  private final SegmentHead head;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.digest();

  // Guarded by this.
  private final KeyFrameIndex.Builder keyFrames = new KeyFrameIndex.Builder();
  private long wholeBytes;
  private int frames;
  private long packetsLost;
  private Instant end;

  private SegmentWriter(Spool spool, SegmentHead head, Path file, FileChannel channel) {
    this.spool = spool;
    this.head = head;
    this.file = file;
    this.channel = channel;
    this.end = head.identity().start().plusMillis(1);
  }

  /**
   * Begins a segment with its first part, which begins with a key frame.
   *
   * @throws kg.sakchy.core.error.VmsException RESOURCE_EXHAUSTED or UNAVAILABLE when the disk
   *     refuses; nothing is left behind
   */
  public static SegmentWriter begin(Spool spool, SegmentHead head, Part first) {
    SegmentIdentity id = head.identity();
    Path file = spool.openFile(id.stream(), id.start(), id.run(), id.sequence());
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw SpoolErrors.of("cannot begin a segment", e);
    }
    SegmentWriter writer = new SegmentWriter(spool, head, file, channel);
    try {
      writer.write(first, List.of(head.init().toByteArray(), id.encode()));
    } catch (RuntimeException e) {
      writer.discard();
      throw e;
    }
    if (!id.time().isFilled()) { // what fills a gap is found when it is sealed
      spool.opened(id.stream(), writer);
    }
    return writer;
  }

  /**
   * Appends a part. After a failure the file ends with the last whole part, and the segment can
   * only be sealed.
   */
  public void append(Part part) {
    write(part, List.of());
  }

  private void write(Part part, List<byte[]> header) {
    List<byte[]> pieces = new ArrayList<>(header);
    int headerBytes = header.stream().mapToInt(piece -> piece.length).sum();
    pieces.addAll(part.media().pieces());
    long before = snapshotBytes();
    try {
      StagedWrite.append(channel, pieces);
    } catch (IOException e) {
      cutBack(before, e);
      throw SpoolErrors.of("cannot write a part", e);
    }
    pieces.forEach(digest::update);
    synchronized (this) {
      if (part.keyFrame()) {
        keyFrames.add(part.ticks(), wholeBytes + headerBytes, part.media().sizeBytes());
      }
      wholeBytes += headerBytes + part.media().sizeBytes();
      frames += part.frames();
      packetsLost += part.packetsLost();
      if (part.end().isAfter(end)) {
        end = part.end();
      }
    }
  }

  private void cutBack(long size, IOException failure) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      failure.addSuppressed(e); // the next start cuts it
    }
  }

  /** UTC of the first frame. */
  public Instant start() {
    return head.identity().start();
  }

  /** UTC of the end of the last frame, by the run's clock. */
  public synchronized Instant end() {
    return end;
  }

  /**
   * Ends the segment and hands it to the spool.
   *
   * @param until end of its range, after its start
   * @return hash of the segment
   */
  public Bytes seal(Instant until) {
    Bytes sha256 = Bytes.copyOf(digest.digest());
    try {
      channel.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("cannot close a segment");
    }
    spool.seal(file, row(until, sha256, Segment.State.SPOOLED), false);
    return sha256;
  }

  @Override
  public Segment snapshot() {
    return row(end(), Bytes.EMPTY, Segment.State.WRITING);
  }

  @Override
  public synchronized long snapshotBytes() {
    return wholeBytes;
  }

  @Override
  public Path file() {
    return file;
  }

  private synchronized Segment row(Instant until, Bytes sha256, Segment.State state) {
    SegmentIdentity id = head.identity();
    return new Segment(
        id.stream(),
        id.run(),
        id.sequence(),
        new TimeRange(id.start(), until),
        id.time(),
        id.decodeTicks(),
        head.init(),
        head.codecs(),
        head.width(),
        head.height(),
        keyFrames.build(),
        frames,
        packetsLost,
        wholeBytes,
        sha256,
        id.previousSha256(),
        state);
  }

  private void discard() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw SpoolErrors.of("cannot remove an empty segment", e);
    }
  }
}
