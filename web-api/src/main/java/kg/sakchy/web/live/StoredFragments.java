package kg.sakchy.web.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.live.LiveViews.Delivery;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.FragmentWriter;
import kg.sakchy.media.mp4.InitSegment;
import org.jspecify.annotations.Nullable;

/**
 * Makes fragments for a viewer of the parts of one run of the archive: the same samples, of the
 * tracks the viewer gets, laid on its line of media time. Pictures that it cannot play are coded
 * anew.
 *
 * <p>Threads: one. Owns the coding.
 */
final class StoredFragments implements AutoCloseable {
  private final InitSegment init;
  private final ArchiveTranscoder.@Nullable Coding coding;
  private SelectedTracks tracks;
  private boolean known;
  private final List<TrackLine> lines = new ArrayList<>();
  private final FragmentWriter writer;
  private final long start;
  private long end;
  private long firstTicks;
  private Duration frame = Duration.ZERO;

  /**
   * @param start media time of the first picture
   * @param coding makes the pictures, or null when they stay as they are; taken over
   */
  StoredFragments(
      InitSegment init,
      SelectedTracks tracks,
      long start,
      ArchiveTranscoder.@Nullable Coding coding) {
    this.init = init;
    this.tracks = tracks;
    this.coding = coding;
    known = coding == null;
    this.start = start;
    end = start;
    for (TrackFormat format : tracks.formats()) {
      lines.add(new TrackLine(format.clockRate()));
    }
    writer = new FragmentWriter(tracks.formats().size());
  }

  /** The tracks as the viewer gets them; empty until the first picture was coded anew. */
  Optional<SelectedTracks> tracks() {
    return known ? Optional.of(tracks) : Optional.empty();
  }

  /** How the viewer gets them. */
  Delivery delivery() {
    return coding == null ? Delivery.ORIGINAL : Delivery.TRANSCODED;
  }

  /** All samples of a part. */
  Fragment part(ByteBuffer part) {
    boolean first = true;
    for (FragmentSample sample : FragmentSamples.list(part, init)) {
      int track = tracks.indexOf(sample.track());
      if (track == 0) {
        anchor(sample);
        firstTicks = first ? lines.getFirst().media(sample.pts()) : firstTicks;
        first = false;
        frame = MediaTime.duration(sample.duration(), lines.getFirst().clockRate());
      }
      if (track >= 0 && lines.get(track).isAnchored()) {
        byte[] data = FragmentSamples.data(part, sample);
        if (track == 0 && coding != null) {
          code(coding, data, sample, sample.duration());
        } else {
          add(track, sample, data);
        }
      }
    }
    return writer.end();
  }

  private void add(int track, FragmentSample sample, byte[] data) {
    TrackLine line = lines.get(track);
    long dts = line.inFile(sample.dts());
    if (track == 0) {
      end = Math.max(end, line.media(sample.pts() + sample.duration()));
    }
    if (dts >= 0) {
      writer.add(track, line.inFile(sample.pts()), dts, sample.duration(), sample.keyFrame(), data);
    }
  }

  /** What is made of a sample, or of those before it that the decoder held back. */
  private void code(
      ArchiveTranscoder.Coding by, byte[] data, FragmentSample sample, long duration) {
    TrackLine line = lines.getFirst();
    for (ArchiveTranscoder.Coded picture : made(by, data, sample)) {
      if (!known || !picture.format().equals(tracks.video())) {
        tracks = tracks.with(picture.format());
        known = true;
      }
      long time = line.inFile(picture.pts());
      writer.add(0, time, time, duration, picture.keyFrame(), picture.data());
      end = Math.max(end, line.toMedia(time + duration));
    }
  }

  private static List<ArchiveTranscoder.Coded> made(
      ArchiveTranscoder.Coding by, byte[] data, FragmentSample sample) {
    try {
      return by.push(data, sample.pts(), sample.keyFrame(), sample.keyFrame());
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.DATA_LOSS) {
        return List.of(); // as the camera sent it: the next picture may be whole
      }
      throw e;
    }
  }

  /**
   * The key picture of a part alone, shown until the next.
   *
   * @param duration until then
   */
  Fragment keyPicture(ByteBuffer part, Duration duration) {
    TrackLine line = lines.getFirst();
    for (FragmentSample sample : FragmentSamples.list(part, init)) {
      if (tracks.indexOf(sample.track()) == 0) {
        anchor(sample);
        long ticks = Math.max(1, MediaTime.ticks(duration, line.clockRate()));
        long time = line.inFile(sample.pts());
        byte[] data = FragmentSamples.keyFrame(part, init);
        firstTicks = line.toMedia(time);
        frame = duration;
        if (coding == null) {
          end = Math.max(end, line.toMedia(time + ticks));
          writer.add(0, time, time, ticks, true, data);
        } else {
          code(coding, data, sample, ticks);
        }
        break;
      }
    }
    return writer.end();
  }

  /** The muxer laid all tracks on one line: what moves the pictures moves the sound. */
  private void anchor(FragmentSample first) {
    if (lines.getFirst().isAnchored()) {
      return;
    }
    long moved = start - lines.getFirst().toMedia(first.pts());
    for (TrackLine line : lines) {
      line.anchor(0, moved);
    }
  }

  /** Media time of the first picture of the last part. */
  long firstTicks() {
    return firstTicks;
  }

  /** Media time at which the pictures end. */
  long endTicks() {
    return end;
  }

  /** How long the last picture lasts. */
  Duration frame() {
    return frame;
  }

  @Override
  public void close() {
    if (coding != null) {
      coding.close();
    }
  }
}
