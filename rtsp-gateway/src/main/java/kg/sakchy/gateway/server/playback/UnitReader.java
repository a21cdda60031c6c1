package kg.sakchy.gateway.server.playback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.gateway.server.offer.OfferedTrack;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.InitTrack;
import kg.sakchy.media.mp4.PartReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the units of stretches, part after part: never more than one part is in memory.
 *
 * <p>Threads: confined to one; blocks (disk, object store).
 */
final class UnitReader {
  private final Archive archive;
  private final Offer offer;
  private final Taker taker;
  private InitSegment init;
  private Segment segment;
  private long originTicks;
  private boolean originKnown;

  /** Takes units in the order of their decoding times. */
  interface Taker {
    /** False to stop reading. */
    boolean take(ArchivedUnit unit) throws InterruptedException;
  }

  UnitReader(Archive archive, Offer offer, Segment first, Taker taker) {
    this.archive = archive;
    this.offer = offer;
    this.taker = taker;
    segment = first;
    init = InitSegment.parse(first.init());
  }

  /** The formats of a segment, in the order of its tracks; unknown codecs left out. */
  static List<TrackFormat> formats(Segment segment) {
    return InitSegment.parse(segment.init()).tracks().stream()
        .map(InitTrack::format)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Reads a stretch. Those of one segment must be read in their order, from a key frame on.
   *
   * @return false if the taker wants no more
   * @throws VmsException as {@link Archive#open}, or DATA_LOSS
   */
  boolean read(Stretch stretch) throws InterruptedException {
    Segment before = segment;
    segment = stretch.segment();
    originKnown &= segment.key().equals(before.key());
    if (!segment.init().equals(before.init())) {
      init = InitSegment.parse(segment.init());
    }
    try (InputStream opened =
        archive.open(segment, stretch.from(), stretch.to() - stretch.from())) {
      return parts(new PartReader(opened), stretch.key());
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot read a segment", e);
    }
  }

  private boolean parts(PartReader in, int key) throws IOException, InterruptedException {
    int keyOfPart = key;
    for (Optional<ByteBuffer> part = in.next(); part.isPresent(); part = in.next()) {
      if (!units(part.get(), keyOfPart)) {
        return false;
      }
      keyOfPart = -1;
    }
    return true;
  }

  private boolean units(ByteBuffer part, int key) throws InterruptedException {
    List<ArchivedUnit> units = new ArrayList<>();
    for (FragmentSample sample : FragmentSamples.list(part, init)) {
      InitTrack track = init.track(sample.track()).orElseThrow();
      OfferedTrack offered = offered(track);
      if (offered == null) {
        continue;
      }
      long pts = MediaTime.rescale(sample.pts(), track.timescale(), Segment.TIMESCALE);
      long dts = MediaTime.rescale(sample.dts(), track.timescale(), Segment.TIMESCALE);
      if (!originKnown && offered.isVideo()) {
        originKnown = true;
        originTicks = pts - segment.keyFrames().ticks(Math.max(0, key));
      }
      units.add(
          new ArchivedUnit(
              offered.index(),
              at(pts),
              at(dts),
              sample.keyFrame(),
              FragmentSamples.data(part, sample)));
    }
    units.sort(Comparator.comparing(ArchivedUnit::decodeAt));
    for (ArchivedUnit unit : units) {
      if (!taker.take(unit)) {
        return false;
      }
    }
    return true;
  }

  private Instant at(long ticks) {
    return segment.instantOf(ticks - originTicks);
  }

  private @Nullable OfferedTrack offered(InitTrack track) {
    TrackFormat format = track.format();
    if (format != null) {
      for (OfferedTrack each : offer.tracks()) {
        if (each.codec() == format.codec() && each.carries(format)) {
          return each;
        }
      }
    }
    return null;
  }
}
