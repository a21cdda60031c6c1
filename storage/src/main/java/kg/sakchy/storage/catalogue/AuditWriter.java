package kg.sakchy.storage.catalogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.lifecycle.Rounds;

/**
 * Commits together what many append at a time, because each commit waits for the disk: a hundred
 * viewers that begin at once cost one or two commits.
 *
 * <p>Threads: safe for use by many threads; has one of its own, so that nobody's interruption meets
 * the records of others.
 */
final class AuditWriter implements AutoCloseable {
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_WAITING = 20_000;

  private final Consumer<List<AuditEvent>> commit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Rounds rounds;
  private boolean closed;

  private record Waiting(AuditEvent event, CompletableFuture<Void> written) {}

  /**
   * @param commit writes events durably, all or none
   */
  AuditWriter(Consumer<List<AuditEvent>> commit) {
    this.commit = commit;
    rounds = Rounds.whenWoken("audit-writer", this::write);
  }

  /** Returns when the event is written. */
  void append(AuditEvent event) {
    try {
      enqueue(event).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new VmsException(
          VmsException.kindOf(cause), "the audit takes no record: " + cause.getMessage(), e);
    }
  }

  private CompletableFuture<Void> enqueue(AuditEvent event) {
    lock.lock();
    try {
      if (closed) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "the audit is closed");
      }
      if (waiting.size() >= MOST_WAITING) {
        throw new VmsException(
            ErrorKind.RESOURCE_EXHAUSTED, "too much waits to be written to the audit");
      }
      Waiting one = new Waiting(event, new CompletableFuture<>());
      waiting.add(one);
      rounds.wake(); // within the lock: closing comes before it or after it
      return one.written();
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
      try {
        commit.accept(batch.stream().map(Waiting::event).toList());
        batch.forEach(one -> one.written().complete(null));
      } catch (RuntimeException e) { // whatever it is, who waits must know
        batch.forEach(one -> one.written().completeExceptionally(e));
      }
    }
  }

  /** What is committed next; empty when all is written. */
  private List<Waiting> next() {
    lock.lock();
    try {
      List<Waiting> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < MOST_AT_ONCE) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, writes what waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    rounds.close();
  }
}
