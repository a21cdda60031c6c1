package kg.sakchy.gateway.webrtc.session;

import java.time.Duration;
import kg.sakchy.core.time.MediaTime;

/**
 * The RTP time of one track of a session: one line that never jumps back, whatever the camera's
 * clock does when its stream begins anew.
 *
 * <p>Pictures from before the viewer came are stamped a millisecond apart, so that the player's
 * jitter buffer sees that they came at once and lets them through at once; the first live one
 * continues the line by the time that really passed. From there on the camera's own differences
 * count.
 *
 * <p>Threads: confined to one.
 */
final class TrackTimeline {
  private static final int CATCH_UP_PER_SECOND = 1_000;

  private final int clockRate;
  private long last;
  private long lastNanos;
  private boolean begun;
  private boolean anchored;
  private long offset;

  /**
   * @param clockRate ticks per second
   * @param first the first stamp, hard to guess (RFC 3550 §5.1)
   */
  TrackTimeline(int clockRate, long first) {
    this.clockRate = clockRate;
    last = first;
  }

  /** The stamp of a picture that is late on purpose. */
  long catchUp(long nowNanos) {
    last += begun ? clockRate / CATCH_UP_PER_SECOND : 0;
    begun = true;
    lastNanos = nowNanos;
    return last;
  }

  /**
   * The stamp of a live unit.
   *
   * @param pts the camera's, in ticks of the same rate
   * @param nowNanos monotonic
   */
  long live(long pts, long nowNanos) {
    if (!anchored) {
      anchored = true;
      offset = last + (begun ? Math.max(1, ticks(nowNanos - lastNanos)) : 0) - pts;
      begun = true;
    }
    last = pts + offset;
    lastNanos = nowNanos;
    return last;
  }

  /** The camera's times have another origin from here on. */
  void newRun() {
    anchored = false;
  }

  /** Whether camera times can be told in stamps. */
  boolean isAnchored() {
    return anchored;
  }

  /** The stamp of a moment that lies {@code nanos} behind a camera time. */
  long at(long pts, long nanos) {
    return pts + offset + ticks(nanos);
  }

  private long ticks(long nanos) {
    return MediaTime.ticks(Duration.ofNanos(nanos), clockRate);
  }
}
