package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts made to be taken for something else: headers, paths, names of others. */
class InjectionTest {
  private static final String INJECTED = "x-injected";

  /** Where texts of callers may stand, for {@code %s}. */
  private static final List<String> PLACES =
      List.of(
          "/api/v1/cameras/%s",
          "/api/v1/cameras/%s/video.mp4?from=2026-11-22T11:59:00Z&to=2026-11-22T11:59:30Z",
          "/api/v1/cameras/gate/hls/main/%s",
          "/api/v1/cameras/gate/snapshot.jpg?at=%s",
          "/api/v1/cameras/gate/video.mp4?from=%s&to=2026-11-22T11:59:30Z",
          "/api/v1/cameras/gate/snapshot.jpg?token=%s",
          "/api/v1/cameras?after=%s",
          "/api/v1/accounts/%s",
          "/api/v1/roles/%s",
          "/api/v1/units/%s",
          "/api/v1/units/1/search?text=%s",
          "/api/v1/audit?actor=%s",
          "/api/v1/audit?object=%s",
          "/api/v1/imports/%s",
          "/api/v1/events?kind=%s",
          "/%s",
          "/api/v1/%s?%s=%s");

  private static final List<String> PIECES =
      List.of(
          "\r\nX-Injected: 1",
          "\nX-Injected: 1",
          "\rX-Injected: 1\r\n\r\n",
          "\0",
          "\u010dX-Injected: 1",
          "\u560a\u560dX-Injected: 1",
          "../",
          "..\\",
          "%2e%2e/",
          ";",
          "\"",
          "'",
          "<script>",
          "{{",
          "a",
          "gate",
          " ",
          "\t",
          "#",
          "?",
          "&",
          "=",
          "кёр");

  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @RepeatedTest(5)
  void noTextOfACallerBecomesAHeaderOrAFault(RepetitionInfo repetition) {
    server.addGate();
    Random random = new Random(repetition.getCurrentRepetition());
    for (String place : PLACES) {
      for (int i = 0; i < 10; i++) {
        String text = hostile(random);
        HttpResponse<byte[]> answer = server.get(place.replace("%s", encoded(text)));
        assertThat(answer.headers().map().keySet())
            .as("%s %s", place, text)
            .doesNotContain(INJECTED);
        assertThat(answer.statusCode()).as("%s %s", place, text).isLessThan(500);
      }
    }
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0430dmin", // Cyrillic a
        "adm\u0456n", // Ukrainian i
        "\uff41dmin", // full width
        "admin\u200b", // zero-width space
        "admin\u00ad", // soft hyphen
        "\u202enimda", // right to left
        "Admin",
        "adm\u0131n", // dotless i
        "admin\r\nX-Injected: 1"
      })
  void aNameThatCanBeTakenForAnothersIsNone(String name) {
    String body = new JsonObject().put("id", name).put("displayName", "Admin").encode();
    HttpResponse<byte[]> made = server.send(server.json("/api/v1/accounts", "POST", body));
    assertThat(made.statusCode()).isEqualTo(400);
    assertThat(made.headers().map().keySet()).doesNotContain(INJECTED);
    assertThat(server.get("/api/v1/accounts/" + encoded(name)).statusCode()).isIn(400, 404);
  }

  @Test
  void namesOfTenMegabytesAreRefusedUnread() {
    String huge = "x".repeat(10_000_000);
    for (String place : List.of("/api/v1/accounts", "/api/v1/units/1/units", "/api/v1/cameras")) {
      HttpResponse<byte[]> answer =
          server.send(server.json(place, "POST", "{\"id\":\"a\",\"name\":\"" + huge + "\"}"));
      assertThat(answer.statusCode()).as(place).isIn(400, 413);
    }
    String longer = "x".repeat(60_000);
    HttpResponse<byte[]> role =
        server.send(server.json("/api/v1/roles/" + longer, "PUT", "{\"rights\":[]}"));
    assertThat(role.statusCode()).isIn(400, 414);
    HttpResponse<byte[]> unit =
        server.send(
            server.json(
                "/api/v1/units/1/units",
                "POST",
                "{\"kind\":\"region\",\"name\":\"" + longer + "\"}"));
    assertThat(unit.statusCode()).isEqualTo(400);
  }
}
