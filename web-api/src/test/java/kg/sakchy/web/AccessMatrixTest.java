package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.web.http.Contract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the contract against every right, held over one region, another one or
 * everything: over HTTP it is let in or refused exactly as its {@code x-right} says. Requests are
 * made from the contract, so that a new operation is walked by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
  private static final Set<Right> SEEING =
      EnumSet.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.MANAGE_CAMERAS);

  /** Bodies of operations that need one; {@code UNIT} and {@code PARENT} stand for units. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("createCamera", "{\"url\":\"rtsp://10.0.0.9/1\",\"unit\":UNIT}"),
          Map.entry("changeCamera", "{\"name\":\"Gate\"}"),
          Map.entry("createMediaToken", "{\"live\":true}"),
          Map.entry("startDiscovery", "{}"),
          Map.entry("probeDevice", "{\"address\":\"10.0.0.9\"}"),
          Map.entry("registerCamera", "{\"address\":\"10.0.0.9\",\"unit\":UNIT}"),
          Map.entry("putDevice", "{\"address\":\"10.0.0.9\"}"),
          Map.entry("setUpCamera", "{\"setClock\":true}"),
          Map.entry("putPlacement", "{\"latitude\":42.9,\"longitude\":74.6}"),
          Map.entry("sendPtzCommand", "{\"command\":\"stop\"}"),
          Map.entry("setPtzPreset", "{\"name\":\"Gate\"}"),
          Map.entry("createUnit", "{\"kind\":\"site\",\"name\":\"Yard\",\"siteClass\":\"other\"}"),
          Map.entry("changeUnit", "{\"version\":99,\"name\":\"School\",\"siteClass\":\"school\"}"),
          Map.entry("moveUnit", "{\"parent\":PARENT}"),
          Map.entry("assignCamera", "{\"unit\":UNIT}"),
          Map.entry("putRole", "{\"rights\":[]}"),
          Map.entry("assignRole", "{\"account\":\"nobody\",\"role\":\"nothing\"}"),
          Map.entry("createAccount", "{\"id\":\"feed\",\"displayName\":\"Feed\"}"),
          Map.entry("changeAccount", "{\"version\":1}"),
          Map.entry("resetPassword", "{}"),
          Map.entry("createApiToken", "{\"name\":\"a\",\"scope\":[\"audit\"]}"),
          Map.entry(
              "requestApproval",
              "{\"from\":\"2026-11-22T11:59:00Z\",\"to\":\"2026-11-22T11:59:30Z\","
                  + "\"reason\":\"a case\"}"),
          Map.entry("grantApproval", "{}"),
          Map.entry("refuseApproval", "{\"reason\":\"no case\"}"),
          Map.entry("startWhep", "v=0\r\n"),
          Map.entry("startImport", "address\n"));

  /** Values of query parameters that are needed, or that keep an answer from waiting. */
  private static final Map<String, String> QUERIES =
      Map.of(
          "from", "2026-11-22T11:59:00Z",
          "to", "2026-11-22T11:59:30Z",
          "fileName", "a.csv",
          "text", "a",
          "token", "1",
          "record", "1",
          "size", "1",
          "older", "1",
          "newer", "1");

  private final TestServer server = TestServer.start();
  private final JsonObject contract = Contract.load().tree();

  /** A region with a school and a camera. */
  private record Target(String camera, UnitId region, UnitId school) {}

  /** An operation with where it is. */
  private record Walked(String id, String method, String path, JsonObject operation) {
    @Override
    public String toString() {
      return id;
    }
  }

  @BeforeAll
  void prepare() {
    server.people.give("nothing", server.people.north(), EnumSet.noneOf(Right.class));
    for (Right right : Right.values()) {
      server.people.give(account(right, false), server.people.north(), Set.of(right));
      server.people.give(account(right, true), UnitId.ROOT, Set.of(right));
    }
    for (Target target : targets()) {
      server.people.reclass(target.school, SiteClass.STREET); // a school takes two people
      StreamId stream = StreamId.main(new CameraId(target.camera));
      server.archive.add(RecordedRun.cut(stream, "run.mp4", TestServer.NOW.minusSeconds(60), 1, 4));
      server.streams.set(stream, StatusTest.stream(StreamStatus.State.STREAMING, null));
      server.views.put(server.streams.find(stream).orElseThrow());
    }
  }

  @AfterAll
  void close() {
    server.close();
  }

  private static String account(Right right, boolean everywhere) {
    String name = right.code().replace('_', '-');
    return everywhere ? "top-" + name : name;
  }

  private List<Target> targets() {
    return List.of(
        new Target("north-1", server.people.north(), server.people.northSchool()),
        new Target("south-1", server.people.south(), server.people.southSchool()));
  }

  private Stream<Walked> operations() {
    List<Walked> all = new ArrayList<>();
    for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
      for (Map.Entry<String, Object> member : (JsonObject) path.getValue()) {
        if (member.getValue() instanceof JsonObject operation
            && operation.containsKey("operationId")) {
          all.add(
              new Walked(
                  operation.getString("operationId"),
                  member.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  operation));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theRuleDecides(Walked operation) {
    for (Target target : targets()) {
      check(operation, target, "nothing", null, false);
      for (Right right : Right.values()) {
        check(operation, target, account(right, false), right, false);
        check(operation, target, account(right, true), right, true);
      }
    }
    int unknown = status(send(operation, targets().getFirst(), "stranger"));
    assertThat(unknown == 401).as("%s of a stranger", operation).isNotEqualTo(isOpen(operation));
  }

  private static boolean isOpen(Walked operation) {
    return words(operation.operation.getJsonObject("x-right").getValue("on")).contains("nobody");
  }

  private void check(
      Walked operation, Target target, String account, @Nullable Right right, boolean everywhere) {
    restore();
    String expected = expected(operation, target, right, everywhere);
    assertThat(outcome(operation, send(operation, target, account)))
        .as("%s of %s over %s", operation, account, target.camera)
        .isEqualTo(expected);
  }

  /** What operations before have taken away. */
  private void restore() {
    for (Target target : targets()) {
      CameraId id = new CameraId(target.camera);
      if (server.directory.find(id).isEmpty()) {
        StreamSource source = StreamSource.parse("rtsp://10.0.0.5/1", Transport.TCP);
        server.directory.create(
            new Camera(id, id.value(), source, null, false, null, TestServer.NOW, null, 1));
      }
      server.people.put(target.camera, target.school);
    }
  }

  /** {@code in}, {@code denied} or {@code hidden}, read from the rule. */
  private String expected(
      Walked operation, Target target, @Nullable Right right, boolean everywhere) {
    JsonObject rule = operation.operation.getJsonObject("x-right");
    List<String> rights = words(rule.getValue("right"));
    boolean named = right != null && (rights.contains("any") || rights.contains(right.code()));
    boolean own = everywhere || target.region.equals(server.people.north());
    for (String place : words(rule.getValue("on"))) {
      switch (place) {
        case "nobody", "caller" -> {}
        case "anywhere" -> {
          if (!named) {
            return "denied";
          }
        }
        case "top" -> {
          if (!named || !everywhere) {
            return "denied";
          }
        }
        case "camera" -> {
          if (!named || !own) {
            return own && right != null && SEEING.contains(right) ? "denied" : "hidden";
          }
        }
        case "unit", "body-unit", "body-parent" -> {
          if (!named || !own) {
            return own && right != null ? "denied" : "hidden";
          }
        }
        default -> throw new AssertionError("a place without an expectation: " + place);
      }
    }
    return "in";
  }

  private static List<String> words(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case JsonArray words -> words.stream().map(Object::toString).toList();
      default -> List.of(value.toString());
    };
  }

  private HttpResponse<InputStream> send(Walked operation, Target target, String account) {
    HttpRequest.Builder request =
        server
            .request(address(operation, target))
            .header("Authorization", "Bearer " + account)
            .method(operation.method, body(operation, target));
    String type = "startWhep".equals(operation.id) ? "application/sdp" : "application/json";
    return server.open(request.header("Content-Type", type));
  }

  private String address(Walked operation, Target target) {
    StringBuilder address =
        new StringBuilder(
            operation
                .path
                .replace("/cameras/{id}", "/cameras/" + target.camera)
                .replace("{unit}", target.school.toString())
                .replace("{stream}", "main")
                .replace("{number}", "999999")
                .replaceAll("\\{\\w+}", "none"));
    char separator = '?';
    for (JsonObject parameter : parameters(operation)) {
      String name = parameter.getString("name");
      boolean needed =
          parameter.getBoolean("required", false)
              || (operation.path.contains("/hls/") && Set.of("from", "to").contains(name));
      if ("query".equals(parameter.getString("in")) && needed) {
        address.append(separator).append(name).append('=').append(QUERIES.get(name));
        separator = '&';
      }
    }
    return address.toString();
  }

  private List<JsonObject> parameters(Walked operation) {
    JsonArray all = new JsonArray();
    JsonArray none = new JsonArray();
    all.addAll(operation.operation.getJsonArray("parameters", none));
    all.addAll(
        contract
            .getJsonObject("paths")
            .getJsonObject(operation.path)
            .getJsonArray("parameters", none));
    return all.stream().map(parameter -> resolved((JsonObject) parameter)).toList();
  }

  private JsonObject resolved(JsonObject parameter) {
    String ref = parameter.getString("$ref");
    return ref == null
        ? parameter
        : contract
            .getJsonObject("components")
            .getJsonObject("parameters")
            .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }

  private HttpRequest.BodyPublisher body(Walked operation, Target target) {
    if (!operation.operation.containsKey("requestBody")) {
      return HttpRequest.BodyPublishers.noBody();
    }
    boolean needed = operation.operation.getJsonObject("x-right").containsKey("right");
    boolean required = operation.operation.getJsonObject("requestBody").getBoolean("required");
    assertThat(BODIES.containsKey(operation.id) || !needed || !required)
        .as("a body for %s is here", operation)
        .isTrue();
    return HttpRequest.BodyPublishers.ofString(
        BODIES
            .getOrDefault(operation.id, required ? "{}" : "")
            .replace("UNIT", target.school.toString())
            .replace("PARENT", target.region.toString()));
  }

  private static int status(HttpResponse<InputStream> response) {
    try (InputStream _ = response.body()) {
      return response.statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the gate let it in; what the operation then says does not matter. */
  private static String outcome(Walked operation, HttpResponse<InputStream> response) {
    int status = response.statusCode();
    try (InputStream body = response.body()) {
      if (status != 401 && status != 403 && status != 404) {
        return "in";
      }
      if (operation.method.equals("HEAD")) {
        return status == 403 ? "denied" : "hidden";
      }
      String detail =
          new JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8))
              .getString("detail", "");
      if (status == 403 && detail.startsWith("this takes the right ")) {
        return "denied";
      }
      return detail.matches("there is no (camera (north|south)-1|unit \\d+)") ? "hidden" : "in";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
