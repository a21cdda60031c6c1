package kg.sakchy.web.event;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.Rfc3339;

/**
 * What happened at the cameras the caller may see: page by page, newest first, and as it happens.
 */
public final class EventOperations {
  /** All the time there are events of. */
  static final TimeRange EVER = new TimeRange(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

  private static final String PATH = "/api/v1/events";
  private static final int PAGE = 100;

  private final EventLog log;
  private final EventHub hub;
  private final Permissions permissions;

  public EventOperations(EventLog log, Permissions permissions) {
    this.log = log;
    this.permissions = permissions;
    hub = new EventHub(log);
  }

  public Answer list(Call call) {
    EventPage page =
        EventPage.read(
            log,
            EventFilter.of(call, permissions),
            range(call),
            call.number("before", Long.MAX_VALUE),
            call.integer("limit", PAGE));
    JsonArray items = new JsonArray();
    page.entries().forEach(entry -> items.add(EventJson.of(entry)));
    Long before = page.before();
    return Answer.json(
        new JsonObject()
            .put("items", items)
            .put("next", before == null ? null : next(call, before)));
  }

  private static TimeRange range(Call call) {
    Instant from = Objects.requireNonNullElse(call.moment("from"), EVER.start());
    Instant to = Objects.requireNonNullElse(call.moment("to"), EVER.end());
    if (!from.isBefore(to)) {
      throw new VmsException(
              ErrorKind.INVALID_ARGUMENT,
              "the range must end after it begins: " + from + " to " + to)
          .with(Problem.FIELD, "to");
    }
    return new TimeRange(from, to);
  }

  /** The same question, about what is older. Ids, kinds and moments need no escapes. */
  private static String next(Call call, long before) {
    Map<String, String> query = new LinkedHashMap<>(call.query());
    query.put("before", Long.toString(before));
    for (String name : List.of("from", "to")) {
      Instant moment = call.moment(name);
      if (moment != null) {
        query.put(name, Rfc3339.format(moment));
      }
    }
    return query.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&", PATH + "?", ""));
  }

  /** The log as it grows; after {@code Last-Event-ID}, with what was missed. */
  public Answer stream(Call call) {
    return new Answer.Events(
        new EventStream(log, hub, EventFilter.of(call, permissions), call.lastEventId()));
  }
}
