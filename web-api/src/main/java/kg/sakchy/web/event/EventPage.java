package kg.sakchy.web.event;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * A page of the events that a client may see, the newest first. It is full while there are more,
 * unless the log holds so many of others that looking further would take too long.
 *
 * @param entries the events
 * @param before where the next page begins, or null for the last page
 */
record EventPage(List<EventLog.Entry> entries, @Nullable Long before) {
  private static final int LEAST_AT_ONCE = 200;
  private static final int MOST_QUERIES = 10;

  static EventPage read(EventLog log, EventFilter filter, TimeRange range, long before, int limit) {
    List<EventLog.Entry> page = new ArrayList<>();
    if (filter.matchesNothing()) {
      return new EventPage(page, null);
    }
    int atOnce = Math.max(limit, LEAST_AT_ONCE);
    long next = before;
    for (int query = 0; query < MOST_QUERIES; query++) {
      List<EventLog.Entry> found =
          log.find(new EventLog.Query(filter.queried(), filter.kinds(), range, next, atOnce));
      for (EventLog.Entry entry : found) {
        next = entry.number();
        if (filter.matches(entry)) {
          page.add(entry);
          if (page.size() == limit) {
            return new EventPage(page, next);
          }
        }
      }
      if (found.size() < atOnce) {
        return new EventPage(page, null);
      }
    }
    return new EventPage(page, next);
  }
}
