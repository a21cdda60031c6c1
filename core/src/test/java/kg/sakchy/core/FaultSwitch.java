package kg.sakchy.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Breaks and mends the ports that were built with it: they fail with a kind, or their calls wait
 * until released.
 *
 * <p>Threads: safe for use by many threads. A call held longer than 30 s fails, so that no test
 * hangs.
 */
public final class FaultSwitch {
  private static final long HOLD_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable ErrorKind failure;
  private boolean held;
  private int waiting;
  private long refused;

  /** From now on every call fails with {@code kind}. */
  public void fail(ErrorKind kind) {
    set(kind, false);
  }

  /** From now on every call waits until {@link #mend()} or {@link #fail}. */
  public void hold() {
    set(null, true);
  }

  /** From now on every call passes; those held go on. */
  public void mend() {
    set(null, false);
  }

  /** How many calls are being held just now. */
  public int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** How many calls have failed because of this switch. */
  public long refused() {
    lock.lock();
    try {
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /** What a decorator calls before it passes a call on. */
  public void pass() {
    lock.lock();
    try {
      awaitRelease();
      if (failure != null) {
        refused++;
        throw new VmsException(failure, "broken by the test");
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitRelease() {
    long left = HOLD_LIMIT_NANOS;
    waiting++;
    try {
      while (held) {
        if (left <= 0) {
          throw new VmsException(ErrorKind.TIMEOUT, "held by the test for too long");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "interrupted while held by the test", e);
    } finally {
      waiting--;
    }
  }

  private void set(@Nullable ErrorKind newFailure, boolean newHeld) {
    lock.lock();
    try {
      failure = newFailure;
      held = newHeld;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
