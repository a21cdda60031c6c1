package kg.sakchy.web.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Rfc3339;

/**
 * Where what somebody was shown can be seen again: a playlist of the archive for each stretch that
 * a record says was delivered. The address gives no right: whoever follows it needs {@code
 * view_archive} over the camera that far back, and is recorded as everybody is.
 *
 * <p>Threads: pure functions.
 */
final class Replays {
  /** A playlist takes no more. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final String CAMERA = "camera ";
  private static final String RANGES = "ranges";

  private Replays() {}

  /** The stretches of a record; none when it tells of none. What cannot be read is left out. */
  static JsonArray of(AuditEvent event) {
    JsonArray replays = new JsonArray();
    if (!event.object().startsWith(CAMERA)) {
      return replays;
    }
    try {
      CameraId camera = new CameraId(event.object().substring(CAMERA.length()));
      for (Map.Entry<String, String> detail : event.details().entrySet()) {
        if (detail.getKey().startsWith(RANGES)) {
          for (String range : detail.getValue().split(" ", -1)) {
            add(replays, camera, range);
          }
        }
      }
    } catch (VmsException e) {
      return replays; // somebody changed the record; it must still be shown
    }
    return replays;
  }

  private static void add(JsonArray replays, CameraId camera, String range) {
    String[] ends = range.split("/", 2);
    Instant from = Rfc3339.parse(ends[0]);
    Instant to = Rfc3339.parse(ends[ends.length - 1]);
    while (from.isBefore(to)) {
      Instant end = from.plus(LONGEST).isBefore(to) ? from.plus(LONGEST) : to;
      replays.add(
          new JsonObject()
              .put("from", from.toString())
              .put("to", end.toString())
              .put(
                  "playlist",
                  "/api/v1/cameras/%s/hls/main.m3u8?from=%s&to=%s".formatted(camera, from, end)));
      from = end;
    }
  }
}
