package kg.sakchy.web.device;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.camera.CameraOperations;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** The ONVIF side of a registered camera, its set-up, and where it stands. */
public final class DeviceOperations {
  private final CameraDirectory cameras;
  private final CameraRegistry registry;
  private final DeviceProbe probe;

  public DeviceOperations(CameraDirectory cameras, CameraRegistry registry, DeviceProbe probe) {
    this.cameras = cameras;
    this.registry = registry;
    this.probe = probe;
  }

  public Answer get(Call call) {
    return Answer.json(DeviceJson.of(require(call.camera())));
  }

  /**
   * Sets or replaces the ONVIF side, with what a probe finds there now. CONFLICT when another
   * camera than the registered one answers.
   */
  public Answer put(Call call) {
    CameraId camera = CameraOperations.require(cameras, call.camera()).id();
    @Nullable CameraDevice old = registry.device(camera).orElse(null);
    DeviceAddress given = GivenAddress.of(call.body(), old == null ? null : old.address());
    DeviceReport report = probe.probe(given);
    requireSame(camera, old, report);
    CameraDevice device =
        new CameraDevice(
            camera,
            report.address(),
            report.identity(),
            mainProfile(call.body().getString("mainProfile"), report),
            subProfile(call.body(), report),
            report.features());
    registry.putDevice(device);
    return Answer.json(DeviceJson.of(device));
  }

  private static void requireSame(
      CameraId camera, @Nullable CameraDevice old, DeviceReport report) {
    if (old != null && !isSame(old.identity(), report.identity())) {
      throw new VmsException(
          ErrorKind.CONFLICT,
          "another device than the camera %s answers there: %s %s"
              .formatted(camera, report.identity().make(), report.identity().model()));
    }
  }

  /** By endpoint, else by make and serial number; who tells neither cannot be told apart. */
  private static boolean isSame(DeviceIdentity one, DeviceIdentity other) {
    if (!one.endpoint().isEmpty() && !other.endpoint().isEmpty()) {
      return one.endpoint().equals(other.endpoint());
    }
    return one.serial().isEmpty()
        || other.serial().isEmpty()
        || (one.make().equals(other.make()) && one.serial().equals(other.serial()));
  }

  private static String mainProfile(@Nullable String given, DeviceReport report) {
    if (given != null) {
      return known("mainProfile", given, report);
    }
    return Optional.ofNullable(report.mainProfile())
        .orElseThrow(
            () ->
                new VmsException(
                    ErrorKind.FAILED_PRECONDITION,
                    "no stream of the camera can be recorded; name a mainProfile"));
  }

  private static @Nullable String subProfile(JsonObject body, DeviceReport report) {
    if (!body.containsKey("subProfile")) {
      return report.subProfile();
    }
    String given = body.getString("subProfile");
    return given == null ? null : known("subProfile", given, report);
  }

  private static String known(String field, String token, DeviceReport report) {
    if (report.profile(token).isEmpty()) {
      throw new VmsException(
              ErrorKind.INVALID_ARGUMENT, field + ": the camera has no media profile of this token")
          .with(Problem.FIELD, "/" + field);
    }
    return token;
  }

  /** Sets the camera up, each step for itself. */
  public Answer setUp(Call call) {
    CameraDevice device = require(call.camera());
    JsonObject body = call.body();
    JsonObject user = body.getJsonObject("newUser");
    List<String> problems =
        probe.setUp(
            device.address(),
            new DeviceSetup(
                body.getBoolean("setClock", false),
                body.getString("ntpServer"),
                body.getString("hostname"),
                user == null
                    ? null
                    : new Credentials(user.getString("user"), user.getString("password")),
                body.getInteger("mainKbps"),
                body.getInteger("mainFps"),
                body.getInteger("mainGopFrames")));
    JsonArray told = new JsonArray();
    problems.forEach(told::add);
    return Answer.json(new JsonObject().put("problems", told));
  }

  private CameraDevice require(CameraId camera) {
    return registry
        .device(camera)
        .orElseThrow(
            () -> {
              CameraOperations.require(cameras, camera);
              return new VmsException(
                  ErrorKind.NOT_FOUND,
                  "the camera " + camera + " is registered by its stream only, without ONVIF");
            });
  }

  public Answer getPlacement(Call call) {
    CameraId camera = call.camera();
    Placement placement =
        registry
            .placement(camera)
            .orElseThrow(
                () -> {
                  CameraOperations.require(cameras, camera);
                  return new VmsException(
                      ErrorKind.NOT_FOUND,
                      "nobody has told where the camera " + camera + " stands");
                });
    return Answer.json(PlacementJson.of(placement));
  }

  public Answer putPlacement(Call call) {
    Placement placement = PlacementJson.read(call.body(), "");
    registry.putPlacement(call.camera(), placement);
    return Answer.json(PlacementJson.of(placement));
  }
}
