package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.web.http.HttpLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsTest {
  private static final String IMPORTS = "/api/v1/imports";
  private static final String TABLE = "\uFEFFadresse;Название\n10.0.0.1;Школа №5\n";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<byte[]> upload(String query, byte[] table) {
    return server.send(
        server.request(IMPORTS + query).POST(HttpRequest.BodyPublishers.ofByteArray(table)));
  }

  private String start() {
    return body(upload("?fileName=a.csv&dryRun=true", bytes(TABLE))).getString("id");
  }

  private static byte[] bytes(String table) {
    return table.getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> post(String path) {
    return server.send(server.request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void theFileArrivesByteForByte() {
    byte[] table = new byte[300_000];
    new java.util.Random(5).nextBytes(table);
    table[0] = 'P';
    HttpResponse<byte[]> begun =
        upload("?fileName=%D0%A8%D0%BA%D0%BE%D0%BB%D1%8B%202026.xlsx&dryRun=true", table);
    assertThat(begun.statusCode()).as(text(begun)).isEqualTo(201);
    assertThat(server.imports.lastTable.toByteArray()).isEqualTo(table);
    JsonObject run = body(begun);
    assertThat(run.getString("fileName")).isEqualTo("Школы 2026.xlsx");
    assertThat(run.getBoolean("dryRun")).isTrue();
    assertThat(run.getString("state")).isEqualTo("running");
    assertThat(header(begun, "Location")).isEqualTo(IMPORTS + "/" + run.getString("id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?dryRun=true",
        "?fileName=",
        "?fileName=a.csv&dryRun=perhaps",
        "?fileName=..%2Fa.csv",
        "?fileName=a%0Ab.csv",
        "?fileName=a.csv&more=1"
      })
  void whatTheFileIsCalledAndForMustMakeSense(String query) {
    HttpResponse<byte[]> refused = upload(query, bytes(TABLE));
    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
    assertThat(server.imports.latest(9)).isEmpty();
  }

  @Test
  void anEmptyFileAndOneThatCannotBeReadAreRefused() {
    assertThat(upload("?fileName=a.csv", new byte[0]).statusCode()).isEqualTo(400);
    HttpResponse<byte[]> unreadable = upload("?fileName=a.csv", bytes("!"));
    assertThat(unreadable.statusCode()).isEqualTo(400);
    assertThat(body(unreadable).getString("detail")).contains("column address");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndOtherBodiesStaySmall() {
    HttpResponse<byte[]> large =
        upload("?fileName=a.csv", new byte[HttpLimits.DEFAULTS.uploadBytes() + 1]);
    assertThat(large.statusCode()).isEqualTo(413);
    HttpResponse<byte[]> probe =
        server.send(server.json("/api/v1/probe", "POST", " ".repeat(100_000)));
    assertThat(probe.statusCode()).isEqualTo(413);
  }

  @Test
  void soManyFilesAtATimeAndNoMore() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    String head =
        "POST /api/v1/imports?fileName=a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na";
    try {
      for (int i = 0; i < HttpLimits.DEFAULTS.uploads(); i++) {
        RawConnection connection = new RawConnection(server.port());
        slow.add(connection);
        connection.send(head);
      }
      Await.until("full", () -> upload("?fileName=a.csv", bytes(TABLE)).statusCode() == 503);
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
    Await.until("free", () -> upload("?fileName=a.csv", bytes(TABLE)).statusCode() == 201);
  }

  @Test
  void runsAndRowsAreListed() {
    String first = start();
    String second = start();
    JsonObject list = body(server.get(IMPORTS + "?limit=5"));
    assertThat(list.getJsonArray("items").getJsonObject(0).getString("id")).isEqualTo(second);
    JsonObject page = body(server.get(IMPORTS + "/" + first + "/rows?limit=2"));
    assertThat(page.getJsonArray("items").getJsonObject(0).getString("column"))
        .isEqualTo("latitude");
    JsonObject next = body(server.get(page.getString("next")));
    assertThat(next.getJsonArray("items")).hasSize(1);
    assertThat(next.getString("next")).isNull();
    assertThat(server.get(IMPORTS + "/nothing").statusCode()).isEqualTo(404);
    assertThat(server.get(IMPORTS + "/nothing/rows").statusCode()).isEqualTo(404);
    assertThat(post(IMPORTS + "/nothing/cancel").statusCode()).isEqualTo(404);
    assertThat(server.get(IMPORTS + "/" + first + "/rows?limit=1001").statusCode()).isEqualTo(400);
  }

  @Test
  void progressIsToldUntilTheEnd() {
    String id = start();
    String events = IMPORTS + "/" + id + "/events";
    try (EventReader reader = server.listen(events)) {
      assertThat(reader.require().data().getInteger("done")).isZero();
      server.imports.advance(id, 1, CameraImports.Run.State.RUNNING); // less than a percent
      server.imports.advance(id, 200, CameraImports.Run.State.RUNNING);
      EventReader.Event half = reader.require();
      assertThat(half.name()).isEqualTo("run");
      assertThat(half.data().getInteger("done")).isEqualTo(200);
      server.imports.advance(id, 400, CameraImports.Run.State.DONE);
      EventReader.Event last = reader.require();
      assertThat(last.name()).isEqualTo("ended");
      assertThat(last.data().getInteger("failed")).isEqualTo(1);
      assertThat(reader.next()).isNull();
    }
    Await.until("nobody watches", () -> server.imports.watchers(id) == 0);
    HttpResponse<byte[]> again = server.send(server.request(events).header("Last-Event-ID", "400"));
    assertThat(again.statusCode()).isEqualTo(204);
    try (EventReader late = server.listen(events)) {
      assertThat(late.require().name()).isEqualTo("ended");
      assertThat(late.next()).isNull();
    }
  }

  @Test
  void aClientThatLeavesWatchesNoMore() {
    String id = start();
    try (EventReader reader = server.listen(IMPORTS + "/" + id + "/events")) {
      reader.require();
    }
    Await.until(
        "nobody watches",
        () -> {
          server.imports.advance(id, 0, CameraImports.Run.State.RUNNING);
          return server.imports.watchers(id) == 0;
        });
  }

  @Test
  void aRunIsCancelledAndResumed() {
    String run = IMPORTS + "/" + start();
    assertThat(body(post(run + "/cancel")).getString("state")).isEqualTo("cancelled");
    assertThat(body(post(run + "/resume")).getString("state")).isEqualTo("running");
  }
}
