package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.http.Contract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Walks every operation of the contract: each is called so that it succeeds and so that it fails,
 * and every answer is checked against what the contract promises for it.
 */
class ContractTest {
  private static final String CONTRACT = "app://contract/";
  private static final String CAMERA = "/api/v1/cameras/gate";
  private static final Instant START = Instant.parse("2026-11-22T11:59:00Z");
  private static final String RANGE = "?from=2026-11-22T11:59:00Z&to=2026-11-22T11:59:30Z";

  private final TestServer server = TestServer.start();
  private final JsonObject contract = Contract.load().tree();
  private final SchemaRepository schemas =
      SchemaRepository.create(
          new JsonSchemaOptions()
              .setBaseUri(CONTRACT)
              .setDraft(Draft.DRAFT202012)
              .setOutputFormat(OutputFormat.Basic));
  private final Map<String, List<HttpRequest.Builder>> calls = new HashMap<>();

  ContractTest() {
    // The repository writes notes of its own into the tree it is given.
    schemas.dereference(CONTRACT, JsonSchema.of(Contract.load().tree()));
    server.addGate();
    server.streams.set(GATE_MAIN, StatusTest.stream(StreamStatus.State.STREAMING, null));
    server.streams.set(
        GATE_MAIN, StatusTest.recording(RecordingStatus.State.RECORDING, "late uploads"));
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
    server.archive.gaps.put(
        new Gap(
            GATE_MAIN,
            Gap.Kind.DAMAGED,
            new TimeRange(START.plusSeconds(3), START.plusSeconds(4)),
            GapCause.NETWORK,
            "3 RTP packets lost"));
    prepareCalls();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void prepareCalls() {
    call("getContract", server.request("/api/v1/openapi.yaml"));
    call("getSystem", server.request("/api/v1/system"));
    call("getLiveness", server.request("/healthz"));
    call("getReadiness", server.request("/readyz"));
    call("getMetrics", server.request("/metrics"));
    call(
        "listCameras",
        server.request("/api/v1/cameras"),
        server.request("/api/v1/cameras?limit=1"),
        server.request("/api/v1/cameras?limit=0"),
        server.request("/api/v1/cameras?after=*"));
    call(
        "createCamera",
        server.json(
            "/api/v1/cameras", "POST", "{\"id\":\"yard\",\"url\":\"rtsp://u:p@10.0.0.6/1\"}"),
        server.json("/api/v1/cameras", "POST", "{}"),
        server.json("/api/v1/cameras", "POST", "{\"url\":\"rtsp://cam/1\",\"id\":\"gate\"}"));
    call("getCamera", server.request(CAMERA), server.request("/api/v1/cameras/nobody"));
    call(
        "changeCamera",
        server.json(CAMERA, "PATCH", "{\"name\":\"Gate\"}").header("If-Match", "*"),
        server.json(CAMERA, "PATCH", "{\"name\":\"Gate\"}"),
        server.json(CAMERA, "PATCH", "{\"name\":\"Gate\"}").header("If-Match", "\"99\""));
    call("deleteCamera", server.request("/api/v1/cameras/yard").DELETE());
    call("getCameraStatus", server.request(CAMERA + "/status"));
    call(
        "getTimeline",
        server.request(CAMERA + "/timeline" + RANGE),
        server.request(CAMERA + "/timeline"));
    call(
        "getVideo",
        server.request(CAMERA + "/video.mp4" + RANGE),
        server.request(CAMERA + "/video.mp4" + RANGE).header("Range", "bytes=0-99"),
        server.request(CAMERA + "/video.mp4" + RANGE).header("Range", "bytes=99999999-"),
        server.request("/api/v1/cameras/nobody/video.mp4" + RANGE));
    call(
        "headVideo",
        server
            .request(CAMERA + "/video.mp4" + RANGE)
            .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    call(
        "getSnapshot",
        server.request(CAMERA + "/snapshot.jpg"),
        server.request(CAMERA + "/snapshot.jpg?at=2020-01-01T00:00:00Z"));
  }

  private void call(String operation, HttpRequest.Builder... requests) {
    calls.put(operation, List.of(requests));
  }

  @Test
  void everyAnswerIsWhatTheContractPromises() {
    List<String> ids = new ArrayList<>();
    for (String path : contract.getJsonObject("paths").fieldNames()) {
      JsonObject methods = contract.getJsonObject("paths").getJsonObject(path);
      for (String method : methods.fieldNames()) {
        if (methods.getValue(method) instanceof JsonObject operation
            && operation.containsKey("operationId")) {
          ids.add(operation.getString("operationId"));
        }
      }
    }
    assertThat(new TreeSet<>(ids))
        .as("each is called here")
        .isEqualTo(new TreeSet<>(calls.keySet()));
    // What is created first is deleted later.
    ids.sort((one, other) -> Boolean.compare(one.startsWith("delete"), other.startsWith("delete")));
    for (String id : ids) {
      walk(id, operation(id));
    }
  }

  private JsonObject operation(String id) {
    return contract.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .filter(method -> method.getValue() instanceof JsonObject)
        .map(method -> (JsonObject) method.getValue())
        .filter(operation -> id.equals(operation.getString("operationId")))
        .findFirst()
        .orElseThrow();
  }

  private void walk(String id, JsonObject operation) {
    boolean succeeded = false;
    for (HttpRequest.Builder request : calls.getOrDefault(id, List.of())) {
      HttpResponse<byte[]> answer = server.send(request);
      check(id, operation, answer);
      succeeded |= answer.statusCode() < 300;
    }
    assertThat(succeeded).as("%s answers at least once without a problem", id).isTrue();
  }

  private void check(String id, JsonObject operation, HttpResponse<byte[]> answer) {
    String status = Integer.toString(answer.statusCode());
    JsonObject responses = operation.getJsonObject("responses");
    JsonObject response =
        resolve(responses.getJsonObject(status, responses.getJsonObject("default")));
    assertThat(response).as("%s %s is in the contract", id, status).isNotNull();
    JsonObject content = response.getJsonObject("content");
    if (content == null) {
      assertThat(answer.body()).as("%s %s has no body", id, status).isEmpty();
      return;
    }
    String type = TestServer.header(answer, "Content-Type");
    assertThat(content.fieldNames()).as("%s %s", id, status).contains(type);
    assertThat(answer.body()).isNotEmpty();
    if (type != null && type.endsWith("json")) {
      String schema = content.getJsonObject(type).getJsonObject("schema").getString("$ref");
      OutputUnit result =
          schemas
              .validator(JsonSchema.of(new JsonObject().put("$ref", CONTRACT + schema)))
              .validate(TestServer.body(answer));
      assertThat(result.getValid())
          .as("%s %s: %s %s", id, status, TestServer.text(answer), result.getErrors())
          .isTrue();
    }
    assertThat(TestServer.text(answer)).doesNotContain("s3cret");
  }

  private JsonObject resolve(JsonObject response) {
    @Nullable String ref = response.getString("$ref");
    return ref == null
        ? response
        : contract
            .getJsonObject("components")
            .getJsonObject("responses")
            .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }

  @Test
  void aWrongAnswerWouldBeNoticed() {
    JsonObject ref = new JsonObject().put("$ref", CONTRACT + "#/components/schemas/Liveness");
    assertThat(schemas.validator(JsonSchema.of(ref)).validate(new JsonObject()).getValid())
        .isFalse();
    JsonObject more = new JsonObject().put("status", "alive").put("password", "x");
    assertThat(schemas.validator(JsonSchema.of(ref)).validate(more).getValid()).isFalse();
  }

  @Test
  void everyKindOfErrorIsInTheContract() {
    JsonArray codes =
        contract
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Problem")
            .getJsonObject("properties")
            .getJsonObject("code")
            .getJsonArray("enum");
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(codes).contains(kind.code());
    }
  }

  @Test
  void everyCauseOfAGapIsInTheContract() {
    JsonArray causes =
        contract
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("GapCause")
            .getJsonArray("enum");
    for (GapCause cause : GapCause.values()) {
      assertThat(causes).contains(cause.code());
    }
  }

  @Test
  void theServedContractIsTheWholeOne() {
    HttpResponse<byte[]> served = server.get("/api/v1/openapi.yaml");
    assertThat(TestServer.text(served)).isEqualTo(Contract.load().text()).contains("video/mp4");
  }
}
