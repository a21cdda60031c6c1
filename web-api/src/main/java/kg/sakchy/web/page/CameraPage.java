package kg.sakchy.web.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page for registering cameras and for one's own account, without a framework or anything from
 * elsewhere, in each language: HTML, a style sheet and scripts that talk to the API. It goes when
 * the console has screens for that.
 */
public final class CameraPage {
  /** Address of the page. */
  public static final String PATH = "/cameras";

  /** The scripts, modules of each other; {@code page.js} begins. */
  private static final List<String> SCRIPTS =
      List.of(
          "account.js",
          "api.js",
          "events.js",
          "finding.js",
          "importing.js",
          "whep-player.js",
          "page.js",
          "registering.js",
          "steering.js",
          "watching.js");

  private final PageTemplate page = new PageTemplate("page.html", PATH);
  private final Buffer style = Buffer.buffer(PageTemplate.resource("page.css"));
  private final Buffer icon = Buffer.buffer(PageTemplate.resource("icon.svg"));
  private final Map<String, Buffer> scripts = new HashMap<>();

  public CameraPage() {
    for (String name : SCRIPTS) {
      scripts.put(name, Buffer.buffer(PageTemplate.resource(name)));
    }
  }

  /** Adds the page's addresses. */
  public void mount(Router router) {
    router.get(PATH).handler(page::send);
    router
        .get("/page.css")
        .handler(context -> PageTemplate.send(context, "text/css; charset=utf-8", style));
    router.get("/icon.svg").handler(context -> PageTemplate.send(context, "image/svg+xml", icon));
    scripts.forEach(
        (name, script) ->
            router
                .get("/" + name)
                .handler(
                    context ->
                        PageTemplate.send(context, "text/javascript; charset=utf-8", script)));
  }
}
