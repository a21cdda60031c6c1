package kg.sakchy.web.device;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.web.camera.CameraJson;
import kg.sakchy.web.camera.NewCameras;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/** Asks cameras who they are, and registers them with what they say. */
public final class RegistrationOperations {
  private final DeviceProbe probe;
  private final CameraRegistration registration;
  private final CameraRegistry registry;
  private final NewCameras places;

  public RegistrationOperations(
      DeviceProbe probe,
      CameraRegistration registration,
      CameraRegistry registry,
      NewCameras places) {
    this.probe = probe;
    this.registration = registration;
    this.registry = registry;
    this.places = places;
  }

  /** What a camera says about itself; nothing is stored. */
  public Answer probe(Call call) {
    return Answer.json(
        DeviceJson.of(probe.probe(GivenAddress.of(call.body(), null)), call.words()));
  }

  public Answer register(Call call) {
    JsonObject body = call.body();
    String id = body.getString("id");
    if (id != null) {
      places.requireFree(call, new CameraId(id));
    }
    JsonObject placement = body.getJsonObject("placement");
    CameraRegistration.Registered registered =
        registration.register(
            new CameraRegistration.Request(
                GivenAddress.of(body, null),
                id == null ? null : new CameraId(id),
                body.getString("name"),
                body.getString("mainProfile"),
                body.getString("subProfile"),
                body.getBoolean("recording", true),
                body.getInteger("retentionDays"),
                placement == null ? null : PlacementJson.read(placement, "/placement")));
    Camera camera = registered.camera();
    places.place(call, camera.id());
    return Answer.json(
        201, Map.of("Location", "/api/v1/cameras/" + camera.id()), json(registered, call));
  }

  /** Probes a registered camera again, at another address if the body names one. */
  public Answer refresh(Call call) {
    CameraId camera = call.camera();
    @Nullable DeviceAddress moved = null;
    if (call.body().containsKey("address")) {
      DeviceAddress old = registry.device(camera).map(CameraDevice::address).orElse(null);
      moved = GivenAddress.of(call.body(), old);
    }
    return Answer.json(json(registration.refresh(camera, moved), call));
  }

  private static JsonObject json(CameraRegistration.Registered registered, Call call) {
    return new JsonObject()
        .put("camera", CameraJson.of(registered.camera()))
        .put("report", DeviceJson.of(registered.report(), call.words()));
  }
}
