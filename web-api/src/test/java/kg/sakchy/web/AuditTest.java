package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Totp;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditEvent.Result;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final String AUDIT = "/api/v1/audit";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.auditFaults.mend();
    server.close();
  }

  private static AuditEvent event(int number) {
    return AuditEvent.of(
        TestServer.NOW.plusSeconds(number),
        number % 2 == 0 ? "aida" : "bakyt",
        "test",
        number % 3 == 0 ? AuditAction.STEER : AuditAction.VIEW_LIVE,
        "camera gate",
        AuditEvent.Result.DONE);
  }

  @Test
  void pagesGoFromTheNewestToTheOldestAndThatSomebodyLookedIsRecorded() {
    for (int i = 1; i <= 20; i++) {
      server.audit.append(event(i));
    }
    JsonObject first = body(server.get(AUDIT + "?actor=aida&action=view_live&limit=3"));
    assertThat(numbers(first)).containsExactly(20, 16, 14);
    JsonObject second =
        body(
            server.get(
                AUDIT + "?actor=aida&action=view_live&limit=9&before=" + first.getInteger("next")));
    assertThat(numbers(second)).containsExactly(10, 8, 4, 2);
    assertThat(second.getValue("next")).isNull();
    AuditEvent read = server.audit.all().getLast();
    assertThat(read.action()).isEqualTo(AuditAction.READ_AUDIT);
    assertThat(read.actor()).isEqualTo(SamplePeople.ROOT);
    assertThat(read.details()).containsEntry("actor", "aida").containsEntry("limit", "9");
  }

  @Test
  void nobodyReadsTheAuditUnrecorded() {
    server.auditFaults.fail(ErrorKind.UNAVAILABLE);
    assertThat(server.get(AUDIT).statusCode()).isEqualTo(503);
    assertThat(server.get(AUDIT + "/export").statusCode()).isEqualTo(503);
  }

  @Test
  void aCheckpointAndAnExportAreHandedOut() {
    HttpResponse<byte[]> checkpoint = server.get(AUDIT + "/checkpoint");
    assertThat(text(checkpoint)).startsWith("log\n7\n");
    HttpResponse<byte[]> export = server.get(AUDIT + "/export?after=5");
    assertThat(text(export)).isEqualTo("{\"after\":5}\n");
    assertThat(export.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment; filename=\"audit-");
    assertThat(server.audit.all().getLast().details()).containsEntry("operation", "exportAudit");
  }

  @Test
  void proofsAreHandedOutForWhatIsAskedFor() {
    String proofs = AUDIT + "/proofs/";
    assertThat(hashes(proofs + "inclusion?record=3&size=7"))
        .containsExactly("0".repeat(63) + "3", "0".repeat(63) + "7");
    assertThat(hashes(proofs + "consistency?older=2&newer=10"))
        .containsExactly("0".repeat(63) + "2", "0".repeat(63) + "a");
  }

  private List<Object> hashes(String path) {
    return body(server.get(path)).getJsonArray("hashes").stream().toList();
  }

  @Test
  void aRecordOfWatchingLeadsToWhatWasSeen() {
    AuditEvent seen =
        event(1)
            .with(
                "ranges",
                "2026-11-20T00:00:00Z/2026-11-21T12:00:00.5Z"
                    + " 2026-11-22T10:00:00Z/2026-11-22T10:00:04Z");
    server.audit.append(seen);
    server.audit.append(event(2).with("ranges", "yesterday/today"));
    JsonArray items = body(server.get(AUDIT)).getJsonArray("items");
    assertThat(items.getJsonObject(1).getJsonArray("replay")).isEmpty();
    JsonArray replay = items.getJsonObject(2).getJsonArray("replay");
    assertThat(replay.stream().map(each -> ((JsonObject) each).getString("playlist")))
        .containsExactly(
            "/api/v1/cameras/gate/hls/main.m3u8?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z",
            "/api/v1/cameras/gate/hls/main.m3u8?from=2026-11-21T00:00:00Z&to=2026-11-21T12:00:00.500Z",
            "/api/v1/cameras/gate/hls/main.m3u8?from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:04Z");
    assertThat(replay.getJsonObject(2).getString("from")).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(replay.getJsonObject(2).getString("to")).isEqualTo("2026-11-22T10:00:04Z");
  }

  @Test
  void aChangeIsRecordedWithWhoDidItAndOneThatCannotBeDoesNotHappen() {
    JsonObject camera =
        new JsonObject().put("id", "yard").put("name", "Yard").put("url", "rtsp://10.0.0.1/s");
    server.auditFaults.fail(ErrorKind.UNAVAILABLE);
    assertThat(server.post("/api/v1/cameras", camera).statusCode()).isEqualTo(503);
    assertThat(server.get("/api/v1/cameras/yard").statusCode()).isEqualTo(404);
    server.auditFaults.mend();
    server.post("/api/v1/cameras", camera);
    assertThat(server.delete("/api/v1/cameras/yard").statusCode()).isEqualTo(204);
    List<AuditEvent> all = server.audit.all();
    assertThat(all)
        .extracting(event -> event.details().get("operation"))
        .contains("createCamera", "deleteCamera");
    assertThat(all.getLast().object()).isEqualTo("camera yard");
    assertThat(all.getLast().actor()).isEqualTo(SamplePeople.ROOT);
    assertThat(all.toString()).doesNotContain("rtsp://");
  }

  @Test
  void aSecondFactorIsRecordedAsWhoseItIsWhetherItFitsOrNot() {
    TotpSecret key = Totp.newSecret();
    server.accounts.person("aida");
    server.accounts.credentials().setTotp(new AccountId("aida"), key);
    SignedIn half = SignedIn.again(server, "aida");
    String right = Totp.code(key, server.clock.now());
    String wrong = right.equals("000000") ? "000001" : "000000";
    assertThat(code(half, wrong).statusCode()).isEqualTo(401);
    assertThat(code(half, right).statusCode()).isEqualTo(200);
    assertThat(code(half, right).statusCode()).as("nobody's session any more").isEqualTo(401);
    assertThat(server.audit.all())
        .filteredOn(event -> event.action() == AuditAction.SIGN_IN)
        .extracting(
            AuditEvent::actor,
            AuditEvent::origin,
            AuditEvent::result,
            event -> event.details().get("stage"))
        .containsExactly(
            tuple("aida", "password from 127.0.0.1", Result.DONE, "second_factor"),
            tuple("aida", "code from 127.0.0.1", Result.REFUSED, null),
            tuple("aida", "code from 127.0.0.1", Result.DONE, "complete"));
  }

  @Test
  void aCodeThatCannotBeRecordedOpensNothing() {
    TotpSecret key = Totp.newSecret();
    server.accounts.person("aida");
    server.accounts.credentials().setTotp(new AccountId("aida"), key);
    SignedIn half = SignedIn.again(server, "aida");
    server.auditFaults.fail(ErrorKind.UNAVAILABLE);
    HttpResponse<byte[]> answer = code(half, Totp.code(key, server.clock.now()));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(TestServer.header(answer, "Set-Cookie")).isNull();
  }

  private HttpResponse<byte[]> code(SignedIn half, String code) {
    return server.send(
        half.json("/api/v1/session/code", "POST", new JsonObject().put("code", code).encode()));
  }

  @Test
  void whoMustChangeThePasswordIsNamedWhenHeDoes() {
    String oneTime =
        server.accounts.desk.createPerson(new AccountId("aida"), "Aida").oneTimePassword();
    JsonObject signIn = new JsonObject().put("name", "aida").put("password", oneTime);
    SignedIn half = SignedIn.of(server, server.post("/api/v1/session", signIn));
    JsonObject change = new JsonObject().put("current", oneTime).put("next", "another long one");
    assertThat(
            server.send(half.json("/api/v1/session/password", "PUT", change.encode())).statusCode())
        .isEqualTo(200);
    AuditEvent changed = server.audit.all().getLast();
    assertThat(changed.action()).isEqualTo(AuditAction.CHANGE_ACCOUNT);
    assertThat(changed.actor()).isEqualTo("aida");
    assertThat(changed.origin()).isEqualTo("signing in from 127.0.0.1");
  }

  @Test
  void whoeverHoldsAMediaTokenIsRecordedAsItsMaker() {
    server.addGate();
    server.people.put("gate", server.people.northSchool());
    server.people.give("aida", server.people.north(), Set.of(Right.VIEW_LIVE));
    ClipStream camera = new ClipStream(server.clock, "run.mp4");
    server.views.put(camera);
    camera.send(2);
    String token =
        server.tokens.issue(
            new MediaGrant(
                TestServer.GATE,
                true,
                null,
                server.clock.now().plusSeconds(60),
                new AccountId("aida")));
    try (MediaClient client = new MediaClient(server.port(), "gate", "?token=" + token)) {
      client.play(1, "");
      client.next("begin");
    }
    assertThat(server.audit.all())
        .filteredOn(event -> event.action() == AuditAction.VIEW_LIVE)
        .filteredOn(event -> "begin".equals(event.details().get("phase")))
        .extracting(AuditEvent::actor, AuditEvent::origin)
        .containsExactly(tuple("aida", "media token of aida from 127.0.0.1"));
  }

  @Test
  void aJoystickIsOneActHoweverManyCommandsItSends() {
    server.addDome();
    try (PtzClient client = new PtzClient(server.port(), "gate")) {
      assertThat(steered()).as("who only looks steers nothing").isEmpty();
      for (int i = 1; i <= 20; i++) {
        client.send("{\"sequence\":" + i + ",\"command\":\"velocity\",\"pan\":0.5}");
      }
      for (int i = 1; i <= 20; i++) {
        assertThat(client.next().getInteger("sequence")).isEqualTo(i);
      }
      assertThat(steered()).hasSize(1);
    }
    Await.until("its end is recorded", () -> steered().size() == 2);
    assertThat(steered())
        .allSatisfy(
            event -> {
              assertThat(event.actor()).isEqualTo(SamplePeople.ROOT);
              assertThat(event.object()).isEqualTo("camera gate");
              assertThat(event.details()).containsEntry("way", "websocket");
            });
  }

  @Test
  void aCommandThatCannotBeRecordedMovesNothing() {
    server.addDome();
    try (PtzClient client = new PtzClient(server.port(), "gate")) {
      server.auditFaults.fail(ErrorKind.UNAVAILABLE);
      client.send("{\"sequence\":1,\"command\":\"velocity\",\"pan\":0.5}");
      JsonObject answer = client.next();
      assertThat(answer.getString("type")).isEqualTo("problem");
      assertThat(answer.getJsonObject("problem").getInteger("status")).isEqualTo(503);
      assertThat(server.ptz.commands()).isEmpty();
      server.auditFaults.mend();
      client.send("{\"sequence\":2,\"command\":\"velocity\",\"pan\":0.5}");
      assertThat(client.next().getString("type")).isEqualTo("ack");
    }
  }

  private List<AuditEvent> steered() {
    return recorded(AuditAction.STEER);
  }

  private List<AuditEvent> recorded(AuditAction action) {
    return server.audit.all().stream().filter(event -> event.action() == action).toList();
  }

  @Test
  void whoAsksForWhatHeMayNotIsRecordedOnceHoweverOften() {
    server.addGate();
    server.people.put("gate", server.people.northSchool());
    server.people.give("north", server.people.north(), Set.of(Right.VIEW_LIVE));
    server.people.give("south", server.people.south(), Set.of(Right.VIEW_LIVE));
    String camera = "/api/v1/cameras/gate";
    for (int i = 0; i < 40; i++) {
      assertThat(as("south", camera).statusCode()).isEqualTo(404);
      assertThat(
              as("north", camera + "/timeline?from=2026-11-22T11:00:00Z&to=2026-11-22T11:10:00Z")
                  .statusCode())
          .isEqualTo(403);
      assertThat(as("north", camera + "/hls/main.m3u8?from=2026-11-22T11:00:00Z").statusCode())
          .isEqualTo(403);
    }
    Await.until("all is recorded", () -> recorded(AuditAction.ACCESS).size() >= 3);
    assertThat(recorded(AuditAction.ACCESS))
        .hasSize(3)
        .allMatch(event -> event.result() == Result.REFUSED)
        .allMatch(event -> event.object().equals("camera gate"))
        .extracting(AuditEvent::actor, event -> event.details().get("wanted"))
        .containsExactlyInAnyOrder(
            tuple("south", "getCamera"),
            tuple("north", "getTimeline"),
            tuple("north", "view_archive"));
  }

  private HttpResponse<byte[]> as(String account, String path) {
    return server.send(server.request(path).header("Authorization", "Bearer " + account));
  }

  private static List<Integer> numbers(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getInteger("number"))
        .toList();
  }
}
