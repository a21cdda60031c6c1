package kg.sakchy.web.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;

/** Takes tables of cameras, and tells what becomes of them. */
public final class ImportOperations {
  private static final String PATH = "/api/v1/imports";
  private static final int RUNS = 20;
  private static final int ROWS = 200;

  private final CameraImports imports;

  public ImportOperations(CameraImports imports) {
    this.imports = imports;
  }

  public Answer start(Call call) {
    CameraImports.Run run =
        imports.start(
            String.valueOf(call.parameter("fileName")), call.upload(), call.flag("dryRun", false));
    return Answer.json(201, Map.of("Location", PATH + "/" + run.id()), ImportJson.of(run));
  }

  public Answer list(Call call) {
    JsonArray items = new JsonArray();
    imports.latest(call.integer("limit", RUNS)).forEach(run -> items.add(ImportJson.of(run)));
    return Answer.json(new JsonObject().put("items", items));
  }

  public Answer get(Call call) {
    return Answer.json(ImportJson.of(require(call)));
  }

  public Answer rows(Call call) {
    String id = require(call).id();
    int limit = call.integer("limit", ROWS);
    List<CameraImports.Row> found = imports.rows(id, call.integer("afterLine", 0), limit);
    JsonArray items = new JsonArray();
    found.forEach(row -> items.add(ImportJson.of(row)));
    String next =
        found.size() < limit
            ? null
            : "%s/%s/rows?afterLine=%d&limit=%d".formatted(PATH, id, found.getLast().line(), limit);
    return Answer.json(new JsonObject().put("items", items).put("next", next));
  }

  /** How far the run is, until it ends; a client that comes back after the end gets 204. */
  public Answer events(Call call) {
    CameraImports.Run run = require(call);
    boolean ended = run.state() != CameraImports.Run.State.RUNNING;
    return ended && call.header("Last-Event-ID") != null
        ? Answer.empty(204, Map.of())
        : new Answer.Events(new ImportFeed(imports, run.id()));
  }

  public Answer cancel(Call call) {
    imports.cancel(require(call).id());
    return get(call);
  }

  public Answer resume(Call call) {
    imports.resume(require(call).id());
    return get(call);
  }

  private CameraImports.Run require(Call call) {
    return imports
        .find(call.path().getOrDefault("id", ""))
        .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "there is no such import"));
  }
}
