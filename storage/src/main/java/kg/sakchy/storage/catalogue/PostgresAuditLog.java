package kg.sakchy.storage.catalogue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;

/**
 * The audit log in PostgreSQL. Whoever appends holds the row of the log's end from then to the
 * commit; that is taken as the last lock of a transaction, so that acts that take long do not stand
 * in each other's way, and nobody who waits for it holds anything that its holder still needs.
 */
final class PostgresAuditLog implements AuditLog, AutoCloseable {
  private final Database database;
  private final DayPartitions partitions;
  private final AuditWriter writer = new AuditWriter(this::commit);
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param partitions of the table of records
   */
  PostgresAuditLog(Database database, DayPartitions partitions) {
    this.database = database;
    this.partitions = partitions;
  }

  @Override
  public void append(AuditEvent event) {
    partitions.require(event.at());
    if (database.isInTransaction()) {
      database.beforeCommit(handle -> write(handle, List.of(event)));
    } else {
      writer.append(event);
    }
  }

  @Override
  public <T> T inOneAct(AuditEvent event, Supplier<T> act) {
    partitions.require(event.at());
    try {
      return database.inTransaction(
          "doing what is audited",
          handle -> {
            T result = act.get();
            database.beforeCommit(last -> write(last, List.of(event)));
            return result;
          });
    } catch (RuntimeException e) {
      tried(event, e);
      throw e;
    }
  }

  private void tried(AuditEvent event, RuntimeException why) {
    try {
      append(event.failed(why));
    } catch (VmsException e) { // nothing was done; why is what the caller must know
      why.addSuppressed(e);
    }
  }

  @Override
  public List<Entry> find(Query query) {
    return database.call("looking into the audit", handle -> AuditRows.find(handle, query));
  }

  /** {@code listener} is told how many records there are, after each commit; it must be quick. */
  void onAppend(LongConsumer listener) {
    listeners.add(listener);
  }

  private void commit(List<AuditEvent> events) {
    database.inTransaction(
        "writing the audit",
        handle -> {
          write(handle, events);
          return events.size();
        });
  }

  private void write(Handle handle, List<AuditEvent> events) {
    long size = AuditRows.append(handle, events).tree().size();
    database.afterCommit(() -> listeners.forEach(listener -> listener.accept(size)));
  }

  @Override
  public void close() {
    writer.close();
  }
}
