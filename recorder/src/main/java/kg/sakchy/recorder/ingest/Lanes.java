package kg.sakchy.recorder.ingest;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The pool of platform threads on which all lanes run. Threads: safe for use by many. */
public final class Lanes implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  private final ExecutorService pool;
  private final AtomicInteger waiting = new AtomicInteger();

  public Lanes(int threads) {
    pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("recorder-", 0).daemon(true).factory());
  }

  /** A new lane: its tasks run one after another, in order. */
  public Lane lane() {
    return new Lane(pool, waiting);
  }

  /** Tasks that wait or run, over all lanes. */
  public int waiting() {
    return waiting.get();
  }

  /** Runs what was handed in, for a few seconds at most, and ends the threads. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
