package kg.sakchy.web.event;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.web.http.Rfc3339;

/** An event as the API shows it. */
final class EventJson {
  private EventJson() {}

  static JsonObject of(EventLog.Entry entry) {
    CameraEvent event = entry.event();
    Instant cameraTime = event.cameraTime();
    return new JsonObject()
        .put("number", entry.number())
        .put("camera", event.camera().value())
        .put("kind", event.kind().code())
        .put("state", event.state().code())
        .put("at", Rfc3339.format(event.at()))
        .put("cameraTime", cameraTime == null ? null : Rfc3339.format(cameraTime))
        .put("arrivedAt", Rfc3339.format(event.arrivedAt()))
        .put("topic", event.topic())
        .put("source", texts(event.source()))
        .put("data", texts(event.data()));
  }

  private static JsonObject texts(Map<String, String> map) {
    JsonObject json = new JsonObject();
    new TreeMap<>(map).forEach(json::put);
    return json;
  }
}
