package kg.sakchy.web.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Runs what may block on virtual threads, so many at a time and no more: behind a port that hangs,
 * callers are told to come back instead of piling up.
 *
 * <p>Threads: safe for use by many threads. Closing interrupts what still runs.
 */
final class Calls implements AutoCloseable {
  private final Semaphore slots;
  private final ExecutorService threads;

  /**
   * @param name for thread names
   * @param most at a time
   */
  Calls(String name, int most) {
    slots = new Semaphore(most);
    threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("web-" + name + "-", 0).factory());
  }

  /** How many more would be taken now. */
  int free() {
    return slots.availablePermits();
  }

  /**
   * Runs {@code work}; the future completes on {@code context}. After {@code limit} it fails with
   * {@link java.util.concurrent.TimeoutException} and the thread is interrupted; its slot is free
   * when the work has really ended.
   */
  <T> Future<T> run(Vertx vertx, Context context, Duration limit, Callable<T> work) {
    Promise<T> promise = Promise.promise();
    java.util.concurrent.Future<?> task = start(() -> complete(promise, work));
    return onContext(context, promise.future().timeout(limit.toMillis(), TimeUnit.MILLISECONDS))
        .onFailure(e -> task.cancel(true));
  }

  /** Runs {@code work} without a time limit. */
  java.util.concurrent.Future<?> start(Runnable work) {
    if (!slots.tryAcquire()) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "the server is busy with too many requests; try again");
    }
    try {
      return threads.submit(
          () -> {
            try {
              work.run();
            } finally {
              slots.release();
            }
          });
    } catch (RejectedExecutionException e) {
      slots.release();
      throw new VmsException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
    }
  }

  private static <T> void complete(Promise<T> promise, Callable<T> work) {
    try {
      promise.tryComplete(work.call());
    } catch (Throwable e) { // whatever it is, the caller must get an answer
      promise.tryFail(e);
    }
  }

  private static <T> Future<T> onContext(Context context, Future<T> future) {
    Promise<T> promise = Promise.promise();
    future.onComplete(
        result ->
            context.runOnContext(
                v -> {
                  if (result.succeeded()) {
                    promise.complete(result.result());
                  } else {
                    promise.fail(result.cause());
                  }
                }));
    return promise.future();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
