package kg.sakchy.web.hls;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.hls.SegmentRule;
import kg.sakchy.media.mp4.InitSegmentWriter;

/**
 * Where live units lie on the line of a run.
 *
 * @param run the run's number
 * @param archived whether the recorder writes the same run, so that the archive gives the same
 *     media under the same times later
 * @param init init segment of the run
 * @param tracks for each track of the stream its place in a fragment, or -1 when it is left out
 * @param shiftTicks what is added to decoding times of the video, 90 kHz
 * @param previousKey decode time of the key frame before the first unit; {@link #FIRST} when there
 *     is none, {@link #UNKNOWN} when it is not known
 * @param anchorTicks a decode time on the run's line
 * @param anchorMicros UTC of that time, microseconds since 1970
 */
record RunPlace(
    long run,
    boolean archived,
    Bytes init,
    List<Integer> tracks,
    long shiftTicks,
    long previousKey,
    long anchorTicks,
    long anchorMicros) {
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Far before any time, so that the first key frame begins a segment by the rule. */
  static final long FIRST = Long.MIN_VALUE / 2;

  RunPlace {
    tracks = List.copyOf(tracks);
  }

  /**
   * A run nobody records: its line begins with {@code key}, by whose arrival its time is known.
   * Sound that MP4 cannot carry is left out.
   */
  static RunPlace own(StreamFormat format, AccessUnit key) {
    List<TrackFormat> carried = new ArrayList<>();
    List<Integer> tracks = new ArrayList<>();
    carried.add(format.video());
    for (int i = 0; i < format.tracks().size(); i++) {
      TrackFormat track = format.tracks().get(i);
      if (i == format.videoTrack()) {
        tracks.add(0);
      } else if (track instanceof TrackFormat.Audio audio
          && InitSegmentWriter.carries(audio.codec())
          && carried.size() == 1) {
        tracks.add(1);
        carried.add(audio);
      } else {
        tracks.add(-1);
      }
    }
    long micros = HlsSegment.micros(key.arrival());
    Bytes init = Bytes.copyOf(InitSegmentWriter.write(carried));
    // A second ahead, so that sound a little older than the picture has a decode time, too.
    long begin = Segment.TIMESCALE;
    return new RunPlace(micros, false, init, tracks, begin - key.dts(), FIRST, begin, micros);
  }

  /** Whether a first unit begins a segment. */
  boolean begins(AccessUnit key) {
    return previousKey != UNKNOWN && SegmentRule.begins(previousKey, key.dts() + shiftTicks);
  }

  /** The same for a first unit that begins a segment. */
  RunPlace beginning() {
    return new RunPlace(run, archived, init, tracks, shiftTicks, FIRST, anchorTicks, anchorMicros);
  }

  /** How many tracks a fragment has. */
  int carried() {
    return (int) tracks.stream().filter(track -> track >= 0).count();
  }

  /** UTC of a decode time, microseconds since 1970. */
  long micros(long ticks) {
    return anchorMicros + MediaTime.rescale(ticks - anchorTicks, Segment.TIMESCALE, 1_000_000);
  }
}
