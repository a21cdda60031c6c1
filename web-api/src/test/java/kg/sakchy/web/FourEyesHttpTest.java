package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Recordings of a school are taken away by two people, over HTTP, with real sessions and tokens.
 */
class FourEyesHttpTest {
  private static final String CAMERA = "/api/v1/cameras/yard";
  private static final String APPROVALS = "/api/v1/approvals";
  private static final Instant START = TestServer.NOW.minusSeconds(60);
  private static final String VIDEO =
      CAMERA + "/video.mp4?from=" + START + "&to=" + START.plusSeconds(10);
  private static final Role TAKES =
      new Role("takes", EnumSet.of(Right.EXPORT, Right.VIEW_ARCHIVE, Right.VIEW_LIVE), null, 0);
  private static final Role DECIDES = new Role("decides", EnumSet.of(Right.APPROVE), null, 0);

  private final TestServer server = TestServer.startStrict();
  private SignedIn asker;
  private SignedIn second;

  @BeforeEach
  void prepare() {
    SignedIn root = SignedIn.at(server, "chief");
    for (String camera : List.of("yard", "hall")) {
      String wish =
          new JsonObject()
              .put("id", camera)
              .put("url", "rtsp://10.0.0.7/" + camera)
              .put("unit", server.people.northSchool().value())
              .encode();
      assertThat(server.send(root.json("/api/v1/cameras", "POST", wish)).statusCode())
          .isEqualTo(201);
    }
    StreamId stream = StreamId.main(new CameraId("yard"));
    server.archive.add(RecordedRun.cut(stream, "run.mp4", START, 1, 4));
    asker = person("asker", TAKES);
    second = person("second", DECIDES);
  }

  @AfterEach
  void close() {
    server.auditFaults.mend();
    server.close();
  }

  /** Somebody with a role over the north alone. */
  private SignedIn person(String name, Role role) {
    server.accounts.person(name);
    server.people.takeRoles(name);
    server.people.give(name, server.people.north(), role);
    return SignedIn.again(server, name);
  }

  private static String wish(Instant from, Instant to, boolean urgent) {
    return new JsonObject()
        .put("from", from.toString())
        .put("to", to.toString())
        .put("reason", "a broken window")
        .put("caseNumber", "4711")
        .put("urgent", urgent)
        .encode();
  }

  private HttpResponse<byte[]> ask(SignedIn who, boolean urgent) {
    String wish = wish(START, START.plusSeconds(10), urgent);
    return server.send(who.json(CAMERA + "/approvals", "POST", wish));
  }

  private String asked(boolean urgent) {
    HttpResponse<byte[]> answer = ask(asker, urgent);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
    return APPROVALS + "/" + body(answer).getLong("number");
  }

  private HttpResponse<byte[]> grant(SignedIn who, String approval, String terms) {
    return server.send(who.json(approval + "/grant", "POST", terms));
  }

  private String granted(String terms) {
    String approval = asked(false);
    HttpResponse<byte[]> answer = grant(second, approval, terms);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    return approval;
  }

  private int video(SignedIn who) {
    return server.send(who.request(VIDEO)).statusCode();
  }

  private JsonObject seen(SignedIn who, String approval) {
    return body(server.send(who.request(approval)));
  }

