package kg.sakchy.onvif.registration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraImportStore.Entry;
import kg.sakchy.core.device.CameraImports.Row;
import kg.sakchy.core.device.CameraImports.Run;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an import from the rows that wait to the end.
 *
 * <p>Rows are worked on by virtual threads, as many at a time as there are permits; their results
 * are kept in batches by the thread of the run's writer. A permit is free again when its row's
 * result is kept, so while the database is away few rows go on, and none is lost: what was not kept
 * is done again, with the same outcome.
 *
 * <p>Threads: {@link #run} is for one thread, the rest for any.
 */
final class ImportRun {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);
  private static final int PAGE = 200;
  private static final int BATCH = 200;
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private final Run begun;
  private final CameraImportStore store;
  private final CameraRegistry registry;
  private final RowImport rowImport;
  private final Semaphore permits;
  private final Consumer<Run> listener;
  private final VmsClock clock;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Entry> results = new ArrayList<>();
  private int underWay;
  private boolean rowsEnded;
  private volatile boolean cancelled;

  /**
   * @param begun as it was when it began, or went on
   * @param permits for rows at a time, shared by all runs
   * @param listener told of every change, by one thread at a time
   */
  ImportRun(
      Run begun,
      CameraImportStore store,
      CameraRegistry registry,
      RowImport rowImport,
      Semaphore permits,
      Consumer<Run> listener,
      VmsClock clock) {
    this.begun = begun;
    this.store = store;
    this.registry = registry;
    this.rowImport = rowImport;
    this.permits = permits;
    this.listener = listener;
    this.clock = clock;
  }

  /** Works through the run; returns when it ended or was closed. */
  void run() {
    Thread writer = Thread.ofVirtual().name("import-writer").start(this::writeResults);
    try {
      KnownDevices known = insist(() -> knownDevices());
      startRows(known);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    } finally {
      endRows();
      join(writer);
    }
    if (closed.getCount() > 0) {
      end();
    }
  }

  /** Ends after the rows under way. */
  void cancel() {
    cancelled = true;
  }

  /** Leaves everything as it is, to be gone on with after a restart. */
  void close() {
    closed.countDown();
  }

  private boolean stopped() {
    return cancelled || closed.getCount() == 0;
  }

  private KnownDevices knownDevices() {
    KnownDevices known = KnownDevices.read(registry);
    int after = 0;
    List<Row> page = store.rows(begun.id(), after, PAGE);
    while (!page.isEmpty()) {
      for (Row row : page) {
        if (row.camera() != null) {
          known.claim(row.line(), row.camera());
        }
      }
      after = page.getLast().line();
      page = store.rows(begun.id(), after, PAGE);
    }
    return known;
  }

  private void startRows(KnownDevices known) throws InterruptedException {
    int after = 0;
    List<Entry> page = unfinished(after);
    while (!page.isEmpty() && !stopped()) {
      for (Entry entry : page) {
        if (entry.row().outcome() == Row.Outcome.WAITING && awaitPermit()) {
          startRow(entry, known);
        }
      }
      after = page.getLast().row().line();
      page = unfinished(after);
    }
  }

  private List<Entry> unfinished(int after) throws InterruptedException {
    return insist(() -> store.unfinished(begun.id(), after, PAGE));
  }

  private boolean awaitPermit() throws InterruptedException {
    while (!stopped()) {
      if (permits.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private void startRow(Entry entry, KnownDevices known) {
    lock.lock();
    try {
      underWay++;
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("import-row").start(() -> addResult(result(entry, known)));
  }

  private Entry result(Entry entry, KnownDevices known) {
    int line = entry.row().line();
    try {
      Map<Column, String> values = new EnumMap<>(Column.class);
      entry.values().forEach((column, value) -> values.put(Column.ofCode(column), value));
      return rowImport.run(line, CameraRow.of(values), known, begun.dryRun());
    } catch (VmsException e) {
      boolean leftForNextTime = e.kind() == ErrorKind.CANCELLED && closed.getCount() == 0;
      return leftForNextTime ? entry : RowOutcome.failed(line, e, entry.values());
    } catch (RuntimeException e) { // the supervisor of a row: one fault must not stop the others
      LOG.atError().setCause(e).addKeyValue("line", line).log("a row of an import failed");
      VmsException fault =
          new VmsException(ErrorKind.INTERNAL, "a fault of the server; its log tells more", e);
      return RowOutcome.failed(line, fault, entry.values());
    }
  }

  private void addResult(Entry result) {
    lock.lock();
    try {
      results.add(result);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void endRows() {
    lock.lock();
    try {
      rowsEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void writeResults() {
    RunTally tally = new RunTally(begun);
    for (List<Entry> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
      try {
        List<Entry> kept = batch;
        insist(
            () -> {
              store.record(begun.id(), kept);
              return kept;
            });
        listener.accept(tally.with(batch));
      } catch (InterruptedException e) {
        return; // nobody interrupts it
      } catch (VmsException e) {
        LOG.atError().setCause(e).log("results of an import cannot be kept");
        cancel();
      } finally {
        permits.release(batch.size());
      }
    }
  }

  /** Waits for results; empty when all rows are done. */
  private List<Entry> nextBatch() {
    lock.lock();
    try {
      while (results.isEmpty() && (!rowsEnded || underWay > 0)) {
        changed.awaitUninterruptibly();
      }
      List<Entry> first = results.subList(0, Math.min(results.size(), BATCH));
      List<Entry> batch = List.copyOf(first);
      first.clear();
      underWay -= batch.size();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    Run.State state = cancelled ? Run.State.CANCELLED : Run.State.DONE;
    try {
      insist(
          () -> {
            store.setState(begun.id(), state, clock.now());
            return state;
          });
      store.find(begun.id()).ifPresent(listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (VmsException e) {
      LOG.atWarn().setCause(e).log("the end of an import cannot be kept");
    }
  }

  /** Calls until the store can be reached; CANCELLED when the run is closed meanwhile. */
  private <T> T insist(Supplier<T> call) throws InterruptedException {
    while (true) {
      try {
        return call.get();
      } catch (VmsException e) {
        boolean away = e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.TIMEOUT;
        if (!away) {
          throw e;
        }
        if (closed.await(STORE_RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new VmsException(ErrorKind.CANCELLED, "the server is stopping", e);
        }
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
