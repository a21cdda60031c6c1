package kg.sakchy.web;

import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.web.page.CameraPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraPageTest {
  private static final Pattern WORDS =
      Pattern.compile("<script type=\"application/json\" id=\"words\">(.*?)</script>");
  private static final Pattern SCRIPT_WORD = Pattern.compile("words\\.([a-zA-Z]+)");
  private static final List<String> SCRIPTS =
      List.of(
          "/account.js",
          "/api.js",
          "/events.js",
          "/finding.js",
          "/importing.js",
          "/page.js",
          "/registering.js",
          "/sign-in.js",
          "/steering.js",
          "/watching.js");
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/cameras, ky, ky, Камера кошуу",
    "/cameras?lang=ru, ky, ru, Добавить камеры",
    "/cameras?lang=xx, de, en, Add"
  })
  void comesInTheLanguageAskedFor(String path, String accepted, String language, String says) {
    HttpResponse<byte[]> page =
        server.send(server.request(path).header("Accept-Language", accepted));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(text(page)).contains("<html lang=\"" + language + "\">").contains(says);
  }

  @Test
  void nothingIsLeftToFillInAndNothingComesFromElsewhere() {
    String page = text(server.get(CameraPage.PATH));
    assertThat(page).doesNotContain("{{").doesNotContain("http://").doesNotContain("https://");
    assertThat(page)
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContain("style=\"")
        .doesNotContain("data:");
    assertThat(header(server.get("/icon.svg"), "Content-Type")).isEqualTo("image/svg+xml");
    for (String script : SCRIPTS) {
      assertThat(header(server.get(script), "Content-Type")).startsWith("text/javascript");
      assertThat(text(server.get(script))).doesNotContain("innerHTML").doesNotContain("eval(");
    }
    assertThat(header(server.get("/page.css"), "Content-Type")).startsWith("text/css");
  }

  @Test
  void theScriptFindsEveryWordItUses() {
    Matcher data = WORDS.matcher(text(server.get(CameraPage.PATH)));
    assertThat(data.find()).isTrue();
    JsonObject words = new JsonObject(data.group(1));
    int count = 0;
    for (String script : SCRIPTS) {
      Matcher used = SCRIPT_WORD.matcher(text(server.get(script)));
      while (used.find()) {
        assertThat(words.fieldNames()).as(script).contains(used.group(1));
        count++;
      }
    }
    assertThat(count).isGreaterThan(20);
    for (EventKind kind : EventKind.values()) {
      assertThat(words.fieldNames()).contains("kind." + kind.code());
    }
    for (CameraImports.Row.Outcome outcome : CameraImports.Row.Outcome.values()) {
      assertThat(words.fieldNames()).contains("outcome." + outcome.code());
    }
  }
}
