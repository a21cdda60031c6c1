package kg.sakchy.gateway.server.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, on threads that may block.
 *
 * <p>Threads: safe for use by many threads; a task sees what the one before it did.
 */
final class SerialTasks {
  private final Executor executor;
  private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private boolean running; // guarded by this

  SerialTasks(Executor executor) {
    this.executor = executor;
  }

  /** Adds a task; returns how many wait before it. */
  synchronized int add(Runnable task) {
    waiting.add(task);
    if (!running) {
      running = true;
      executor.execute(this::run);
    }
    return waiting.size() - 1;
  }

  private void run() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task != null;
    return task;
  }
}
