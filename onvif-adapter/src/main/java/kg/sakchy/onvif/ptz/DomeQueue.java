package kg.sakchy.onvif.ptz;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one dome its commands, one after the other, on a virtual thread that exists while there is
 * something to do.
 *
 * <p>Threads: safe for use by many threads; {@link #add} never blocks.
 */
final class DomeQueue {
  private static final Logger log = LoggerFactory.getLogger(DomeQueue.class);

  private final String name;
  private final Consumer<PtzCommand> dome;
  private final VmsClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SteeringPlan plan = new SteeringPlan();
  private boolean running;

  /**
   * @param name for the log
   * @param dome carries a command out; blocks
   */
  DomeQueue(String name, Consumer<PtzCommand> dome, VmsClock clock) {
    this.name = name;
    this.dome = dome;
    this.clock = clock;
  }

  void add(SteeringOrder order) {
    lock.lock();
    try {
      plan.add(order, clock.nanoTime());
      if (running) {
        changed.signal();
      } else {
        running = true;
        Thread.ofVirtual().name("ptz-" + name).start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the dome moves at an operator's speed. */
  boolean isHeld() {
    lock.lock();
    try {
      return plan.isHeld();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Optional<SteeringOrder> order = next(); order.isPresent(); order = next()) {
      carryOut(order.get());
    }
  }

  /** Waits for the next command; empty when there is no reason to wait any longer. */
  private Optional<SteeringOrder> next() {
    lock.lock();
    try {
      while (true) {
        Optional<SteeringOrder> order = plan.next(clock.nanoTime());
        if (order.isPresent()) {
          return order;
        }
        OptionalLong wake = plan.wakeAt();
        if (wake.isEmpty()) {
          running = false;
          return Optional.empty();
        }
        changed.await(wake.getAsLong() - clock.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      running = false;
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void carryOut(SteeringOrder order) {
    try {
      dome.accept(order.command());
      order.done().complete(null);
    } catch (VmsException e) {
      failed(order, e);
    } catch (RuntimeException e) {
      log.atError().addKeyValue("camera", name).setCause(e).log("a PTZ command failed");
      failed(order, new VmsException(ErrorKind.INTERNAL, "the command failed", e));
    }
  }

  private void failed(SteeringOrder order, VmsException why) {
    lock.lock();
    try {
      plan.failed(order, why, clock.nanoTime());
    } finally {
      lock.unlock();
    }
    order.done().completeExceptionally(why);
  }
}
