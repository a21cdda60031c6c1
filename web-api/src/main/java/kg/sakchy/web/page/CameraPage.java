package kg.sakchy.web.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import kg.sakchy.web.http.Words;

/**
 * One page without a framework or anything from elsewhere, in each language: HTML, a style sheet
 * and scripts that talk to the API.
 */
public final class CameraPage {
  /** The scripts, modules of each other; {@code page.js} begins. */
  private static final List<String> SCRIPTS =
      List.of(
          "api.js",
          "events.js",
          "finding.js",
          "importing.js",
          "media-player.js",
          "whep-player.js",
          "page.js",
          "registering.js",
          "steering.js",
          "watching.js");

  private static final String PREFIX = "page.";

  private final Map<String, Buffer> pages = new HashMap<>();
  private final Buffer style = Buffer.buffer(resource("page.css"));
  private final Buffer icon = Buffer.buffer(resource("icon.svg"));
  private final Map<String, Buffer> scripts = new HashMap<>();

  public CameraPage() {
    for (String name : SCRIPTS) {
      scripts.put(name, Buffer.buffer(resource(name)));
    }
    String template = resource("page.html");
    for (Words words : Words.ALL) {
      pages.put(words.language(), Buffer.buffer(fill(template, words)));
    }
  }

  /** Adds the page's addresses. */
  public void mount(Router router) {
    router.get("/").handler(this::page);
    router.get("/page.css").handler(context -> send(context, "text/css; charset=utf-8", style));
    router.get("/icon.svg").handler(context -> send(context, "image/svg+xml", icon));
    scripts.forEach(
        (name, script) ->
            router
                .get("/" + name)
                .handler(context -> send(context, "text/javascript; charset=utf-8", script)));
  }

  private void page(RoutingContext context) {
    Words accepted = Words.accepted(context.request().getHeader("Accept-Language"));
    Words words = Words.of(context.request().getParam("lang"), accepted);
    context.response().putHeader("Vary", "Accept-Language");
    send(context, "text/html; charset=utf-8", Objects.requireNonNull(pages.get(words.language())));
  }

  private static void send(RoutingContext context, String type, Buffer body) {
    context.response().putHeader("Content-Type", type).end(body);
  }

  private static String fill(String template, Words words) {
    String page = template;
    for (Map.Entry<String, String> text : words.texts(PREFIX).entrySet()) {
      page = page.replace("{{" + PREFIX + text.getKey() + "}}", escape(text.getValue()));
    }
    JsonObject forScript = new JsonObject();
    words.texts(PREFIX).forEach(forScript::put);
    return page.replace("{{language}}", words.language())
        .replace("{{languages}}", languages(words))
        .replace("{{words}}", forScript.encode().replace("<", "\\u003c"));
  }

  private static String languages(Words current) {
    return Words.ALL.stream()
        .map(
            words ->
                "<a href=\"/?lang=%s\" lang=\"%s\"%s>%s</a>"
                    .formatted(
                        words.language(),
                        words.language(),
                        words == current ? " aria-current=\"true\"" : "",
                        escape(words.text("language.name"))))
        .collect(Collectors.joining());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = CameraPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
