package kg.sakchy.gateway.server.playback;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads the units of stretches, part after part: never more than one part is in memory.
 *
 * <p>Threads: confined to one; blocks (disk, object store).
 */
final class UnitReader {
  /** A part is half a second; more than this is taken for garbage. */
  private static final int MAX_PART_BYTES = 64 << 20;

  private static final int MDAT = 0x6d646174;
  private static final int BOX_HEADER = 8;
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
    long length = stretch.to() - stretch.from();
    try (InputStream opened = archive.open(segment, stretch.from(), length);
        DataInputStream in = new DataInputStream(opened)) {
      return parts(in, length, stretch.key());
    } catch (EOFException e) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "a segment object ends before the size the index knows", e);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot read a segment", e);
    }
  }

  private boolean parts(DataInputStream in, long length, int key)
      throws IOException, InterruptedException {
    long left = length;
    int keyOfPart = key;
    while (left > 0) {
      ByteBuffer part = part(in, left);
      left -= part.remaining();
      if (!units(part, keyOfPart)) {
        return false;
      }
      keyOfPart = -1;
    }
    return true;
  }

  /** The {@code moof} that comes next and its {@code mdat}; boxes between them are taken along. */
  private static ByteBuffer part(DataInputStream in, long limit) throws IOException {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    while (true) {
      long size = in.readInt() & 0xffff_ffffL;
      int type = in.readInt();
      if (size < BOX_HEADER || part.size() + size > Math.min(limit, MAX_PART_BYTES)) {
        throw new VmsException(ErrorKind.DATA_LOSS, "a box of " + size + " bytes in a segment");
      }
      byte[] box = new byte[(int) size];
      ByteBuffer.wrap(box).putInt((int) size).putInt(type);
      in.readFully(box, BOX_HEADER, box.length - BOX_HEADER);
      part.writeBytes(box);
      if (type == MDAT) {
        return ByteBuffer.wrap(part.toByteArray());
      }
    }
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
