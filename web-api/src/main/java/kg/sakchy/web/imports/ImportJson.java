package kg.sakchy.web.imports;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.web.http.Rfc3339;

/** Runs and rows of imports, as the API shows them. */
final class ImportJson {
  private ImportJson() {}

  static JsonObject of(CameraImports.Run run) {
    Instant ended = run.endedAt();
    return new JsonObject()
        .put("id", run.id())
        .put("fileName", run.fileName())
        .put("dryRun", run.dryRun())
        .put("state", run.state().code())
        .put("rows", run.rows())
        .put("done", run.done())
        .put("registered", run.registered())
        .put("updated", run.updated())
        .put("unchanged", run.unchanged())
        .put("failed", run.failed())
        .put("startedAt", Rfc3339.format(run.startedAt()))
        .put("endedAt", ended == null ? null : Rfc3339.format(ended));
  }

  static JsonObject of(CameraImports.Row row) {
    return new JsonObject()
        .put("line", row.line())
        .put("outcome", row.outcome().code())
        .put("camera", row.camera() == null ? null : row.camera().value())
        .put("column", row.column())
        .put("message", row.message());
  }
}
