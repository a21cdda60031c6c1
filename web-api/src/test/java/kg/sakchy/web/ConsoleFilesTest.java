package kg.sakchy.web;

import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the files of the console are served. */
class ConsoleFilesTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/a/main-[A-Z0-9]+\\.js)\"");
  private static final Pattern STYLE = Pattern.compile("href=\"(/a/main-[A-Z0-9]+\\.css)\"");
  private static final int SHELL_BYTES = 60 * 1_024;

  private TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private String address(Pattern part) {
    Matcher found = part.matcher(text(server.get("/")));
    assertThat(found.find()).as(part.pattern()).isTrue();
    return found.group(1);
  }

  @Test
  void thePageIsNeverKeptAndHasNothingInline() {
    HttpResponse<byte[]> page = server.get("/");
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
    assertThat(text(page))
        .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
        .doesNotContain("<style")
        .doesNotContain("style=\"")
        .doesNotContain("http://")
        .doesNotContain("https://");
  }

  @Test
  void whatItIsMadeOfIsKeptForEver() {
    HttpResponse<byte[]> script = server.get(address(SCRIPT));
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(header(script, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(server.get(address(STYLE)), "Content-Type"))
        .isEqualTo("text/css; charset=utf-8");
  }

  @Test
  void whoTakesGzipGetsTheSameCompressed() throws IOException {
    String address = address(SCRIPT);
    byte[] plain = server.get(address).body();
    HttpResponse<byte[]> packed =
        server.send(server.request(address).header("Accept-Encoding", "br, gzip"));
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).containsIgnoringCase("accept-encoding");
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(plain);
    }
    HttpResponse<byte[]> style =
        server.send(server.request(address(STYLE)).header("Accept-Encoding", "gzip"));
    assertThat(packed.body().length + style.body().length).isLessThan(SHELL_BYTES);
  }

  @Test
  void nothingElseIsThere() {
    for (String path :
        new String[] {
          "/a/", "/a/none.js", "/a/..%2Findex.html", "/files.txt", address(SCRIPT) + ".gz"
        }) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void itsPartsAreOpenAndItsPageIsNot() {
    String script = address(SCRIPT);
    server.close();
    server = TestServer.startStrict();
    assertThat(server.get(script).statusCode()).isEqualTo(200);
    assertThat(server.get("/media-player.js").statusCode()).isEqualTo(401);
    for (String page : new String[] {"/", "/cameras"}) {
      HttpResponse<byte[]> answer = server.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(303);
      assertThat(header(answer, "Location")).isEqualTo("/sign-in");
    }
  }
}
