package kg.sakchy.onvif.registration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraImportStore.Entry;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports of CSV files and workbooks; {@link CameraTable} and {@link Column} say what they may look
 * like. The rows of a table and their results are in the store, so that runs go on by themselves
 * when the server comes back.
 *
 * <p>Up to 96 rows are worked on at a time, over all runs, and a row has 15 s: so a thousand
 * cameras of which none answers take under three minutes, and those that answer do not wait for
 * those that do not.
 *
 * <p>Threads: safe for use by many threads. Watchers are told by one thread of each run.
 */
public final class TableImports implements CameraImports, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableImports.class);
  private static final int ROWS_AT_A_TIME = 96;
  private static final Duration ROW_LIMIT = Duration.ofSeconds(15);
  private static final Duration STORE_RETRY = Duration.ofSeconds(2);

  private final CameraRegistry registry;
  private final CameraImportStore store;
  private final VmsClock clock;
  private final LimitedProbe limitedProbe;
  private final RowImport rowImport;
  private final Semaphore permits = new Semaphore(ROWS_AT_A_TIME);
  private final Map<String, Active> active = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<Run>>> watchers = new ConcurrentHashMap<>();
  private final Set<String> begunHere = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread recovery;

  private TableImports(
      CameraDirectory cameras,
      CameraRegistry registry,
      DeviceProbe probe,
      CameraImportStore store,
      VmsClock clock,
      Duration rowLimit) {
    this.registry = registry;
    this.store = store;
    this.clock = clock;
    this.limitedProbe = new LimitedProbe(probe, rowLimit);
    this.rowImport = new RowImport(cameras, registry, limitedProbe, clock);
    this.recovery = Thread.ofVirtual().name("import-recovery").unstarted(this::recover);
  }

  /**
   * Opens the imports and goes on with the runs that were under way, as soon as the store can be
   * reached.
   */
  public static TableImports open(
      CameraDirectory cameras,
      CameraRegistry registry,
      DeviceProbe probe,
      CameraImportStore store,
      VmsClock clock) {
    return open(cameras, registry, probe, store, clock, ROW_LIMIT);
  }

  /**
   * The same with another limit.
   *
   * @param rowLimit how long the probe of a row may take
   */
  static TableImports open(
      CameraDirectory cameras,
      CameraRegistry registry,
      DeviceProbe probe,
      CameraImportStore store,
      VmsClock clock,
      Duration rowLimit) {
    TableImports imports = new TableImports(cameras, registry, probe, store, clock, rowLimit);
    imports.recovery.start();
    return imports;
  }

  @Override
  public Run start(String fileName, Bytes table, boolean dryRun) {
    List<Entry> rows = entries(CameraTable.read(table.toByteArray()));
    Run run =
        new Run(
            UUID.randomUUID().toString(),
            fileName,
            dryRun,
            Run.State.RUNNING,
            rows.size(),
            0,
            0,
            0,
            0,
            0,
            clock.now(),
            null);
    begunHere.add(run.id());
    store.create(run, rows);
    Run kept = require(run.id());
    begin(kept);
    return kept;
  }

  @Override
  public Optional<Run> find(String id) {
    return store.find(id);
  }

  @Override
  public List<Run> latest(int limit) {
    return store.latest(limit);
  }

  @Override
  public List<Row> rows(String id, int afterLine, int limit) {
    return store.rows(id, afterLine, limit);
  }

  @Override
  public void cancel(String id) {
    Active run = active.get(id);
    if (run != null) {
      run.run().cancel();
    } else if (require(id).state() == Run.State.RUNNING) {
      store.setState(id, Run.State.CANCELLED, clock.now());
    }
  }

  @Override
  public void resume(String id) {
    Active last = active.get(id);
    if (require(id).state() != Run.State.RUNNING && last != null) {
      active.remove(id, last); // its end is kept, only its thread is not gone yet
    }
    if (!active.containsKey(id) && !store.unfinished(id, 0, 1).isEmpty()) {
      begunHere.add(id);
      store.reopen(id);
      begin(require(id));
    }
  }

  @Override
  public Watch watch(String id, Consumer<Run> listener) {
    watchers.computeIfAbsent(id, unknown -> new CopyOnWriteArrayList<>()).add(listener);
    return () ->
        watchers.computeIfPresent(
            id,
            (run, all) -> {
              all.remove(listener);
              return all.isEmpty() ? null : all;
            });
  }

  /** Stops work on all runs, probes included; they go on when the imports are opened again. */
  @Override
  public void close() {
    closed.countDown();
    active.values().forEach(run -> run.run().close());
    limitedProbe.close();
    join(recovery);
    active.values().forEach(run -> join(run.thread()));
  }

  private static List<Entry> entries(CameraTable table) {
    Map<String, Integer> places = new HashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    List<Entry> entries = new ArrayList<>(table.rows().size());
    for (CameraTable.Row row : table.rows()) {
      try {
        CameraRow understood = CameraRow.of(row.values());
        unique(places, KnownDevices.place(understood.address().service()), row, Column.ADDRESS);
        if (understood.id() != null) {
          unique(ids, understood.id().value(), row, Column.ID);
        }
        Map<String, String> values = new HashMap<>();
        row.values().forEach((column, value) -> values.put(column.code(), value));
        entries.add(new Entry(new Row(row.line(), Row.Outcome.WAITING, null, null, ""), values));
      } catch (VmsException e) {
        entries.add(RowOutcome.failed(row.line(), e, Map.of()));
      }
    }
    return entries;
  }

  private static void unique(
      Map<String, Integer> lines, String value, CameraTable.Row row, Column column) {
    Integer other = lines.putIfAbsent(value, row.line());
    if (other != null) {
      throw CameraRow.wrong(column, "the same " + column.code() + " is in line " + other);
    }
  }

  private Run require(String id) {
    return store
        .find(id)
        .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "no such import: " + id));
  }

  private void begin(Run begun) {
    ImportRun run = new ImportRun(begun, store, registry, rowImport, permits, this::tell, clock);
    Thread thread = Thread.ofVirtual().name("import").unstarted(() -> work(begun.id(), run));
    if (closed.getCount() > 0 && active.putIfAbsent(begun.id(), new Active(run, thread)) == null) {
      thread.start();
      if (closed.getCount() == 0) {
        run.close();
      }
    }
  }

  private void work(String id, ImportRun run) {
    try {
      run.run();
    } catch (VmsException e) {
      LOG.atWarn().setCause(e).log("an import stopped: {}", e.toLogLine());
    } finally {
      active.remove(id, new Active(run, Thread.currentThread()));
    }
  }

  private void recover() {
    while (closed.getCount() > 0) {
      try {
        store.running().stream().filter(run -> !begunHere.contains(run.id())).forEach(this::begin);
        return;
      } catch (VmsException e) {
        LOG.atDebug().setCause(e).log("imports wait for the database");
      }
      try {
        if (closed.await(STORE_RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        return; // nobody interrupts it
      }
    }
  }

  private void tell(Run run) {
    watchers.getOrDefault(run.id(), List.of()).forEach(watcher -> watcher.accept(run));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Active(ImportRun run, Thread thread) {}
}
