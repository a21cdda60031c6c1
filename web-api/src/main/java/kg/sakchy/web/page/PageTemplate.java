package kg.sakchy.web.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import kg.sakchy.web.http.Words;

/**
 * A page in each language: HTML in which {@code {{page.key}}} stands for a text, {@code {{words}}}
 * for all of them as JSON, {@code {{language}}} for its code and {@code {{languages}}} for links to
 * the others. Filled once; immutable.
 */
final class PageTemplate {
  private static final String PREFIX = "page.";

  private final Map<String, Buffer> pages = new HashMap<>();

  /**
   * @param resource name of the HTML beside this class
   * @param path address of the page
   */
  PageTemplate(String resource, String path) {
    String template = resource(resource);
    for (Words words : Words.ALL) {
      pages.put(words.language(), Buffer.buffer(fill(template, path, words)));
    }
  }

  /** Answers with the language that the address asks for, or the browser. */
  void send(RoutingContext context) {
    Words accepted = Words.accepted(context.request().getHeader("Accept-Language"));
    Words words = Words.of(context.request().getParam("lang"), accepted);
    context.response().putHeader("Vary", "Accept-Language");
    send(context, "text/html; charset=utf-8", Objects.requireNonNull(pages.get(words.language())));
  }

  static void send(RoutingContext context, String type, Buffer body) {
    context.response().putHeader("Content-Type", type).end(body);
  }

  private static String fill(String template, String path, Words words) {
    String page = template;
    for (Map.Entry<String, String> text : words.texts(PREFIX).entrySet()) {
      page = page.replace("{{" + PREFIX + text.getKey() + "}}", escape(text.getValue()));
    }
    JsonObject forScript = new JsonObject();
    words.texts(PREFIX).forEach(forScript::put);
    return page.replace("{{language}}", words.language())
        .replace("{{languages}}", languages(path, words))
        .replace("{{words}}", forScript.encode().replace("<", "\\u003c"));
  }

  private static String languages(String path, Words current) {
    return Words.ALL.stream()
        .map(
            words ->
                "<a href=\"%s?lang=%s\" lang=\"%s\"%s>%s</a>"
                    .formatted(
                        path,
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

  /** A text beside this class. */
  static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
