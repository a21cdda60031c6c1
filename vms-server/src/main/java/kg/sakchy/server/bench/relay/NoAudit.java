package kg.sakchy.server.bench.relay;

import java.util.List;
import java.util.function.Supplier;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;

/** Records nothing: a bench has no database, and nobody to answer to. Threads: stateless. */
final class NoAudit implements AuditLog {
  @Override
  public void append(AuditEvent event) {
    // nobody reads it
  }

  @Override
  public <T> T inOneAct(AuditEvent event, Supplier<T> act) {
    return act.get();
  }

  @Override
  public List<Entry> find(Query query) {
    return List.of();
  }
}
