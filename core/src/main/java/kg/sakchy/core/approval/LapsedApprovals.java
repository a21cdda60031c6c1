package kg.sakchy.core.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Stores what time does to requests, each minute: what nobody decided on expires, what nobody
 * reviewed is overdue, and a grant whose time is over stays over, also when the clock is set back.
 * The first two are recorded.
 *
 * <p>Threads: has one of its own.
 */
public final class LapsedApprovals implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 100;

  private final ApprovalStore store;
  private final AuditLog log;
  private final VmsClock clock;
  private final Consumer<Approval> alarm;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param alarm told of each that is overdue, once, on the thread of this class; quick
   */
  public LapsedApprovals(
      ApprovalStore store, AuditLog log, VmsClock clock, Consumer<Approval> alarm) {
    this.store = store;
    this.log = log;
    this.clock = clock;
    this.alarm = alarm;
    this.thread = Thread.ofVirtual().name("lapsed-approvals").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    }
  }

  /** Stores what is due. */
  void round() {
    try {
      Instant now = clock.now();
      List<Approval> due = store.lapsed(now, AT_A_TIME);
      for (Approval each : due) {
        store(each, now);
      }
    } catch (VmsException e) {
      // the database is away; the next round tries again
    }
  }

  private void store(Approval known, Instant now) {
    Approval then = known.at(now);
    if (then.state() == known.state()) {
      store.change(known.number(), approval -> approval.at(now));
      return;
    }
    Approval stored =
        log.inOneAct(
            ApprovalRecords.lapsed(now, then),
            () -> store.change(known.number(), approval -> approval.at(now)));
    if (stored.state() == Approval.State.OVERDUE) {
      alarm.accept(stored);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
