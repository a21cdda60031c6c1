package kg.sakchy.onvif.ptz;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzPosition;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * A camera that is or was steered: its queue, its watchers, and what was learnt of the dome the
 * first time.
 *
 * <p>Threads: safe for use by many threads.
 */
final class SteeredCamera {
  private final Supplier<Dome> opener;
  private final VmsClock clock;
  private final DomeQueue queue;
  private final PositionWatch watch;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Dome dome;

  /**
   * @param opener asks the camera what it can do; blocks
   */
  SteeredCamera(CameraId camera, Supplier<Dome> opener, VmsClock clock) {
    this.opener = opener;
    this.clock = clock;
    queue = new DomeQueue(camera.value(), command -> dome().carryOut(command), clock);
    watch = new PositionWatch(this::position, queue::isHeld, clock);
  }

  CompletableFuture<Void> send(String operator, PtzCommand command) {
    SteeringOrder order = SteeringOrder.of(command, operator);
    queue.add(order);
    watch.steered(operator);
    return order.done();
  }

  PositionWatch watch() {
    return watch;
  }

  /** The dome; asks the camera the first time, and again after it could not be asked. */
  Dome dome() {
    Dome known = dome;
    if (known != null) {
      return known;
    }
    opening.lock();
    try {
      known = dome == null ? opener.get() : dome;
      dome = known;
      return known;
    } finally {
      opening.unlock();
    }
  }

  PtzPosition position() {
    DomePosition now = dome().position();
    return new PtzPosition(
        now.panDegrees() == null ? null : (now.panDegrees() + 360) % 360,
        now.tiltDegrees(),
        now.zoomFactor(),
        clock.now(),
        false);
  }
}
