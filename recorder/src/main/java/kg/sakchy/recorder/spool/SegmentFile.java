package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.FragmentScanner;
import kg.sakchy.media.mp4.InitTrack;
import kg.sakchy.media.mp4.SegmentIdentity;
import kg.sakchy.media.mp4.SegmentScan;

/**
 * Reads from a segment's bytes alone what its row in the index says. Two things are not in them:
 * how many packets were lost, which becomes 0, and by the clock when the last picture ended, for
 * which its duration stands.
 *
 * <p>Threads: pure functions over files.
 */
public final class SegmentFile {
  private static final int BLANK_BYTES = 32;

  private SegmentFile() {}

  /**
   * The row of a whole object of the store, downloaded.
   *
   * @throws VmsException DATA_LOSS when it is no segment or not whole
   */
  public static Segment stored(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SegmentScan scan = scan(channel);
      SegmentIdentity id = scan.identity();
      if (id == null || scan.parts().isEmpty() || scan.keyFrames().size() == 0) {
        throw new VmsException(ErrorKind.DATA_LOSS, "no segment of ours");
      }
      if (scan.wholeUntil() != channel.size()) {
        throw new VmsException(
            ErrorKind.DATA_LOSS,
            "whole up to byte %d of %d".formatted(scan.wholeUntil(), channel.size()));
      }
      return row(scan, id, Sha256.of(file), Segment.State.STORED);
    }
  }

  /** Finds the parts that are whole. */
  static SegmentScan scan(FileChannel file) throws IOException {
    return withoutBlankEnd(FragmentScanner.scan(file), file);
  }

  /**
   * Leaves out last parts that end in zeros: after a loss of power a file can have its length and
   * not its last pages, and media never ends so.
   */
  private static SegmentScan withoutBlankEnd(SegmentScan scan, FileChannel file)
      throws IOException {
    List<SegmentScan.Part> parts = new ArrayList<>(scan.parts());
    long end = scan.wholeUntil();
    while (!parts.isEmpty() && isBlank(file, end - BLANK_BYTES)) {
      end = parts.removeLast().offset();
    }
    return new SegmentScan(scan.init(), scan.identity(), parts, end);
  }

  private static boolean isBlank(FileChannel file, long offset) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BLANK_BYTES);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        return false;
      }
    }
    return bytes.flip().equals(ByteBuffer.allocate(BLANK_BYTES));
  }

  /**
   * The row of a file.
   *
   * @param scan with at least one part and one key frame
   * @param id of the same file
   * @param sha256 of its whole parts
   */
  static Segment row(SegmentScan scan, SegmentIdentity id, Bytes sha256, Segment.State state) {
    SegmentScan.Part first = scan.parts().getFirst();
    long ticks = 1;
    for (SegmentScan.Part part : scan.parts()) {
      long end = part.videoDecodeTicks() + part.videoDurationTicks() - first.videoDecodeTicks();
      ticks = Math.max(ticks, end);
    }
    InitTrack track = scan.init().video().orElseThrow();
    TrackFormat.Video video = track.format() instanceof TrackFormat.Video format ? format : null;
    Instant end = id.start().plus(MediaTime.duration(ticks, Segment.TIMESCALE));
    return new Segment(
        id.stream(),
        id.run(),
        id.sequence(),
        new TimeRange(id.start(), end),
        id.time(),
        id.decodeTicks(),
        scan.init().bytes(),
        String.join(",", scan.init().codecs()),
        video == null ? 0 : video.width(),
        video == null ? 0 : video.height(),
        scan.keyFrames(),
        scan.videoFrames(),
        0,
        scan.wholeUntil(),
        sha256,
        id.previousSha256(),
        state);
  }
}
