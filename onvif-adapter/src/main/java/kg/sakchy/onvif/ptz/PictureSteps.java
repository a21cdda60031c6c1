package kg.sakchy.onvif.ptz;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.soap.XmlFragment;

/**
 * Steps in parts of the picture (TranslationSpaceFov). Some cameras list the space and refuse it,
 * some take it and do not move; so the first step is a trial, after which such a camera is not
 * asked again.
 *
 * <p>Threads: confined to the dome's queue; the trial blocks for up to a second.
 */
final class PictureSteps {
  private static final Duration TRIAL = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** A step smaller than this may not show in the camera's numbers. */
  private static final double SURE_STEP = 0.1;

  private final Optional<PanTiltSpace> space;
  private final Supplier<PtzStatus> status;
  private Trust trust = Trust.UNTRIED;

  private enum Trust {
    UNTRIED,
    WORKS,
    BROKEN
  }

  PictureSteps(Optional<PanTiltSpace> space, Supplier<PtzStatus> status) {
    this.space = space;
    this.status = status;
  }

  /**
   * Takes a step, if the camera is known or hoped to do it.
   *
   * @param x to the right, 1 is half the picture's width
   * @param y up, 1 is half its height
   * @param send sends the vector
   * @return whether the camera moves; false to try another way
   */
  boolean tried(double x, double y, Consumer<XmlFragment> send) {
    if (space.isEmpty() || trust == Trust.BROKEN) {
      return false;
    }
    PanTiltSpace fov = space.get();
    XmlFragment vector = PtzRequests.panTilt(fov.pan().scale(x), fov.tilt().scale(y), fov);
    if (trust == Trust.WORKS) {
      send.accept(vector);
      return true;
    }
    PtzStatus before = status.get();
    try {
      send.accept(vector);
    } catch (VmsException refused) {
      trust = Trust.BROKEN;
      return false;
    }
    boolean tells = before.pan() != null && Math.hypot(x, y) >= SURE_STEP;
    if (tells) {
      trust = moves(before) ? Trust.WORKS : Trust.BROKEN;
    }
    return trust != Trust.BROKEN;
  }

  private boolean moves(PtzStatus before) {
    for (long waited = 0; waited < TRIAL.toNanos(); waited += LOOK_EVERY.toNanos()) {
      if (!status.get().equals(before)) {
        return true;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return false;
  }
}
