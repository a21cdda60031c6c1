package kg.sakchy.web.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.FragmentWriter;
import kg.sakchy.media.mp4.InitSegment;

/**
 * Makes fragments for a viewer of the parts of one run of the archive: the same samples, of the
 * tracks the viewer gets, laid on its line of media time.
 *
 * <p>Threads: one.
 */
final class StoredFragments {
  private final InitSegment init;
  private final SelectedTracks tracks;
  private final List<TrackLine> lines = new ArrayList<>();
  private final FragmentWriter writer;
  private final long start;
  private long end;
  private long firstTicks;
  private Duration frame = Duration.ZERO;

  /**
   * @param start media time of the first picture
   */
  StoredFragments(InitSegment init, SelectedTracks tracks, long start) {
    this.init = init;
    this.tracks = tracks;
    this.start = start;
    end = start;
    for (TrackFormat format : tracks.formats()) {
      lines.add(new TrackLine(format.clockRate()));
    }
    writer = new FragmentWriter(tracks.formats().size());
  }

  /** All samples of a part. */
  Fragment part(ByteBuffer part) {
    boolean first = true;
    for (FragmentSample sample : FragmentSamples.list(part, init)) {
      int track = tracks.indexOf(sample.track());
      if (track == 0) {
        anchor(sample);
        end = Math.max(end, lines.getFirst().media(sample.pts() + sample.duration()));
        firstTicks = first ? lines.getFirst().media(sample.pts()) : firstTicks;
        first = false;
        frame = MediaTime.duration(sample.duration(), lines.getFirst().clockRate());
      }
      if (track >= 0 && lines.get(track).isAnchored()) {
        TrackLine line = lines.get(track);
        long dts = line.inFile(sample.dts());
        if (dts >= 0) {
          writer.add(
              track,
              line.inFile(sample.pts()),
              dts,
              sample.duration(),
              sample.keyFrame(),
              FragmentSamples.data(part, sample));
        }
      }
    }
    return writer.end();
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
        firstTicks = line.toMedia(time);
        end = Math.max(end, line.toMedia(time + ticks));
        frame = duration;
        writer.add(0, time, time, ticks, true, FragmentSamples.keyFrame(part, init));
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
}
