package kg.sakchy.web.event;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.web.http.ServerEvent;

/**
 * Hands what is logged to everybody who listens, written once.
 *
 * <p>Threads: safe for use by many threads; listeners are called on the thread that logs.
 */
final class EventHub {
  private final Set<Listener> listeners = new CopyOnWriteArraySet<>();

  EventHub(EventLog log) {
    log.onAppend(this::appended);
  }

  /** Told of each event; must be quick. */
  interface Listener {
    void logged(EventLog.Entry entry, ServerEvent event);
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** The event as it travels. */
  static ServerEvent written(EventLog.Entry entry) {
    return ServerEvent.of(entry.number(), "event", EventJson.of(entry));
  }

  private void appended(List<EventLog.Entry> entries) {
    if (listeners.isEmpty()) {
      return;
    }
    for (EventLog.Entry entry : entries) {
      ServerEvent event = written(entry);
      listeners.forEach(listener -> listener.logged(entry, event));
    }
  }
}
