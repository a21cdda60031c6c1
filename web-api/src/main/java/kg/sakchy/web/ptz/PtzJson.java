package kg.sakchy.web.ptz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.ptz.PtzAbilities;
import kg.sakchy.core.ptz.PtzNamed;
import kg.sakchy.core.ptz.PtzPosition;
import kg.sakchy.web.http.Rfc3339;

/** What a dome can do and where it looks, as the API shows it. */
final class PtzJson {
  private PtzJson() {}

  static JsonObject of(PtzHolds.Hold hold) {
    return new JsonObject()
        .put("operator", hold.operator())
        .put("priority", hold.priority())
        .put("until", Rfc3339.format(hold.until()));
  }

  static JsonObject of(PtzAbilities abilities) {
    JsonArray auxiliaries = new JsonArray();
    abilities.auxiliaries().stream().map(PtzJson::code).sorted().forEach(auxiliaries::add);
    return new JsonObject()
        .put("continuous", abilities.continuous())
        .put("absolute", abilities.absolute())
        .put("endlessPan", abilities.endlessPan())
        .put("minTiltDegrees", abilities.minTiltDegrees())
        .put("maxTiltDegrees", abilities.maxTiltDegrees())
        .put("maxZoomFactor", abilities.maxZoomFactor())
        .put("zoomIsMeasured", abilities.zoomIsMeasured())
        .put("home", abilities.home())
        .put("maxPresets", abilities.maxPresets())
        .put("maxTours", abilities.maxTours())
        .put("auxiliaries", auxiliaries)
        .put("focus", abilities.focus())
        .put("iris", abilities.iris())
        .put("dayNight", abilities.dayNight());
  }

  static JsonObject of(PtzPosition position) {
    return new JsonObject()
        .put("panDegrees", position.panDegrees())
        .put("tiltDegrees", position.tiltDegrees())
        .put("zoomFactor", position.zoomFactor())
        .put("at", Rfc3339.format(position.at()))
        .put("moving", position.moving());
  }

  static JsonObject list(List<PtzNamed> named) {
    JsonArray items = new JsonArray();
    named.forEach(
        one -> items.add(new JsonObject().put("token", one.token()).put("name", one.name())));
    return new JsonObject().put("items", items);
  }

  /** The lower-case name with hyphens that the contract has for a constant. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
