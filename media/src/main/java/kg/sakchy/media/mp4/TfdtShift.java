package kg.sakchy.media.mp4;

import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;

/**
 * How far the decode times of a piece of media are moved.
 *
 * @param ticksByTrack ticks of the track's timescale to add, by track id
 */
public record TfdtShift(Map<Integer, Long> ticksByTrack) {
  public TfdtShift {
    ticksByTrack = Map.copyOf(ticksByTrack);
  }

  /**
   * The same shift for all tracks.
   *
   * @param ticks of 90 kHz, rounded to the nearest tick of each track
   */
  public static TfdtShift of(long ticks, InitSegment init) {
    Map<Integer, Long> byTrack = new LinkedHashMap<>();
    for (InitTrack track : init.tracks()) {
      byTrack.put(track.id(), MediaTime.rescale(ticks, Segment.TIMESCALE, track.timescale()));
    }
    return new TfdtShift(byTrack);
  }

  /** Whether nothing moves. */
  public boolean isZero() {
    return ticksByTrack.values().stream().allMatch(ticks -> ticks == 0);
  }

  /** A decode time after the shift; what would fall before 0 stays at 0. */
  long apply(int track, long decodeTime) {
    return Math.max(0, decodeTime + ticksByTrack.getOrDefault(track, 0L));
  }
}
