package kg.sakchy.onvif.ptz;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.ptz.PtzPosition;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where one dome looks, while somebody steers it and somebody wants to know. Otherwise the
 * camera is not asked: most domes rest most of the time.
 *
 * <p>Threads: safe for use by many threads; watchers are called from one virtual thread that exists
 * while the dome is steered.
 */
final class PositionWatch {
  /** How long after the last command somebody still counts as steering. */
  static final Duration LINGER = Duration.ofSeconds(4);

  /** How often the camera is asked. */
  static final Duration EVERY = Duration.ofMillis(400);

  /** Smaller differences are noise of the camera's numbers. */
  private static final double STILL = 0.02;

  private static final Logger log = LoggerFactory.getLogger(PositionWatch.class);

  private final Supplier<PtzPosition> position;
  private final BooleanSupplier held;
  private final VmsClock clock;
  private final List<PtzControl.Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable String operator;
  private long steeredAt;
  private boolean running;

  /**
   * @param position asks the camera; blocks
   * @param held whether the dome moves at an operator's speed
   */
  PositionWatch(Supplier<PtzPosition> position, BooleanSupplier held, VmsClock clock) {
    this.position = position;
    this.held = held;
    this.clock = clock;
  }

  PtzControl.Watch add(PtzControl.Watcher watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /** Somebody steers. */
  void steered(String by) {
    lock.lock();
    try {
      operator = by;
      steeredAt = clock.nanoTime();
      if (!running && !watchers.isEmpty()) {
        running = true;
        Thread.ofVirtual().name("ptz-position").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    PtzPosition last = null;
    try {
      String by = steering();
      while (by != null) {
        last = told(last, by);
        by = pause() ? steering() : null;
      }
      if (last != null) {
        told(last, null);
      }
    } catch (RuntimeException e) {
      log.error("where a dome looks is not told any more until its next command", e);
      rest();
    }
  }

  private void rest() {
    lock.lock();
    try {
      running = false;
    } finally {
      lock.unlock();
    }
  }

  /** Who steers; null, and the end of the thread, when nobody does or nobody watches. */
  private @Nullable String steering() {
    lock.lock();
    try {
      boolean recent = clock.nanoTime() - steeredAt < LINGER.toNanos();
      if (watchers.isEmpty() || !(recent || held.getAsBoolean())) {
        operator = null;
        running = false;
      }
      return operator;
    } finally {
      lock.unlock();
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(EVERY);
      return true;
    } catch (InterruptedException e) {
      rest();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private @Nullable PtzPosition told(@Nullable PtzPosition before, @Nullable String by) {
    PtzPosition now;
    try {
      now = position.get();
    } catch (VmsException e) {
      return before; // the command itself tells the operator what is wrong
    }
    boolean moving = before != null && by != null && differs(before, now);
    PtzPosition told =
        new PtzPosition(now.panDegrees(), now.tiltDegrees(), now.zoomFactor(), now.at(), moving);
    for (PtzControl.Watcher watcher : watchers) {
      watcher.moved(told, by);
    }
    return told;
  }

  private static boolean differs(PtzPosition a, PtzPosition b) {
    return differs(a.panDegrees(), b.panDegrees())
        || differs(a.tiltDegrees(), b.tiltDegrees())
        || differs(a.zoomFactor(), b.zoomFactor());
  }

  private static boolean differs(@Nullable Double a, @Nullable Double b) {
    return a != null && b != null && Math.abs(a - b) > STILL;
  }
}
