package kg.sakchy.sim.onvif.ptz;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kg.sakchy.sim.PtzPosition;
import kg.sakchy.sim.onvif.PtzSpec;
import org.jspecify.annotations.Nullable;

/**
 * A head that moves as time goes by. Nothing has to drive it: its position is computed for the
 * moment it is asked at.
 *
 * <p>Threads: any.
 */
public final class PtzHead implements Supplier<PtzPosition> {
  private static final Duration FOREVER = Duration.ofDays(30);

  private final PtzSpec spec;
  private final LongSupplier nanoTime;
  private final Axis pan;
  private final Axis tilt;
  private final Axis zoom;
  private final List<Consumer<PtzPosition>> listeners = new CopyOnWriteArrayList<>();

  /** Looks to the horizon, straight ahead, at the short end of the zoom. */
  public PtzHead(PtzSpec spec, LongSupplier nanoTime) {
    this.spec = spec;
    this.nanoTime = nanoTime;
    double ramp = spec.accelerationSeconds();
    pan = new Axis(spec.panMin(), spec.panMax(), spec.endlessPan(), ramp, 0);
    tilt = new Axis(spec.tiltMin(), spec.tiltMax(), false, ramp, Math.min(0, spec.tiltMax()));
    zoom = new Axis(0, 1, false, 0, 0);
  }

  public PtzSpec spec() {
    return spec;
  }

  /** Where it looks now. */
  public synchronized PtzPosition position() {
    long now = nanoTime.getAsLong();
    double factor = Math.pow(spec.zoomMax(), zoom.at(now));
    double halfTangent = Math.tan(Math.toRadians(spec.fieldOfViewDegrees() / 2)) / factor;
    return new PtzPosition(
        pan.at(now), tilt.at(now), factor, Math.toDegrees(2 * Math.atan(halfTangent)));
  }

  @Override
  public PtzPosition get() {
    return position();
  }

  /** The zoom on its way from one end to the other, 0 to 1; its logarithm is the magnification. */
  public synchronized double zoomShare() {
    return zoom.at(nanoTime.getAsLong());
  }

  public synchronized boolean panTiltMoving() {
    long now = nanoTime.getAsLong();
    return pan.moving(now) || tilt.moving(now);
  }

  public synchronized boolean zoomMoving() {
    return zoom.moving(nanoTime.getAsLong());
  }

  /** Whether anything moves. */
  public boolean moving() {
    return panTiltMoving() || zoomMoving();
  }

  /**
   * Turns until stopped or until the time is over, which is the dead man's switch.
   *
   * @param panSpeed degrees a second; what the head cannot do is cut
   * @param tiltSpeed degrees a second
   * @param timeout null for none
   */
  public synchronized void turn(double panSpeed, double tiltSpeed, @Nullable Duration timeout) {
    long now = nanoTime.getAsLong();
    long until = end(now, timeout);
    pan.run(Math.clamp(panSpeed, -spec.maxPanSpeed(), spec.maxPanSpeed()), now, until);
    tilt.run(Math.clamp(tiltSpeed, -spec.maxTiltSpeed(), spec.maxTiltSpeed()), now, until);
    changed();
  }

  /**
   * Zooms until stopped or until the time is over.
   *
   * @param velocity -1 to 1, of the full speed
   */
  public synchronized void zoom(double velocity, @Nullable Duration timeout) {
    long now = nanoTime.getAsLong();
    zoom.run(Math.clamp(velocity, -1, 1) / spec.fullZoomSeconds(), now, end(now, timeout));
    changed();
  }

  private static long end(long now, @Nullable Duration timeout) {
    Duration bounded = timeout == null || timeout.compareTo(FOREVER) > 0 ? FOREVER : timeout;
    return now + bounded.toNanos();
  }

  /**
   * Turns to a direction.
   *
   * @param speed share of the full speed, over 0 to 1
   */
  public synchronized void turnTo(double panDegrees, double tiltDegrees, double speed) {
    long now = nanoTime.getAsLong();
    double share = Math.clamp(speed, 0.001, 1);
    pan.go(panDegrees, spec.maxPanSpeed() * share, now);
    tilt.go(tiltDegrees, spec.maxTiltSpeed() * share, now);
    changed();
  }

  /**
   * Zooms to a place.
   *
   * @param share see {@link #zoomShare()}
   */
  public synchronized void zoomTo(double share, double speed) {
    zoom.go(share, Math.clamp(speed, 0.001, 1) / spec.fullZoomSeconds(), nanoTime.getAsLong());
    changed();
  }

  /** Stops what is named. */
  public synchronized void stop(boolean panAndTilt, boolean alsoZoom) {
    long now = nanoTime.getAsLong();
    if (panAndTilt) {
      pan.stop(now);
      tilt.stop(now);
    }
    if (alsoZoom) {
      zoom.stop(now);
    }
    changed();
  }

  /**
   * Somebody to tell when a movement begins or is stopped, in the thread that asks for it, and 25
   * times a second while the head moves, on the simulator's loop. Must be quick.
   */
  public void addListener(Consumer<PtzPosition> listener) {
    listeners.add(listener);
  }

  /** Tells the listeners where the head is. */
  public void changed() {
    if (!listeners.isEmpty()) {
      PtzPosition position = position();
      listeners.forEach(listener -> listener.accept(position));
    }
  }

  /** Whether anybody listens. */
  public boolean watched() {
    return !listeners.isEmpty();
  }
}
