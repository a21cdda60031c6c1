package kg.sakchy.web.hls;

import kg.sakchy.core.stream.AccessUnit;

/**
 * Puts the sound of a live run onto the line of its video, by arrival: at its first unit, and again
 * whenever it is off by half a second. In between it goes on by its own clock.
 *
 * <p>Threads: confined to one thread.
 */
final class SoundPlace {
  private static final long JUMP_MILLIS = 500;
  private static final int USUAL_PER_SECOND = 50;

  private final int clockRate;
  private long origin = Long.MIN_VALUE;
  private long last = -1;
  private long step;

  SoundPlace(int clockRate) {
    this.clockRate = clockRate;
    this.step = clockRate / USUAL_PER_SECOND;
  }

  /**
   * Decode time of a unit, in ticks of the sound; -1 when it has no place.
   *
   * @param videoTicks decode time of the video when the unit arrived, in ticks of the sound
   */
  long place(AccessUnit unit, long videoTicks) {
    long off = Math.abs(unit.pts() - origin - videoTicks);
    if (origin == Long.MIN_VALUE || off > JUMP_MILLIS * clockRate / 1_000) {
      origin = unit.pts() - videoTicks;
    }
    long ticks = unit.pts() - origin;
    if (ticks < 0 || ticks <= last) {
      return -1;
    }
    if (last >= 0) {
      step = Math.clamp(ticks - last, 1, clockRate);
    }
    last = ticks;
    return ticks;
  }

  /** How long a unit lasts, by the last two. */
  long step() {
    return step;
  }
}
