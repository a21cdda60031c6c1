package kg.sakchy.sim;

import java.time.Instant;

/** A recorded sample. Threads: the mark of its end may be set while others read it. */
final class EdgeSample {
  private final int track;
  private final long pts;
  private final Instant time;
  private final boolean keyFrame;
  private final boolean first;
  private final byte[] data;
  private volatile boolean last;

  /**
   * @param pts in ticks of the track's clock
   * @param time UTC on the camera's clock
   * @param first whether a gap is before it
   * @param data never changed
   */
  EdgeSample(int track, long pts, Instant time, boolean keyFrame, boolean first, byte[] data) {
    this.track = track;
    this.pts = pts;
    this.time = time;
    this.keyFrame = keyFrame;
    this.first = first;
    this.data = data;
  }

  int track() {
    return track;
  }

  long pts() {
    return pts;
  }

  Instant time() {
    return time;
  }

  boolean keyFrame() {
    return keyFrame;
  }

  boolean first() {
    return first;
  }

  byte[] data() {
    return data;
  }

  /** Whether it is the last of its track before a gap. */
  boolean last() {
    return last;
  }

  /** A gap begins behind it. */
  void endSpan() {
    last = true;
  }
}
