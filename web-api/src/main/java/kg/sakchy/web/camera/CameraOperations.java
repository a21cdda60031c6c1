package kg.sakchy.web.camera;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.AccessRules;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.HttpFault;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Registers, lists, shows, changes and forgets cameras. */
public final class CameraOperations {
  private static final String PATH = "/api/v1/cameras";
  private static final int PAGE = 100;

  private final CameraDirectory cameras;
  private final Permissions permissions;
  private final NewCameras places;
  private final VmsClock clock;

  public CameraOperations(
      CameraDirectory cameras, Permissions permissions, NewCameras places, VmsClock clock) {
    this.cameras = cameras;
    this.permissions = permissions;
    this.places = places;
    this.clock = clock;
  }

  /** The camera, or a problem that names it. */
  public static Camera require(CameraDirectory cameras, CameraId id) {
    return cameras.find(id).orElseThrow(() -> AccessRules.noCamera(id));
  }

  /** Those the caller may know of; pages are full while there are more. */
  public Answer list(Call call) {
    String after = call.parameter("after");
    int limit = call.integer("limit", PAGE);
    List<Camera> found = seen(call, after == null ? null : new CameraId(after), limit + 1);
    List<Camera> page = found.subList(0, Math.min(limit, found.size()));
    JsonArray items = new JsonArray();
    page.forEach(camera -> items.add(CameraJson.of(camera)));
    String next =
        found.size() > limit ? PATH + "?after=" + page.getLast().id() + "&limit=" + limit : null;
    return Answer.json(new JsonObject().put("items", items).put("next", next));
  }

  /** Cameras that the policy still names but that are gone by now leave room for the next. */
  private List<Camera> seen(Call call, @Nullable CameraId after, int limit) {
    List<Camera> found = new ArrayList<>();
    @Nullable CameraId last = after;
    int missing = limit;
    while (missing > 0) {
      List<CameraId> ids = permissions.seen(call.caller(), last, missing);
      found.addAll(cameras.find(ids));
      if (ids.size() < missing) {
        return found;
      }
      last = ids.getLast();
      missing = limit - found.size();
    }
    return found;
  }

  /** Registers a camera in a unit; without one, at the top. */
  public Answer create(Call call) {
    Camera camera = CameraDraft.create(call.body(), clock.now());
    places.requireFree(call, camera.id());
    cameras.create(camera);
    places.place(call, camera.id());
    return Answer.json(
        201,
        Map.of("Location", PATH + "/" + camera.id(), "ETag", CameraJson.tag(camera).toString()),
        CameraJson.of(camera));
  }

  public Answer get(Call call) {
    return shown(require(cameras, call.camera()));
  }

  /**
   * Changes a camera. What the change is based on is named by {@code If-Match} or by {@code
   * version} in the body, so that nobody overwrites what he has not seen.
   */
  public Answer change(Call call) {
    String ifMatch = call.header("If-Match");
    @Nullable Long version = call.body().getLong("version");
    if (ifMatch == null && version == null) {
      return Problem.of(
          HttpFault.PRECONDITION_REQUIRED,
          "a change names what it is based on: If-Match with the camera's ETag, or its version");
    }
    Camera old = require(cameras, call.camera());
    if (ifMatch != null && !CameraJson.tag(old).isIn(ifMatch)) {
      return Problem.of(HttpFault.PRECONDITION_FAILED, changed(old));
    }
    if (version != null && version != old.version()) {
      throw new VmsException(ErrorKind.CONFLICT, changed(old));
    }
    return shown(cameras.change(CameraDraft.change(old, call.body(), old.version(), clock.now())));
  }

  private static String changed(Camera camera) {
    return "the camera "
        + camera.id()
        + " was changed in between; its version is now "
        + camera.version();
  }

  public Answer delete(Call call) {
    return cameras.delete(call.camera())
        ? Answer.empty(204, Map.of())
        : Problem.of(HttpFault.NOT_FOUND, "there is no camera " + call.camera());
  }

  private static Answer shown(Camera camera) {
    return Answer.json(
        200, Map.of("ETag", CameraJson.tag(camera).toString()), CameraJson.of(camera));
  }
}
