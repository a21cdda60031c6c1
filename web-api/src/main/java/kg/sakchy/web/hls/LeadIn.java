package kg.sakchy.web.hls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.hls.ArchiveCutter;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.RunRange;

/**
 * The beginning of the segment that is under way when the first viewer comes, out of the archive:
 * the live stream begins with its last key frame, a segment may have begun a few seconds before.
 *
 * <p>Threads: confined to the ring's thread; blocks.
 */
final class LeadIn {
  /** A segment that is under way and longer has a camera with very rare key frames. */
  private static final long MOST_BYTES = 8L << 20;

  private static final int MOOF = 0x6D6F6F66;
  private static final int BOX_HEADER = 8;

  private final Archive archive;

  LeadIn(Archive archive) {
    this.archive = archive;
  }

  /**
   * The units from the beginning of the segment to a key frame.
   *
   * @param place of the run, found for {@code key}
   * @param rows of the stream
   * @return empty when the index does not know the key frame yet, or the archive cannot be read
   */
  Optional<List<AccessUnit>> before(AccessUnit key, RunPlace place, List<Segment> rows) {
    long end = key.dts() + place.shiftTicks();
    List<HlsSegment> cut = ArchiveCutter.before(rows, place.run(), end);
    HlsSegment begun = cut.isEmpty() ? null : cut.getLast();
    if (begun == null || begun.run() != place.run() || begun.endTicks() != end) {
      return Optional.empty();
    }
    return RunRange.find(rows, place.run(), begun.startTicks(), end)
        .filter(range -> range.length() <= MOST_BYTES)
        .flatMap(range -> read(range, key, place));
  }

  private Optional<List<AccessUnit>> read(RunRange range, AccessUnit key, RunPlace place) {
    try (InputStream in = range.open(archive)) {
      byte[] media = in.readNBytes((int) range.length());
      return Optional.of(units(media, key, place));
    } catch (IOException | VmsException e) {
      return Optional.empty(); // parts begin with the next segment
    }
  }

  private static List<AccessUnit> units(byte[] media, AccessUnit key, RunPlace place) {
    InitSegment init = InitSegment.parse(place.init());
    List<AccessUnit> units = new ArrayList<>();
    int at = 0;
    while (at + BOX_HEADER <= media.length) {
      ByteBuffer boxes = ByteBuffer.wrap(media, at, media.length - at).slice();
      if (boxes.getInt(4) == MOOF) {
        for (FragmentSample sample : FragmentSamples.list(boxes, init)) {
          units.add(unit(sample, FragmentSamples.data(boxes, sample), key, place, init));
        }
      }
      at += Math.max(BOX_HEADER, boxes.getInt(0));
    }
    units.sort(Comparator.comparing(AccessUnit::arrivalNanos));
    return units;
  }

  /** A sample as it was when it was live: arrived as long before the key frame as its time says. */
  private static AccessUnit unit(
      FragmentSample sample, byte[] data, AccessUnit key, RunPlace place, InitSegment init) {
    int track = place.tracks().indexOf(sample.track() - 1);
    int clockRate = init.tracks().get(sample.track() - 1).timescale();
    Duration before =
        MediaTime.duration(key.dts() + place.shiftTicks(), Segment.TIMESCALE)
            .minus(MediaTime.duration(sample.dts(), clockRate));
    long shift = MediaTime.rescale(place.shiftTicks(), Segment.TIMESCALE, clockRate);
    return new AccessUnit(
        track,
        sample.pts() - shift,
        sample.dts() - shift,
        sample.keyFrame(),
        data,
        key.arrival().minus(before),
        key.arrivalNanos() - before.toNanos());
  }
}
