package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import kg.sakchy.core.SamplePeople;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
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

  private static List<Integer> numbers(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getInteger("number"))
        .toList();
  }
}
