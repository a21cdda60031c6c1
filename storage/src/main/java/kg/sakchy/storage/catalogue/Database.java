package kg.sakchy.storage.catalogue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.migration.Migrations;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the database through its whole life: not there yet, there, lost, back.
 *
 * <p>One thread connects, migrates, and looks after the connection; until it has succeeded, and
 * while the database is away, every call fails at once with UNAVAILABLE, so that nobody queues for
 * a time limit. Whoever finds the connection broken wakes that thread.
 *
 * <p>Threads: safe for use by many threads.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);
  private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
  private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;
  private static final int VALIDATION_TIMEOUT_MILLIS = 1_000;

  /** Sent with each connection; every plan knows its values, so that it sees few partitions. */
  private static final String SESSION =
      "-c plan_cache_mode=force_custom_plan -c statement_timeout=30s -c lock_timeout=10s"
          + " -c TimeZone=UTC";

  private final DatabaseSource source;
  private final int poolSize;
  private final MeterRegistry metrics;
  private final List<Runnable> whenReady = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ScopedValue<Transaction> transaction = ScopedValue.newInstance();
  private final Thread keeper;

  private DatabaseSource.@Nullable Address connectedTo;
  private volatile @Nullable HikariDataSource pool;
  private volatile @Nullable Jdbi ready;
  private volatile VmsException problem =
      new VmsException(ErrorKind.UNAVAILABLE, "the database is starting");
  private boolean probeWanted;
  private volatile boolean closed;

  /** Prepares; {@link #start()} begins to connect. */
  Database(DatabaseSource source, int poolSize, MeterRegistry metrics) {
    this.source = source;
    this.poolSize = poolSize;
    this.metrics = metrics;
    this.keeper = Thread.ofPlatform().daemon().name("database").unstarted(this::keep);
    Gauge.builder("sakchy.database.ready", this, self -> self.ready == null ? 0 : 1)
        .description("Whether the database can be used: 1 or 0")
        .register(metrics);
  }

  void start() {
    keeper.start();
  }

  /** {@code action} runs on the keeper thread each time the database became usable. */
  void whenReady(Runnable action) {
    whenReady.add(action);
  }

  /** Returns normally when the database can be used, else says why not. */
  void check() {
    call("asking the database", handle -> handle.select("select 1").mapTo(Integer.class).one());
  }

  /** Waits until the database is usable, at most so long; returns whether it is. */
  boolean awaitReady(Duration limit) {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (ready == null && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return ready != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code work} on a connection, each statement on its own.
   *
   * @param doing what it is, as it stands in a sentence: "adding a camera"
   */
  <T> T call(String doing, Work<T> work) {
    return run(doing, work, false);
  }

  /**
   * Runs {@code work} in one transaction. Everything else that the thread does with this database
   * meanwhile, by this method or by {@link #call}, is a part of it.
   */
  <T> T inTransaction(String doing, Work<T> work) {
    return run(doing, work, true);
  }

  /** Whether the thread is in a transaction. */
  boolean isInTransaction() {
    return transaction.isBound();
  }

  /**
   * {@code work} is the last that the transaction of the thread does: for locks that everybody
   * wants.
   */
  void beforeCommit(Consumer<Handle> work) {
    transaction.get().beforeCommit(work);
  }

  /**
   * {@code action} is done as soon as what the thread has changed is committed: after its
   * transaction, or now when it is in none. Not done when that is rolled back.
   */
  void afterCommit(Runnable action) {
    if (isInTransaction()) {
      transaction.get().afterCommit(action);
    } else {
      action.run();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      problem = new VmsException(ErrorKind.UNAVAILABLE, "the database was closed");
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (keeper.isAlive()) {
      keeper.interrupt();
      try {
        keeper.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    closePool();
    source.close();
  }

  private <T> T run(String doing, Work<T> work, boolean asTransaction) {
    if (isInTransaction()) {
      return join(doing, work);
    }
    Jdbi jdbi = ready;
    if (jdbi == null) {
      VmsException why = problem;
      throw new VmsException(ErrorKind.UNAVAILABLE, doing + " failed: " + why.getMessage(), why);
    }
    try {
      return asTransaction ? commit(jdbi, work) : jdbi.withHandle(work::on);
    } catch (JdbiException e) {
      throw mapped(doing, e);
    }
  }

  private <T> T commit(Jdbi jdbi, Work<T> work) {
    AtomicReference<Transaction> committed = new AtomicReference<>();
    T result =
        jdbi.inTransaction(
            handle -> {
              Transaction begun = new Transaction(handle);
              committed.set(begun);
              return ScopedValue.where(transaction, begun)
                  .call(
                      () -> {
                        T done = work.on(handle);
                        begun.finish();
                        return done;
                      });
            });
    committed.get().committed();
    return result;
  }

  private <T> T join(String doing, Work<T> work) {
    try {
      return transaction.get().join(work);
    } catch (JdbiException e) {
      throw mapped(doing, e);
    }
  }

  private VmsException mapped(String doing, JdbiException e) {
    if (SqlErrors.databaseAway(e)) {
      wakeKeeper();
    }
    return SqlErrors.map(doing, e);
  }

  private void wakeKeeper() {
    lock.lock();
    try {
      probeWanted = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    Duration retry = FIRST_RETRY;
    while (!closed) {
      try {
        connect();
        retry = FIRST_RETRY;
        pause(PROBE_EVERY);
      } catch (SQLException | RuntimeException e) { // the supervisor: whatever it is, try again
        report(SqlErrors.map("connecting to the database", e));
        pause(retry);
        retry = Duration.ofMillis(Math.min(LAST_RETRY.toMillis(), 2 * retry.toMillis()));
      }
    }
  }

  /** Makes sure that the database is there and usable; cheap when it is. */
  private void connect() throws SQLException {
    DatabaseSource.Address address = source.address();
    HikariDataSource connections = pool;
    if (connections == null || !address.equals(connectedTo)) {
      closePool();
      connections = openPool(address);
      pool = connections;
      connectedTo = address;
    }
    if (ready == null) {
      Migrations.apply(connections);
      open(connections);
    } else {
      probe(connections);
    }
  }

  private void open(HikariDataSource connections) {
    Jdbi jdbi = Jdbi.create(connections);
    jdbi.registerArrayType(Long.class, "bigint");
    jdbi.registerArrayType(Integer.class, "integer");
    jdbi.registerArrayType(String.class, "text");
    ready = jdbi;
    LOG.atInfo().log("the database is ready");
    try {
      whenReady.forEach(Runnable::run);
    } finally {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static void probe(HikariDataSource connections) throws SQLException {
    try (java.sql.Connection connection = connections.getConnection()) {
      if (!connection.isValid(VALIDATION_TIMEOUT_MILLIS / 1_000)) {
        throw new SQLException("the database does not answer", "08006");
      }
    }
  }

  private void report(VmsException error) {
    if (closed) {
      return;
    }
    boolean news =
        ready != null || !String.valueOf(error.getMessage()).equals(problem.getMessage());
    problem = error;
    ready = null;
    if (news) {
      LOG.atWarn().setCause(error).log("no database: {}", error.toLogLine());
    }
  }

  private void pause(Duration time) {
    long left = time.toNanos();
    lock.lock();
    try {
      while (left > 0 && !closed && !(probeWanted && ready != null)) {
        left = changed.awaitNanos(left);
      }
      probeWanted = false;
    } catch (InterruptedException e) {
      // only close() interrupts
    } finally {
      lock.unlock();
    }
  }

  private HikariDataSource openPool(DatabaseSource.Address address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("catalogue");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password().value());
    config.setMaximumPoolSize(poolSize);
    config.setMinimumIdle(Math.min(2, poolSize));
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
    config.addDataSourceProperty("ApplicationName", "sakchy");
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("options", SESSION);
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(metrics));
    return new HikariDataSource(config);
  }

  private void closePool() {
    ready = null;
    HikariDataSource open = pool;
    if (open != null) {
      pool = null;
      connectedTo = null;
      open.close();
    }
  }

  /** Statements on one connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Handle handle);
  }
}
