package kg.sakchy.web.camera;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.web.http.EntityTag;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/** A camera as the API shows it: without passwords. */
public final class CameraJson {
  private CameraJson() {}

  /** All that may be shown of it. */
  public static JsonObject of(Camera camera) {
    StreamSource sub = camera.sub();
    return new JsonObject()
        .put("id", camera.id().value())
        .put("name", camera.name())
        .put("url", ShownAddress.of(camera.main()))
        .put("user", user(camera.main()))
        .put("sub", sub == null ? null : ShownAddress.of(sub))
        .put("subUser", sub == null ? null : user(sub))
        .put("transport", camera.main().transport().name().toLowerCase(Locale.ROOT))
        .put("recording", camera.recording())
        .put("retentionDays", camera.retentionDays())
        .put("createdAt", Rfc3339.format(camera.createdAt()))
        .put(
            "recordingSince",
            camera.recordingSince() == null ? null : Rfc3339.format(camera.recordingSince()))
        .put("version", camera.version());
  }

  static EntityTag tag(Camera camera) {
    return new EntityTag(Long.toString(camera.version()));
  }

  private static @Nullable String user(StreamSource source) {
    return source.credentials() == null ? null : source.credentials().user();
  }
}
