package kg.sakchy.sim.onvif.ptz;

/**
 * One axis of a head: its value as a function of time. Threads: confined by its head.
 *
 * <p>Values are degrees, or for the zoom the logarithm of the magnification as a share 0 to 1.
 */
final class Axis {
  private static final double NANOS = 1e9;

  private final double min;
  private final double max;
  private final boolean endless;
  private final double rampSeconds;
  private double from;
  private long startNanos;
  private double velocity;
  private long endNanos;
  private double target = Double.NaN;

  /**
   * @param endless whether the value wraps from {@code max} to {@code min}
   * @param rampSeconds from standstill to full speed
   */
  Axis(double min, double max, boolean endless, double rampSeconds, double start) {
    this.min = min;
    this.max = max;
    this.endless = endless;
    this.rampSeconds = rampSeconds;
    this.from = start;
  }

  /** Stops where it is. */
  void stop(long now) {
    from = at(now);
    velocity = 0;
    startNanos = now;
    endNanos = now;
    target = Double.NaN;
  }

  /**
   * Moves until an end.
   *
   * @param newVelocity a second
   * @param until monotonic nanoseconds at which it stops by itself
   */
  void run(double newVelocity, long now, long until) {
    stop(now);
    velocity = newVelocity;
    endNanos = newVelocity == 0 ? now : until;
  }

  /** Moves to a value, the short way round if there is one. */
  void go(double wanted, double speed, long now) {
    stop(now);
    double goal = endless ? wanted : Math.clamp(wanted, min, max);
    double way = goal - from;
    if (endless) {
      double circle = max - min;
      way -= circle * Math.rint(way / circle);
    }
    if (way == 0) {
      return;
    }
    velocity = Math.copySign(speed, way);
    double seconds = Math.abs(way) / speed + rampSeconds / 2;
    if (seconds < rampSeconds) {
      seconds = Math.sqrt(2 * rampSeconds * Math.abs(way) / speed);
    }
    endNanos = now + (long) (seconds * NANOS);
    target = wrapped(goal);
  }

  double at(long now) {
    if (velocity == 0) {
      return from;
    }
    if (now - endNanos >= 0 && !Double.isNaN(target)) {
      return target;
    }
    double seconds = Math.min(now - startNanos, endNanos - startNanos) / NANOS;
    double fullSpeedSeconds =
        seconds < rampSeconds ? seconds * seconds / (2 * rampSeconds) : seconds - rampSeconds / 2;
    return wrapped(from + velocity * fullSpeedSeconds);
  }

  boolean moving(long now) {
    if (velocity == 0 || now - endNanos >= 0) {
      return false;
    }
    double value = at(now);
    return endless || !(velocity > 0 ? value >= max : value <= min);
  }

  private double wrapped(double value) {
    if (!endless) {
      return Math.clamp(value, min, max);
    }
    double circle = max - min;
    double turned = (value - min) % circle;
    return min + (turned < 0 ? turned + circle : turned);
  }
}
