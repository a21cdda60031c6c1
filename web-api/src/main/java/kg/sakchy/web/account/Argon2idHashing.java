package kg.sakchy.web.account;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.account.PasswordHash;
import kg.sakchy.core.account.PasswordHashing;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Hashes passwords by Argon2id, few at a time: a flood of guesses gets one core in four and 32 MiB
 * for each of them, and the rest is told to come back. Recording does not notice.
 *
 * <p>Threads: safe for use by many threads, which wait; the work is done by platform threads of its
 * own. Closing ends them.
 */
public final class Argon2idHashing implements PasswordHashing, AutoCloseable {
  private static final int CORES_PER_THREAD = 4;
  private static final int WAITING = 32;
  private static final long PATIENCE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  public Argon2idHashing() {
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_THREAD);
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("passwords-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public PasswordHash hash(String password) {
    return run(() -> Argon2id.TODAY.hash(password));
  }

  @Override
  public boolean matches(String password, PasswordHash hash) {
    return run(() -> Argon2id.matches(password, hash));
  }

  @Override
  public boolean isOutdated(PasswordHash hash) {
    return !Argon2id.of(hash).equals(Argon2id.TODAY);
  }

  private <T> T run(Callable<T> work) {
    Future<T> task;
    try {
      task = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw busy();
    }
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw busy();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the caller gave up", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VmsException failure) {
        throw failure;
      }
      throw new VmsException(ErrorKind.INTERNAL, "a password could not be hashed", e.getCause());
    }
  }

  private static VmsException busy() {
    return new VmsException(
        ErrorKind.RESOURCE_EXHAUSTED, "too many people sign in at this moment; try again");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
