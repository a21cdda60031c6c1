package kg.sakchy.web.event;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.web.http.EventFeed;
import kg.sakchy.web.http.ServerEvent;
import org.jspecify.annotations.Nullable;

/**
 * The log as it grows, for one client. One that comes back first gets what it missed, oldest first,
 * at its own pace; what is logged meanwhile waits, and nothing comes twice.
 *
 * <p>Threads: safe for use by many threads.
 */
final class EventStream implements EventFeed, EventHub.Listener {
  private static final int MOST_MISSED = 1_000;
  private static final int MOST_HELD = 200;
  private static final int BATCH = 100;

  private final EventLog log;
  private final EventHub hub;
  private final EventFilter filter;
  private final long after;
  private @Nullable List<EventLog.Entry> held = new ArrayList<>();
  private @Nullable Sink sink;

  /**
   * @param after number of the last event the client has seen, or 0 for what is new only
   */
  EventStream(EventLog log, EventHub hub, EventFilter filter, long after) {
    this.log = log;
    this.hub = hub;
    this.filter = filter;
    this.after = after;
  }

  @Override
  public Subscription open(Sink to) {
    synchronized (this) {
      sink = to;
    }
    hub.add(this);
    try {
      release(to, after > 0 ? replay(to) : Set.of());
    } catch (RuntimeException e) {
      hub.remove(this);
      throw e;
    }
    return () -> hub.remove(this);
  }

  private Set<Long> replay(Sink to) {
    EventPage page = EventPage.read(log, filter, EventOperations.EVER, Long.MAX_VALUE, MOST_MISSED);
    List<EventLog.Entry> missed =
        page.entries().stream().filter(entry -> entry.number() > after).toList().reversed();
    Long first = page.before();
    if (first != null && first > after) {
      to.send(
          ServerEvent.of(
              null, "skipped", new JsonObject().put("after", after).put("before", first)));
    }
    Set<Long> numbers = new HashSet<>();
    for (EventLog.Entry entry : missed) {
      to.send(EventHub.written(entry));
      numbers.add(entry.number());
      if (numbers.size() % BATCH == 0) {
        to.awaitTaken();
      }
    }
    return numbers;
  }

  private synchronized void release(Sink to, Set<Long> replayed) {
    List<EventLog.Entry> waiting = held == null ? List.of() : held;
    held = null;
    for (EventLog.Entry entry : waiting) {
      if (!replayed.contains(entry.number())) {
        to.send(EventHub.written(entry));
      }
    }
  }

  @Override
  public synchronized void logged(EventLog.Entry entry, ServerEvent event) {
    if (sink == null || !filter.matches(entry)) {
      return;
    }
    if (held == null) {
      sink.send(event);
    } else if (held.size() < MOST_HELD) {
      held.add(entry);
    } else {
      sink.end(); // it comes back with what it has seen
    }
  }
}
