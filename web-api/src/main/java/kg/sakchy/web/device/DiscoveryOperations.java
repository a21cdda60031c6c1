package kg.sakchy.web.device;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;

/** Searches the network for cameras. A search is its owner's alone. */
public final class DiscoveryOperations {
  private static final String PATH = "/api/v1/discovery/";
  private static final int SECONDS = 5;

  private final DiscoverySearches searches;
  private final Permissions permissions;

  public DiscoveryOperations(DiscoverySearches searches, Permissions permissions) {
    this.searches = searches;
    this.permissions = permissions;
  }

  public Answer start(Call call) {
    List<String> ranges =
        call.body().getJsonArray("ranges", new JsonArray()).stream().map(Object::toString).toList();
    Duration duration = Duration.ofSeconds(call.body().getInteger("seconds", SECONDS));
    Caller caller = call.caller();
    String id =
        searches
            .start(
                new DiscoveryRequest(ranges, duration),
                caller.account(),
                camera -> permissions.sees(caller, camera))
            .id();
    String events = PATH + id + "/events";
    return Answer.json(
        201, Map.of("Location", PATH + id), new JsonObject().put("id", id).put("events", events));
  }

  /** What is found, from the event after {@code Last-Event-ID} on; nothing more: 204. */
  public Answer events(Call call) {
    DiscoverySearch search = require(call);
    long after = call.lastEventId();
    return after > 0 && search.isAllSeen(after)
        ? Answer.empty(204, Map.of()) // tells a browser not to come back
        : new Answer.Events(sink -> search.follow(sink, after));
  }

  public Answer cancel(Call call) {
    require(call).cancel();
    return Answer.empty(204, Map.of());
  }

  private DiscoverySearch require(Call call) {
    return searches
        .find(call.path().getOrDefault("id", ""), call.caller().account())
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.NOT_FOUND, "there is no such search; it may be forgotten already"));
  }
}
