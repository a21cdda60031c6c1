package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was given no devices says so, and does the rest. */
class WithoutDevicesTest {
  private final TestServer server = TestServer.startWithoutDevices();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/events",
        "/api/v1/events/stream",
        "/api/v1/imports",
        "/api/v1/cameras/gate/ptz",
        "/api/v1/cameras/gate/ptz/socket",
        "/api/v1/cameras/gate/device"
      })
  void saysSo(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(body(answer).getString("detail")).contains("devices");
  }

  @Test
  void theRestWorks() {
    server.addGate();
    JsonObject status = body(server.get("/api/v1/cameras/gate/status"));
    assertThat(status.getValue("device")).isNull();
    assertThat(status.getValue("health")).isNull();
  }
}
