package kg.sakchy.recorder.upload;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.recorder.spool.SpooledSegment;

/**
 * Sealed segments that wait for their upload, live ones first, the oldest first; holds all of them
 * back while the store or the database is away. Threads: safe for use by many; {@link #take}
 * blocks.
 */
final class UploadQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<SpooledSegment> queue =
      new PriorityQueue<>(
          Comparator.comparing((SpooledSegment next) -> next.segment().time().origin())
              .thenComparing(next -> next.segment().range().start())
              .thenComparing(next -> next.segment().key()));
  private final Set<ObjectKey> queued = new HashSet<>();
  private long heldUntilNanos;
  private boolean held;
  private boolean closed;

  /** Adds a segment unless it waits already. */
  void add(SpooledSegment segment) {
    lock.lock();
    try {
      if (queued.add(segment.segment().key())) {
        queue.add(segment);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is handed out for so long. */
  void hold(long nanos) {
    lock.lock();
    try {
      held = true;
      heldUntilNanos = System.nanoTime() + nanos;
    } finally {
      lock.unlock();
    }
  }

  /** What waits may be handed out now. */
  void release() {
    lock.lock();
    try {
      held = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the oldest; empty when closed. */
  Optional<SpooledSegment> take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long wait = held ? heldUntilNanos - System.nanoTime() : 0;
        if (wait > 0) {
          changed.await(wait, TimeUnit.NANOSECONDS);
        } else if (queue.isEmpty()) {
          changed.await();
        } else {
          SpooledSegment next = queue.remove();
          queued.remove(next.segment().key());
          return Optional.of(next);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
