package kg.sakchy.storage.catalogue;

import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Searches of the event log. An event's number is about the microsecond at which it was logged; so
 * a search by time knows where in the numbers to look, whatever lies above, and finds the few that
 * were logged at another time than they happened by an index of their own.
 *
 * <p>Threads: stateless.
 */
final class EventSearch {
  /** More cameras than this are looked for by reading all events of the time. */
  private static final int CAMERAS_ONE_BY_ONE = 32;

  private static final String ON_TIME =
      """
      number < :before and number between :from - 600000000 and :to + 600000000
        and at_us >= :from and at_us < :to and not off_time
      """;

  /** Without a limit of its own, so that nobody walks all numbers in search of the few. */
  private static final String OFF_TIME =
      """
      select * from events
      where off_time and at_us >= :from and at_us < :to and number < :before
      """;

  private static final String NEWEST = " order by number desc limit :limit";

  private EventSearch() {}

  static List<EventLog.Entry> find(Handle handle, EventLog.Query wanted) {
    try (Query query = handle.createQuery(statement(wanted))) {
      return bind(query, wanted).map(EventRow::read).list();
    }
  }

  /** The statement; which values it binds depends on what is named. */
  static String statement(EventLog.Query wanted) {
    String kinds = wanted.kinds().isEmpty() ? "" : " and kind = any(:kinds)";
    String cameras = wanted.cameras().isEmpty() ? "" : " and camera = any(:cameras)";
    String onTime;
    if (!wanted.cameras().isEmpty() && wanted.cameras().size() <= CAMERAS_ONE_BY_ONE) {
      onTime = each("cameras", "camera", ON_TIME + kinds);
    } else if (wanted.cameras().isEmpty() && !wanted.kinds().isEmpty()) {
      onTime = each("kinds", "kind", ON_TIME);
    } else {
      onTime = "select * from events where " + ON_TIME + cameras + kinds + NEWEST;
    }
    return "select * from ((%s) union all (%s offset 0)) found %s"
        .formatted(onTime, OFF_TIME + cameras + kinds, NEWEST);
  }

  /** Binds what {@link #statement} needs. */
  static Query bind(Query query, EventLog.Query wanted) {
    if (!wanted.cameras().isEmpty()) {
      query.bindArray(
          "cameras", String.class, wanted.cameras().stream().map(CameraId::value).toList());
    }
    if (!wanted.kinds().isEmpty()) {
      query.bindArray("kinds", String.class, wanted.kinds().stream().map(EventKind::code).toList());
    }
    return query
        .bind("before", wanted.before())
        .bind("from", Micros.of(wanted.range().start()))
        .bind("to", Micros.of(wanted.range().end()))
        .bind("limit", wanted.limit());
  }

  /** The newest of each wanted value, each by its index, and of these the newest. */
  private static String each(String values, String column, String condition) {
    return """
    select event.* from unnest(:%s) as wanted (value) cross join lateral (
      select * from events where %s = wanted.value and %s) event
    """
            .formatted(values, column, condition + NEWEST)
        + NEWEST;
  }
}