  @Test
  void oneAsksAnotherApprovesAndTheFirstDownloads() {
    HttpResponse<byte[]> alone = server.send(asker.request(VIDEO));
    assertThat(alone.statusCode()).isEqualTo(403);
    assertThat(text(alone)).contains("the approval of a second person");
    String approval = asked(false);
    HttpResponse<byte[]> waiting = server.send(second.request(APPROVALS + "?list=waiting"));
    assertThat(text(waiting)).contains("a broken window", "4711");
    assertThat(video(asker)).isEqualTo(403);
    grant(second, approval, "{\"reason\":\"agreed\",\"uses\":1}");
    HttpResponse<byte[]> head =
        server.send(asker.request(VIDEO).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(seen(asker, approval).getJsonObject("grant").getInteger("used")).isZero();
    assertThat(video(asker)).isEqualTo(200);
    HttpResponse<byte[]> rest = server.send(asker.request(VIDEO).header("Range", "bytes=100-199"));
    assertThat(rest.statusCode()).isEqualTo(206);
    JsonObject used = seen(asker, approval);
    assertThat(used.getString("state")).isEqualTo("granted");
    assertThat(used.getJsonObject("grant").getInteger("used")).isEqualTo(1);
    assertThat(used.getJsonObject("decision").getString("by")).isEqualTo("second");
    assertThat(steps()).containsExactly("request", "approve", "use");
  }

  private List<String> steps() {
    return server.audit.all().stream()
        .filter(each -> each.action() == AuditAction.APPROVAL)
        .filter(each -> each.result() == AuditEvent.Result.DONE)
        .map(each -> each.details().getOrDefault("step", ""))
        .toList();
  }

  @Test
  void theSamePersonThroughAnotherSessionIsNoSecondPerson() {
    server.people.give("asker", server.people.north(), DECIDES);
    String approval = asked(false);
    SignedIn again = SignedIn.again(server, "asker");
    HttpResponse<byte[]> own = grant(again, approval, "{}");
    assertThat(own.statusCode()).isEqualTo(403);
    assertThat(text(own)).contains("nobody decides on what he asked for himself");
    assertThat(text(server.send(again.request(APPROVALS + "?list=waiting"))))
        .doesNotContain("4711");
    assertThat(video(asker)).isEqualTo(403);
  }

  @Test
  void noProgramApprovesWhoseverItIs() {
    String key = server.accounts.program("robot");
    String approval = asked(false);
    HttpResponse<byte[]> answer =
        server.send(
            server
                .json(approval + "/grant", "POST", "{}")
                .header("Authorization", "Bearer " + key));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(text(answer)).contains("not programs");
  }

  @Test
  void whoManagesPeopleHasNothingApproved() {
    SignedIn chief = SignedIn.again(server, "chief");
    assertThat(video(chief)).isEqualTo(403);
    HttpResponse<byte[]> answer = ask(chief, true);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(text(answer)).contains("his own second person");
  }

  @Test
  void itIsUsedUp() {
    granted("{\"uses\":2}");
    for (int use = 0; use < 2; use++) {
      assertThat(video(asker)).isEqualTo(200);
      passed(Duration.ofHours(1));
    }
    assertThat(video(asker)).isEqualTo(403);
  }

  /** Time passes, and everybody signs in again. */
  private void passed(Duration time) {
    server.clock.advance(time);
    asker = SignedIn.again(server, "asker");
    second = SignedIn.again(server, "second");
  }

  @Test
  void itExpires() {
    granted("{\"until\":\"" + TestServer.NOW.plusSeconds(600) + "\"}");
    assertThat(video(asker)).isEqualTo(200);
    server.clock.advance(Duration.ofMinutes(10));
    assertThat(video(asker)).isEqualTo(403);
  }

  @Test
  void theClockSetBackIsNoHelp() {
    granted("{}");
    server.clock.step(Duration.ofSeconds(-30));
    asker = SignedIn.again(server, "asker"); // sessions end when the clock is set back behind them
    assertThat(video(asker)).isEqualTo(403);
  }

  @Test
  void itIsForItsCameraAndItsRange() {
    granted("{}");
    String longer = CAMERA + "/video.mp4?from=" + START + "&to=" + START.plusSeconds(11);
    assertThat(server.send(asker.request(longer)).statusCode()).isEqualTo(403);
    String other = VIDEO.replace("yard", "hall");
    assertThat(server.send(asker.request(other)).statusCode()).isEqualTo(403);
    assertThat(video(person("other", TAKES))).isEqualTo(403);
    assertThat(video(asker)).isEqualTo(200);
  }

  @Test
  void itDiesWithTheRightOfWhoApproved() {
    granted("{}");
    server.people.takeRoles("second");
    assertThat(video(asker)).isEqualTo(403);
  }

  @Test
  void aMediaTokenHasNone() {
    granted("{}");
    HttpResponse<byte[]> made =
        server.send(
            asker.json(
                CAMERA + "/media-tokens",
                "POST",
                "{\"archive\":{\"from\":\""
                    + START
                    + "\",\"to\":\""
                    + START.plusSeconds(10)
                    + "\"}}"));
    String token = body(made).getString("token");
    HttpResponse<byte[]> answer = server.get(VIDEO + "&token=" + token);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(text(answer)).contains("no media token");
  }

  @Test
  void whatIsUrgentIsDoneAtOnceAndReviewedLater() {
    String approval = asked(true);
    assertThat(video(asker)).isEqualTo(200);
    HttpResponse<byte[]> open = server.send(second.request(APPROVALS + "?list=unreviewed"));
    assertThat(body(open).getJsonArray("items")).hasSize(1);
    HttpResponse<byte[]> wrong =
        server.send(second.json(approval + "/refusal", "POST", "{\"reason\":\"no emergency\"}"));
    assertThat(body(wrong).getString("state")).isEqualTo("not_confirmed");
    assertThat(video(asker)).isEqualTo(403);
    assertThat(steps()).containsExactly("request", "use", "refuse");
    assertThat(server.audit.all()).extracting(AuditEvent::reason).contains("no emergency");
  }

  @Test
  void whatIsRefusedOrWithdrawnIsNotDone() {
    String refused = asked(false);
    server.send(second.json(refused + "/refusal", "POST", "{\"reason\":\"no case\"}"));
    assertThat(seen(asker, refused).getString("words")).isEqualTo("Refused");
    assertThat(grant(second, refused, "{}").statusCode()).isEqualTo(409);
    String withdrawn = granted("{}");
    HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
    assertThat(server.send(second.request(withdrawn + "/withdrawal").POST(nothing)).statusCode())
        .isEqualTo(403);
    assertThat(server.send(asker.request(withdrawn + "/withdrawal").POST(nothing)).statusCode())
        .isEqualTo(200);
    assertThat(video(asker)).isEqualTo(403);
  }

  @Test
  void strangersSeeNothing() {
    String approval = asked(false);
    SignedIn stranger = person("stranger", new Role("watches", Set.of(Right.VIEW_LIVE), null, 0));
    assertThat(server.send(stranger.request(approval)).statusCode()).isEqualTo(404);
    assertThat(text(server.send(stranger.request(APPROVALS)))).doesNotContain("4711");
    server.people.takeRoles("second");
    server.people.give("second", server.people.south(), DECIDES);
    assertThat(grant(second, approval, "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void whatCannotBeRecordedIsNotDone() {
    granted("{}");
    server.auditFaults.fail(ErrorKind.UNAVAILABLE);
    assertThat(video(asker)).isEqualTo(503);
    assertThat(ask(asker, true).statusCode()).isEqualTo(503);
  }

  @Test
  void aReasonOfTenMegabytesIsRefused() {
    for (int length : new int[] {1_001, 10_000_000}) {
      String wish =
          wish(START, START.plusSeconds(10), false).replace("a broken window", "x".repeat(length));
      int status = server.send(asker.json(CAMERA + "/approvals", "POST", wish)).statusCode();
      assertThat(status).isIn(400, 413);
    }
    String approval = asked(false);
    String terms = "{\"reason\":\"" + "x".repeat(1_001) + "\"}";
    assertThat(grant(second, approval, terms).statusCode()).isEqualTo(400);
    assertThat(seen(asker, approval).getString("state")).isEqualTo("waiting");
  }
}
