package kg.sakchy.web.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.Set;

/**
 * Where people sign in, in each language: with a password, the code of an authenticator where they
 * have one, and another password where they must choose one. It shares style and script with {@link
 * CameraPage}.
 */
public final class SignInPage {
  /** Address of the page. */
  public static final String PATH = "/sign-in";

  private static final String SCRIPT = "/sign-in.js";

  /** What anyone may read, so that the page can be shown to who is not signed in. */
  public static final Set<String> OPEN = Set.of(PATH, SCRIPT, "/api.js", "/page.css", "/icon.svg");

  private final PageTemplate page = new PageTemplate("sign-in.html", PATH);
  private final Buffer script = Buffer.buffer(PageTemplate.resource("sign-in.js"));

  /** Adds the page's addresses. */
  public void mount(Router router) {
    router.get(PATH).handler(page::send);
    router
        .get(SCRIPT)
        .handler(context -> PageTemplate.send(context, "text/javascript; charset=utf-8", script));
  }
}
