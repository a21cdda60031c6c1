package kg.sakchy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;

/** Records in the heap; acts are not undone. Threads: safe for use by many threads. */
public final class InMemoryAuditLog implements AuditLog {
  private final List<Entry> entries = new ArrayList<>();

  @Override
  public synchronized void append(AuditEvent event) {
    entries.add(new Entry(entries.size() + 1L, event));
  }

  @Override
  public <T> T inOneAct(AuditEvent event, Supplier<T> act) {
    T result;
    try {
      result = act.get();
    } catch (RuntimeException e) {
      append(event.failed(e));
      throw e;
    }
    append(event);
    return result;
  }

  @Override
  public synchronized List<Entry> find(Query query) {
    return entries.reversed().stream()
        .filter(entry -> entry.number() < query.before() && matches(query, entry.event()))
        .limit(query.limit())
        .toList();
  }

  /** Everything that was recorded, the oldest first. */
  public synchronized List<AuditEvent> all() {
    return entries.stream().map(Entry::event).toList();
  }

  private static boolean matches(Query query, AuditEvent event) {
    return (query.actor() == null || query.actor().equals(event.actor()))
        && (query.object() == null || query.object().equals(event.object()))
        && (query.actions().isEmpty() || query.actions().contains(event.action()))
        && query.range().contains(event.at());
  }
}
