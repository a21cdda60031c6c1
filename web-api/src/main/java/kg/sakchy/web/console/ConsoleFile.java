package kg.sakchy.web.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the console, ready to be sent.
 *
 * @param type for Content-Type
 * @param isForEver whether its name never gets another content
 * @param plain what is in it
 * @param gzip the same compressed, if there is such a form
 */
record ConsoleFile(String type, boolean isForEver, Buffer plain, @Nullable Buffer gzip) {
  private static final String OTHER = "application/octet-stream";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "woff2", "font/woff2");

  /** The type of a file by the end of its name. */
  static String typeOf(String name) {
    return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), OTHER);
  }

  void send(RoutingContext context) {
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    if (isForEver) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
    if (gzip == null) {
      response.end(plain);
      return;
    }
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(gzip);
    } else {
      response.end(plain);
    }
  }

  /** As browsers write it: a list, with weights at most at its end. */
  private static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",", -1)) {
      if (coding.strip().equals("gzip")) {
        return true;
      }
    }
    return false;
  }
}
