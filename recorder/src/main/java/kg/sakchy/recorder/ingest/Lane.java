package kg.sakchy.recorder.ingest;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another on a shared pool; takes a thread only while there is work.
 *
 * <p>Threads: {@link #execute} from any; never blocks. What a task writes, the next one sees.
 */
public final class Lane implements Executor {
  /** After so many tasks other lanes get a turn. */
  private static final int TURN = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final Executor pool;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger waitingInAll;

  Lane(Executor pool, AtomicInteger waitingInAll) {
    this.pool = pool;
    this.waitingInAll = waitingInAll;
  }

  @Override
  public void execute(Runnable task) {
    waitingInAll.incrementAndGet();
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      pool.execute(this::turn);
    } catch (RejectedExecutionException e) {
      LOG.debug("the recorder is closed, a task is dropped");
    }
  }

  private void turn() {
    int done = 0;
    while (done < TURN) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      done++;
      run(task);
      waitingInAll.decrementAndGet();
    }
    if (waiting.addAndGet(-done) > 0) {
      schedule();
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) { // the tasks behind must have their turn
      LOG.atError().setCause(e).log("a task of the recorder failed");
    }
  }
}
