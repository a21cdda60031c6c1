package kg.sakchy.recorder;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.VmsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Does one piece of work again and again on a virtual thread of its own: at intervals, and soon
 * after somebody asked. A pass that fails is logged, and the next one comes at the usual time.
 *
 * <p>Threads: {@link #kick} from any, never blocks.
 */
final class WorkLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

  /** A pass under way may end by itself for so long; interrupting one costs a connection. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration LAST_WAIT = Duration.ofSeconds(3);

  private final String name;
  private final Duration first;
  private final Duration interval;
  private final Work work;
  private final Semaphore asked = new Semaphore(0);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;

  /** One pass. */
  interface Work {
    /**
     * @param due whether the interval has passed; false when only asked for
     * @return false to ignore who asks until the interval has passed
     */
    boolean pass(boolean due);
  }

  /**
   * @param first until the first pass
   * @param interval between passes
   */
  WorkLoop(String name, Duration first, Duration interval, Work work) {
    this.name = name;
    this.first = first;
    this.interval = interval;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Asks for a pass soon. */
  void kick() {
    if (asked.availablePermits() == 0) {
      asked.release();
    }
  }

  private void run() {
    try {
      long next = System.nanoTime() + first.toNanos();
      boolean heed = true;
      while (!closed()) {
        long wait = next - System.nanoTime();
        if (wait > 0 && heed) {
          asked.tryAcquire(wait, TimeUnit.NANOSECONDS);
        } else if (wait > 0) {
          ending.await(wait, TimeUnit.NANOSECONDS);
        }
        if (closed()) {
          return;
        }
        asked.drainPermits();
        boolean due = System.nanoTime() - next >= 0;
        heed = pass(due);
        if (due) {
          next = System.nanoTime() + interval.toNanos();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean pass(boolean due) {
    try {
      return work.pass(due);
    } catch (VmsException e) {
      // A pass that closing interrupts fails as a matter of course.
      LOG.atLevel(closed() ? Level.DEBUG : Level.WARN).addKeyValue("work", name).log(e.toLogLine());
    } catch (RuntimeException e) { // one bad pass must not end the work
      LOG.atError().addKeyValue("work", name).setCause(e).log("a pass failed");
    }
    return true;
  }

  private boolean closed() {
    return ending.getCount() == 0;
  }

  /** Ends the loop; the pass under way gets a moment to end by itself, then it is interrupted. */
  @Override
  public void close() {
    ending.countDown();
    asked.release();
    if (thread.getState() == Thread.State.NEW) {
      return; // it was never started
    }
    try {
      if (!thread.join(GRACE)) {
        thread.interrupt();
        thread.join(LAST_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
