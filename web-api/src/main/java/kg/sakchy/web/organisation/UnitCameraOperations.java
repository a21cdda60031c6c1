package kg.sakchy.web.organisation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitPath;
import kg.sakchy.web.access.AccessRules;
import kg.sakchy.web.camera.CameraJson;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;

/** Which cameras belong to which unit. */
public final class UnitCameraOperations {
  private static final int PAGE = 100;

  private final Organisation organisation;
  private final CameraDirectory cameras;

  public UnitCameraOperations(Organisation organisation, CameraDirectory cameras) {
    this.organisation = organisation;
    this.cameras = cameras;
  }

  /** The cameras of a unit and of all below it. */
  public Answer list(Call call) {
    UnitId unit = call.unit();
    String after = call.parameter("after");
    int limit = call.integer("limit", PAGE);
    List<CameraId> found =
        organisation.cameras(unit, after == null ? null : new CameraId(after), limit + 1);
    List<CameraId> page = found.subList(0, Math.min(limit, found.size()));
    JsonArray items = new JsonArray();
    cameras.find(page).forEach(camera -> items.add(CameraJson.of(camera)));
    String next =
        found.size() > limit
            ? "/api/v1/units/%s/cameras?limit=%d&after=%s".formatted(unit, limit, page.getLast())
            : null;
    return Answer.json(new JsonObject().put("items", items).put("next", next));
  }

  public Answer get(Call call) {
    return shown(call.camera());
  }

  public Answer assign(Call call) {
    organisation.assign(call.camera(), call.unit("unit", UnitId.ROOT));
    return shown(call.camera());
  }

  private Answer shown(CameraId camera) {
    if (cameras.find(camera).isEmpty()) {
      throw AccessRules.noCamera(camera);
    }
    UnitPath path = organisation.pathOf(camera);
    return Answer.json(
        new JsonObject()
            .put("camera", camera.value())
            .put("unit", path.unit().value())
            .put("path", UnitJson.of(path)));
  }
}
