package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.StreamStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTest {
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void readinessNamesThePartThatIsNotReady() {
    assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    server.components =
        List.of(
            new Readiness.Component("database", true, "answers"),
            new Readiness.Component("object store", false, "the bucket is missing"));
    HttpResponse<byte[]> answer = server.get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(body(answer).getBoolean("ready")).isFalse();
    assertThat(body(answer).getJsonArray("components").getJsonObject(1).getString("words"))
        .isEqualTo("the bucket is missing");
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void theServerTellsItsVersionClockAndTotals() {
    server.streams.set(GATE_MAIN, StatusTest.stream(StreamStatus.State.STREAMING, null));
    server.streams.set(GATE_MAIN, StatusTest.recording(RecordingStatus.State.RECORDING, null));
    server.clock.advance(Duration.ofSeconds(61));
    JsonObject system = body(server.get("/api/v1/system"));
    assertThat(system.getString("version")).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(system.getString("now")).isEqualTo("2026-11-22T12:01:01Z");
    assertThat(system.getLong("uptimeSeconds")).isEqualTo(61);
    assertThat(system.getJsonObject("streams").encode())
        .isEqualTo("{\"pulled\":1,\"streaming\":1,\"recording\":1}");
    assertThat(system.getLong("spoolBytes")).isEqualTo(3_000_000);
  }
}
