package kg.sakchy.core.lifecycle;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thread that does the same thing round after round: when it is woken, and after a pause. Wakes
 * that come during a round are one more round after it. A wake that was not answered when it is
 * closed still gets its round, so that nothing waits for ever.
 *
 * <p>What a round throws goes to the handler of uncaught exceptions; the next round comes all the
 * same.
 *
 * <p>Threads: safe for use by many threads; rounds run on a virtual thread of its own, one after
 * another. Pauses are of real time.
 */
public final class Rounds implements AutoCloseable {
  private static final Duration INTERRUPTED_LIMIT = Duration.ofSeconds(5);

  private final long pauseNanos;
  private final Runnable round;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean woken;
  private boolean closed;

  private Rounds(String name, long pauseNanos, Runnable round) {
    this.pauseNanos = pauseNanos;
    this.round = round;
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /**
   * Begins; the first round is after a pause, unless it is woken before.
   *
   * @param name of the thread
   * @param pause between two rounds that nobody asked for
   */
  public static Rounds every(String name, Duration pause, Runnable round) {
    return new Rounds(name, pause.toNanos(), round);
  }

  /** Begins; rounds come only when it is woken. */
  public static Rounds whenWoken(String name, Runnable round) {
    return new Rounds(name, Long.MAX_VALUE, round);
  }

  /** Asks for a round now. Does not block; once closed it does nothing. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitRound()) {
      try {
        round.run();
      } catch (RuntimeException e) { // the supervisor of the rounds
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  /** Waits for the next round; false when there is none any more. */
  private boolean awaitRound() {
    long left = pauseNanos;
    lock.lock();
    try {
      while (!woken && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      boolean due = woken || !closed;
      woken = false;
      return due;
    } catch (InterruptedException e) {
      return false; // only close() interrupts
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits within a round, for something to try again.
   *
   * @return true at once when it is being closed: the round should come to its end
   */
  public boolean closesWithin(Duration pause) throws InterruptedException {
    long left = pause.toNanos();
    lock.lock();
    try {
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, and waits for the last round however long it takes. Idempotent. */
  @Override
  public void close() {
    end();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends it; a last round that takes too long is interrupted, and given a few seconds more.
   *
   * @return whether it ended without that
   */
  public boolean close(Duration patience) {
    end();
    try {
      if (thread.join(patience)) {
        return true;
      }
      thread.interrupt();
      thread.join(INTERRUPTED_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void end() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
