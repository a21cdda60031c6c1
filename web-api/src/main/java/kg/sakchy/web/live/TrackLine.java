package kg.sakchy.web.live;

import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;

/**
 * One track of a source laid on the line of media time of a viewer: the camera's ticks, moved.
 * Media time is told in ticks of 90 kHz; the track keeps its own clock, so that differences stay
 * exactly what the camera sent.
 *
 * <p>Threads: one.
 */
final class TrackLine {
  private final int clockRate;
  private long shift;
  private boolean anchored;

  TrackLine(int clockRate) {
    this.clockRate = clockRate;
  }

  int clockRate() {
    return clockRate;
  }

  boolean isAnchored() {
    return anchored;
  }

  /** Lays a moment of the source on one of media time. */
  void anchor(long sourceTicks, long mediaTicks) {
    shift = MediaTime.rescale(mediaTicks, Segment.TIMESCALE, clockRate) - sourceTicks;
    anchored = true;
  }

  /** Moves what comes by so much media time. */
  void move(long mediaTicks) {
    shift += MediaTime.rescale(mediaTicks, Segment.TIMESCALE, clockRate);
  }

  /** What stands in the file: ticks of the track's own clock. */
  long inFile(long sourceTicks) {
    return sourceTicks + shift;
  }

  /** Media time of a moment of the source. */
  long media(long sourceTicks) {
    return toMedia(sourceTicks + shift);
  }

  /** Ticks of the track's clock as media time. */
  long toMedia(long ticks) {
    return MediaTime.rescale(ticks, clockRate, Segment.TIMESCALE);
  }
}
