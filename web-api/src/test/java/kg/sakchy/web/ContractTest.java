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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Totp;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.GuardedAct;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.device.DeviceWarning;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.provider.SignInTicket;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.hls.MediaName;
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
    server.addDome();
    server.probe.add(SampleDevices.report(2));
    server.health.put(
        TestServer.GATE,
        new DeviceHealth(TestServer.GATE, START, true, true, null, true, "1.2.3", null, null));
    server.events.append(List.of(EventsTest.event("gate", EventKind.PLATE, 1)));
    server.post("/api/v1/discovery", new JsonObject());
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
    prepareWhepCalls();
    prepareDeviceCalls();
    prepareImportCalls();
    preparePtzAndEventCalls();
    prepareUnitCalls();
    prepareRoleCalls();
    prepareApprovalCalls();
    prepareSessionCalls();
    prepareAccountCalls();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void prepareSessionCalls() {
    String session = "/api/v1/session";
    SignedIn aida = SignedIn.at(server, "aida");
    call(
        "signIn",
        server.json(session, "POST", SignedIn.body("aida")),
        server.json(session, "POST", "{\"name\":\"aida\",\"password\":\"x\"}"),
        server.json(session, "POST", "{}"));
    call("getSession", server.request(session));
    SignedIn provided = SignedIn.of(server, server.send(finishedAtProvider()));
    call(
        "signOut",
        aida.request(session).DELETE(),
        provided.request(session).DELETE().header("Origin", origin()),
        server.request(session).DELETE());
    String provider = session + "/provider";
    call("getProvider", server.request(provider));
    call(
        "beginProviderSignIn",
        server.json(provider, "POST", "").header("Origin", origin()),
        server.json(provider, "POST", ""));
    call(
        "finishProviderSignIn",
        finishedAtProvider(),
        server.json(provider, "PUT", "{\"code\":\"a\",\"state\":\"b\"}"),
        server.json(provider, "PUT", "{}"));
    SignedIn bakyt = SignedIn.at(server, "bakyt");
    TotpSecret key = Totp.newSecret();
    String code = Totp.code(key, server.clock.now());
    String enrolment =
        "{\"password\":\"%s\",\"key\":\"%s\",\"code\":\"%s\"}"
            .formatted(TestAccounts.PASSWORD, Totp.text(key), code);
    call("newAuthenticatorKey", server.json(session + "/authenticator", "POST", ""));
    call(
        "enrolAuthenticator",
        bakyt.json(session + "/authenticator", "PUT", enrolment),
        bakyt.json(session + "/authenticator", "PUT", enrolment.replace(code, "abcdef")));
    server.accounts.person("daniyar");
    server.accounts.credentials().setTotp(new AccountId("daniyar"), key);
    SignedIn daniyar = SignedIn.again(server, "daniyar");
    call(
        "sendCode",
        daniyar.json(session + "/code", "POST", "{\"code\":\"abcdef\"}"),
        daniyar.json(session + "/code", "POST", "{\"code\":\"" + code + "\"}"));
    SignedIn cholpon = SignedIn.at(server, "cholpon");
    call(
        "changePassword",
        cholpon.json(
            session + "/password", "PUT", "{\"current\":\"a long password\",\"next\":\"short\"}"),
        cholpon.json(
            session + "/password",
            "PUT",
            "{\"current\":\"a long password\",\"next\":\"another long password\"}"));
  }

  private String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  private HttpRequest.Builder finishedAtProvider() {
    SignInTicket ticket = SignInTicket.issue(TestServer.NOW);
    JsonObject brought = new JsonObject().put("code", "1").put("state", ticket.state());
    return server
        .json("/api/v1/session/provider", "PUT", brought.encode())
        .header("Origin", origin())
        .header("Cookie", "sakchy-provider=" + ticket.value());
  }

  private void prepareAccountCalls() {
    String accounts = "/api/v1/accounts";
    server.accounts.program("feed");
    String token = server.accounts.token("feed").id();
    call(
        "listAccounts",
        server.request(accounts),
        server.request(accounts + "?limit=1"),
        server.request(accounts + "?after=Aida"));
    call(
        "createAccount",
        server.json(accounts, "POST", "{\"id\":\"eldar\",\"displayName\":\"Eldar\"}"),
        server.json(
            accounts, "POST", "{\"id\":\"register\",\"displayName\":\"R\",\"kind\":\"service\"}"),
        server.json(accounts, "POST", "{\"id\":\"feed\",\"displayName\":\"Feed\"}"));
    call("getAccount", server.request(accounts + "/feed"), server.request(accounts + "/nobody"));
    call(
        "changeAccount",
        server.json(accounts + "/feed", "PATCH", "{\"version\":1,\"displayName\":\"Feeder\"}"),
        server.json(accounts + "/feed", "PATCH", "{\"version\":9,\"disabled\":true}"));
    call(
        "resetPassword",
        server.json(accounts + "/aida/password-reset", "POST", "{\"secondFactor\":true}"),
        server.json(accounts + "/feed/password-reset", "POST", "{}"));
    call("listApiTokens", server.request(accounts + "/feed/tokens"));
    call(
        "createApiToken",
        server.json(
            accounts + "/feed/tokens",
            "POST",
            "{\"name\":\"n\",\"scope\":[\"view_live\"],\"expiresAt\":\"2027-01-01T00:00:00Z\"}"),
        server.json(accounts + "/aida/tokens", "POST", "{\"name\":\"n\",\"scope\":[\"audit\"]}"),
        server.json(accounts + "/feed/tokens", "POST", "{\"name\":\"n\",\"scope\":[\"fly\"]}"));
    call(
        "revokeApiToken",
        server.request(accounts + "/feed/tokens/" + token).DELETE(),
        server.request(accounts + "/feed/tokens/none").DELETE());
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
    prepareHlsCalls();
    String tokens = CAMERA + "/media-tokens";
    call(
        "createMediaToken",
        server.json(tokens, "POST", "{\"live\":true}"),
        server.json(tokens, "POST", "{\"archive\":{\"from\":\"2026-11-22T11:59:00Z\"}}"),
        server.json(tokens, "POST", "{}"));
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

  private void prepareHlsCalls() {
    StreamId sub = new StreamId(TestServer.GATE, StreamName.SUB);
    LiveCamera camera = new LiveCamera(sub, server.clock, server.archive, false);
    camera.seconds(2);
    server.views.put(camera);
    String hls = CAMERA + "/hls/";
    call(
        "getHlsMain",
        server.request(hls + "main.m3u8" + RANGE),
        server.request(hls + "main.m3u8?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:01Z"),
        server.request(hls + "main.m3u8" + RANGE + "&_HLS_part=1"));
    call(
        "getHlsMaster",
        server.request(hls + "master.m3u8"),
        server.request(hls + "master.m3u8" + RANGE),
        server.request(hls + "master.m3u8?from=2020-01-01T00:00:00Z"));
    call(
        "listPreviews",
        server.request(CAMERA + "/previews" + RANGE),
        server.request(CAMERA + "/previews"));
    server.pictures.painter = PreviewTest::painted;
    call(
        "getPreviewSheet",
        server.request(CAMERA + "/previews/" + START.minusSeconds(540).getEpochSecond() + ".jpg"),
        server.request(CAMERA + "/previews/1.jpg"));
    call("getHlsSub", server.request(hls + "sub.m3u8"));
    String init = new MediaName.Init(1, HlsSegment.micros(START)).toString();
    call(
        "getHlsMedia",
        server.request(hls + "main/" + init),
        server.request(hls + "main/nothing.m4s"));
  }

  private void prepareWhepCalls() {
    String whep = CAMERA + "/whep";
    HttpRequest.BodyPublisher offer = HttpRequest.BodyPublishers.ofString("v=0\r\n");
    server.views.put(server.streams.find(GATE_MAIN).orElseThrow());
    call(
        "startWhep",
        server.request(whep).header("Content-Type", "application/sdp").POST(offer),
        server.request(whep).header("Content-Type", "application/json").POST(offer),
        server
            .request(whep)
            .header("Content-Type", "application/sdp")
            .POST(HttpRequest.BodyPublishers.noBody()),
        server.request(whep).method("PATCH", offer));
    call(
        "describeWhep",
        server.request(whep).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    server.send(server.request(whep).header("Content-Type", "application/sdp").POST(offer));
    call(
        "endWhep",
        server.request(whep + "/session-1").DELETE(),
        server.request(whep + "/nobody").DELETE());
  }

  private void prepareDeviceCalls() {
    String address = address(1).encode();
    call(
        "startDiscovery",
        server.json("/api/v1/discovery", "POST", "{}"),
        server.json("/api/v1/discovery", "POST", "{\"seconds\":0}"));
    call("getDiscoveryEvents", server.request(discovery() + "/events"));
    call("cancelDiscovery", server.request(discovery()).DELETE());
    call("probeDevice", server.json("/api/v1/probe", "POST", address));
    call(
        "registerCamera",
        server.json("/api/v1/registrations", "POST", address(2).put("id", "square").encode()),
        server.json("/api/v1/registrations", "POST", address));
    call("refreshCamera", server.json(CAMERA + "/refresh", "POST", address));
    call(
        "getDevice",
        server.request(CAMERA + "/device"),
        server.request("/api/v1/cameras/nobody/device"));
    call("putDevice", server.json(CAMERA + "/device", "PUT", address));
    call("setUpCamera", server.json(CAMERA + "/setup", "POST", "{\"setClock\":true}"));
    String placement = "{\"latitude\":42.9,\"longitude\":74.6}";
    call("putPlacement", server.json(CAMERA + "/placement", "PUT", placement));
    server.send(server.json(CAMERA + "/placement", "PUT", placement));
    call("getPlacement", server.request(CAMERA + "/placement"));
  }

  private String discovery() {
    HttpResponse<byte[]> begun = server.post("/api/v1/discovery", new JsonObject());
    server.discovery.searches.getLast().tell(ScriptedDiscovery.found(1));
    server.discovery.searches.getLast().close();
    return "/api/v1/discovery/" + TestServer.body(begun).getString("id");
  }

  private static JsonObject address(int number) {
    return new JsonObject()
        .put("address", SampleDevices.host(number))
        .put("user", SampleDevices.LOGIN.user())
        .put("password", SampleDevices.LOGIN.password());
  }

  private void prepareImportCalls() {
    HttpRequest.BodyPublisher table = HttpRequest.BodyPublishers.ofString("address\n");
    HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
    String runs = "/api/v1/imports";
    server.send(server.request(runs + "?fileName=a.csv").POST(table));
    server.imports.advance("run-1", 400, CameraImports.Run.State.DONE);
    call(
        "startImport",
        server.request(runs + "?fileName=a.csv").POST(table),
        server.request(runs + "?fileName=a.csv").POST(nothing));
    call("listImports", server.request(runs));
    call("getImport", server.request(runs + "/run-1"), server.request(runs + "/run-9"));
    call("getImportRows", server.request(runs + "/run-1/rows"));
    call("getImportEvents", server.request(runs + "/run-1/events"));
    call("cancelImport", server.request(runs + "/run-1/cancel").POST(nothing));
    call("resumeImport", server.request(runs + "/run-2/resume").POST(nothing));
    server.send(server.request(runs + "?fileName=b.csv").POST(table));
  }

  private void preparePtzAndEventCalls() {
    String ptz = CAMERA + "/ptz";
    call("getPtz", server.request(ptz), server.request("/api/v1/cameras/yard/ptz"));
    call(
        "sendPtzCommand",
        server.json(ptz, "POST", "{\"command\":\"stop\"}"),
        server.json(ptz, "POST", "{\"command\":\"fly\"}"));
    call("listPtzPresets", server.request(ptz + "/presets"));
    call("setPtzPreset", server.json(ptz + "/presets", "POST", "{\"name\":\"Gate\"}"));
    call("deletePtzPreset", server.request(ptz + "/presets?token=1").DELETE());
    call("listPtzTours", server.request(ptz + "/tours"));
    call("steerCamera", server.request(ptz + "/socket"));
    call("watchCamera", server.request(CAMERA + "/media"));
    call("listEvents", server.request("/api/v1/events"), server.request("/api/v1/events?limit=0"));
    call("streamEvents", server.request("/api/v1/events/stream?kind=rain"));
    String audit = "/api/v1/audit";
    call("listAudit", server.request(audit), server.request(audit + "?limit=0"));
    call("getAuditCheckpoint", server.request(audit + "/checkpoint"));
    call(
        "proveAuditInclusion",
        server.request(audit + "/proofs/inclusion?record=3&size=7"),
        server.request(audit + "/proofs/inclusion?record=0&size=7"));
    call(
        "proveAuditConsistency",
        server.request(audit + "/proofs/consistency?older=3&newer=7"),
        server.request(audit + "/proofs/consistency?older=3"));
    call("exportAudit", server.request(audit + "/export"));
  }

  private void prepareUnitCalls() {
    String units = "/api/v1/units/";
    String north = units + server.people.north();
    String yard = "{\"kind\":\"site\",\"name\":\"Yard\",\"siteClass\":\"street\"}";
    call("listUnits", server.request("/api/v1/units"));
    call("getUnit", server.request(north), server.request(units + 777));
    call("listUnitsBelow", server.request(north + "/units?limit=1"));
    call("searchUnits", server.request(units + "1/search?text=school&limit=1"));
    call(
        "createUnit",
        server.json(north + "/units", "POST", yard),
        server.json(north + "/units", "POST", yard),
        server.json(north + "/units", "POST", "{}"));
    String change = "{\"version\":1,\"name\":\"South\"}";
    call("changeUnit", server.json(units + server.people.south(), "PUT", change));
    String move = "{\"parent\":" + server.people.south() + "}";
    call(
        "moveUnit",
        server.json(units + server.people.northSchool() + "/move", "POST", move),
        server.json(units + server.people.south() + "/move", "POST", move));
    UnitId empty = server.people.unit(server.people.north(), UnitKind.DISTRICT, "Empty");
    call("deleteUnit", server.request(units + empty).DELETE(), server.request(north).DELETE());
    call("listUnitCameras", server.request(units + "1/cameras?limit=1"));
    call("getCameraUnit", server.request(CAMERA + "/unit"));
    call("assignCamera", server.json(CAMERA + "/unit", "PUT", "{\"unit\":1}"));
  }

  private void prepareRoleCalls() {
    String roles = "/api/v1/roles";
    String assignments = "/api/v1/units/" + server.people.north() + "/assignments";
    call("listRoles", server.request(roles));
    String night = "{\"rights\":[\"view_live\"],\"archiveDepthSeconds\":60}";
    server.send(server.json(roles + "/old", "PUT", night));
    call("putRole", server.json(roles + "/night", "PUT", night));
    call("deleteRole", server.request(roles + "/old").DELETE());
    server.people.give("guard", server.people.south(), Set.of());
    server.people.access().roles().put(new Role("watch", Set.of(Right.VIEW_LIVE), null, 0));
    String given = "{\"account\":\"guard\",\"role\":\"watch\"}";
    HttpResponse<byte[]> old =
        server.send(server.json("/api/v1/units/1/assignments", "POST", given));
    call("assignRole", server.json(assignments, "POST", given));
    call("listAssignments", server.request("/api/v1/units/1/assignments?limit=2"));
    call(
        "revokeRole",
        server
            .request("/api/v1/units/1/assignments/" + TestServer.body(old).getLong("number"))
            .DELETE(),
        server.request(assignments + "/999").DELETE());
  }

  private void prepareApprovalCalls() {
    String request = "/api/v1/cameras/classroom/approvals";
    String approvals = "/api/v1/approvals/";
    server.post(
        "/api/v1/cameras",
        new JsonObject()
            .put("id", "classroom")
            .put("url", "rtsp://10.0.0.7/1")
            .put("unit", server.people.northSchool().value()));
    server.people.give("asker", server.people.north(), Set.of(Right.EXPORT));
    server.people.give("second", server.people.north(), Set.of(Right.APPROVE));
    String wish =
        "{\"from\":\"2026-11-22T11:00:00Z\",\"to\":\"2026-11-22T11:10:00Z\",\"reason\":\"theft\"}";
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      HttpResponse<byte[]> answer = server.send(as("asker", server.json(request, "POST", wish)));
      asked.add(approvals + TestServer.body(answer).getLong("number"));
    }
    call(
        "requestApproval",
        as("asker", server.json(request, "POST", wish)),
        as("asker", server.json(request, "POST", wish.replace("11:10", "10:10"))),
        server.json(request, "POST", wish),
        server.json(request, "POST", "{}"));
    call(
        "listApprovals",
        as("asker", server.request("/api/v1/approvals?limit=1")),
        as("second", server.request("/api/v1/approvals?list=waiting")),
        as("second", server.request("/api/v1/approvals?list=unreviewed")),
        server.request("/api/v1/approvals?list=all"));
    call(
        "getApproval",
        as("second", server.request(asked.getFirst())),
        server.request(approvals + 999));
    String grant = asked.getFirst() + "/grant";
    call(
        "grantApproval",
        as("second", server.json(grant, "POST", "{\"uses\":2}")),
        as("second", server.json(grant, "POST", "{}")),
        server.json(grant, "POST", "{\"uses\":0}"));
    String refusal = asked.get(1) + "/refusal";
    call(
        "refuseApproval",
        as("second", server.json(refusal, "POST", "{\"reason\":\"no\"}")),
        as("second", server.json(refusal, "POST", "{}")));
    HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
    call(
        "withdrawApproval",
        as("asker", server.request(asked.get(2) + "/withdrawal").POST(nothing)),
        as("asker", server.request(asked.get(2) + "/withdrawal").POST(nothing)));
  }

  private static HttpRequest.Builder as(String account, HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + account);
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
    // What never ends is the business of PtzSocketTest, MediaSocketTest and EventsTest.
    succeeded |= List.of("steerCamera", "watchCamera", "streamEvents").contains(id);
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
  void whatTheSocketSaysIsWhatTheContractPromises() {
    try (PtzClient client = new PtzClient(server.port(), "gate")) {
      client.send("{\"sequence\":1,\"command\":\"velocity\",\"pan\":1}");
      requireReply(client.next(), "ack");
      requireReply(client.next(), "stopped");
      client.send("{\"command\":\"fly\"}");
      requireReply(client.next(), "problem");
      Await.until(
          "a position comes", // left out while the client is behind
          () -> {
            server.ptz.moved(server.ptz.position, "somebody");
            return client.hasNext();
          });
      requireReply(client.next(), "position");
      requireReply(client.hold(), "hold");
    }
  }

  @Test
  void whatTheMediaSocketSaysIsWhatTheContractPromises() {
    ClipStream camera = new ClipStream(server.clock, "run.mp4");
    server.views.put(camera);
    camera.send(2);
    try (MediaClient client = new MediaClient(server.port(), "gate")) {
      client.play(1, "");
      requireMediaReply(client.next("begin"));
      requireMediaReply(client.next("mapping"));
      camera.goAway();
      requireMediaReply(client.next("interrupted"));
      camera.comeBack();
      camera.send(1);
      requireMediaReply(client.next("resumed"));
      camera.change("other-size.mp4");
      camera.send(1);
      requireMediaReply(client.next("format"));
      client.playAt(2, START);
      client.position(2, 6);
      requireMediaReply(client.next("gap"));
      requireMediaReply(client.next("live"));
      client.send("{}");
      requireMediaReply(client.next("problem"));
    }
  }

  private void requireMediaReply(JsonObject reply) {
    requireSchema(reply, "MediaReply");
  }

  private void requireReply(JsonObject reply, String type) {
    assertThat(reply.getString("type")).isEqualTo(type);
    requireSchema(reply, "PtzReply");
  }

  private void requireSchema(JsonObject reply, String schema) {
    JsonObject ref = new JsonObject().put("$ref", CONTRACT + "#/components/schemas/" + schema);
    assertThat(schemas.validator(JsonSchema.of(ref)).validate(reply).getValid())
        .as(reply.encode())
        .isTrue();
  }

  @Test
  void everyConstantIsInTheContract() {
    requireConstants("EventKind", EventKind.values(), EventKind::code);
    requireConstants("Right", Right.values(), Right::code);
    requireConstants("UnitKind", UnitKind.values(), UnitKind::code);
    requireConstants("SiteClass", SiteClass.values(), SiteClass::code);
    requireConstants("ApprovalKind", GuardedAct.Kind.values(), GuardedAct.Kind::code);
    requireConstants("ApprovalState", Approval.State.values(), Approval.State::code);
    requireConstants("PtzDevice", PtzCommand.Auxiliary.Device.values(), ContractTest::hyphenated);
    JsonObject warning = schema("DeviceWarning").getJsonObject("properties");
    assertThat(warning.getJsonObject("kind").getJsonArray("enum"))
        .containsExactly(
            (Object[])
                Stream.of(DeviceWarning.Kind.values())
                    .map(ContractTest::hyphenated)
                    .toArray(String[]::new));
    assertThat(schema("DeviceFeatures").getJsonObject("items").getJsonArray("enum"))
        .containsExactly(
            (Object[])
                Stream.of(DeviceFeature.values())
                    .map(ContractTest::hyphenated)
                    .toArray(String[]::new));
    String kinds =
        contract
            .getJsonObject("components")
            .getJsonObject("parameters")
            .getJsonObject("EventKinds")
            .getJsonObject("schema")
            .getString("pattern");
    assertThat(Stream.of(EventKind.values()).map(EventKind::code).collect(Collectors.joining(",")))
        .matches(kinds);
  }

  private JsonObject schema(String name) {
    return contract.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
  }

  private static String hyphenated(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <E extends Enum<E>> void requireConstants(
      String schema, E[] constants, Function<E, String> code) {
    assertThat(schema(schema).getJsonArray("enum"))
        .containsExactly((Object[]) Stream.of(constants).map(code).toArray(String[]::new));
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
