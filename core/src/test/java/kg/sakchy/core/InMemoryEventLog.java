package kg.sakchy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;

/** Events in the heap. Threads: safe for use by many threads. */
public final class InMemoryEventLog implements EventLog {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Consumer<List<Entry>>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void append(List<CameraEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    List<Entry> added = new ArrayList<>();
    synchronized (this) {
      for (CameraEvent event : events) {
        Entry entry = new Entry(entries.size() + 1L, event);
        entries.add(entry);
        added.add(entry);
      }
    }
    List<Entry> told = List.copyOf(added);
    listeners.forEach(listener -> listener.accept(told));
  }

  @Override
  public synchronized List<Entry> find(Query query) {
    return entries.reversed().stream()
        .filter(entry -> entry.number() < query.before() && matches(query, entry.event()))
        .limit(query.limit())
        .toList();
  }

  @Override
  public void onAppend(Consumer<List<Entry>> listener) {
    listeners.add(listener);
  }

  /** Every event, the oldest first. */
  public synchronized List<CameraEvent> all() {
    return entries.stream().map(Entry::event).toList();
  }

  private static boolean matches(Query query, CameraEvent event) {
    return (query.cameras().isEmpty() || query.cameras().contains(event.camera()))
        && (query.kinds().isEmpty() || query.kinds().contains(event.kind()))
        && query.range().contains(event.at());
  }
}
