package kg.sakchy.server.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.ExternalTool;

/**
 * The console in headless Chromium, as an operator has it before him.
 *
 * <p>Threads: one.
 */
final class ConsoleBrowser implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--autoplay-policy=no-user-gesture-required");
  private static final double LOOK_MILLIS = 100;
  private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final Page page;
  private final URI server;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();

  ConsoleBrowser(URI server) {
    this.server = server;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(ExternalTool.require("chromium").path())
                    .setArgs(FLAGS));
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("en-US")
                .setColorScheme(ColorScheme.DARK)
                .setViewportSize(1440, 900));
    page = context.newPage();
    page.setDefaultTimeout((double) ServerProcess.PATIENCE.toMillis());
    page.onConsoleMessage(this::heard);
    page.onPageError(complaints::add);
    page.onRequest(request -> note(request.url()));
    page.onWebSocket(socket -> note(socket.url()));
  }

  /** What the browser itself writes about answers and lost connections is no fault of the page. */
  private void heard(ConsoleMessage message) {
    String text = message.text();
    if (message.type().equals("error")
        && !text.startsWith("Failed to load resource")
        && !text.startsWith("WebSocket connection to")) {
      complaints.add(text);
    }
  }

  private void note(String url) {
    URI address = URI.create(url.startsWith("blob:") ? url.substring("blob:".length()) : url);
    if (!Objects.equals(address.getAuthority(), server.getAuthority())) {
      elsewhere.add(url);
    }
  }

  Page page() {
    return page;
  }

  /** Errors of the scripts, and what the content policy refused. */
  List<String> complaints() {
    return complaints;
  }

  /** Requests to anywhere but the server. */
  List<String> elsewhere() {
    return elsewhere;
  }

  /** Opens a page of the server. */
  void open(String path) {
    page.navigate(server.resolve(path).toString());
  }

  /** A new person at the same computer: nothing is kept, nobody is signed in. */
  void forget() {
    open("/sign-in");
    page.evaluate("() => localStorage.clear()");
    context.clearCookies();
    page.navigate("about:blank");
  }

  /** Signs in on the page for it, with keys alone. */
  void signIn(String name, String password) {
    page.waitForSelector("#password input[name=name]:focus");
    page.keyboard().type(name);
    page.keyboard().press("Tab");
    page.keyboard().type(password);
    page.keyboard().press("Enter");
    page.waitForSelector("sakchy-wall");
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  /** Waits until an expression of the page, a function without arguments, holds. */
  void await(String expression) {
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    while (!Boolean.TRUE.equals(page.evaluate(expression))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came: " + expression + "; " + complaints + "\n" + text());
      }
      page.waitForTimeout(LOOK_MILLIS);
    }
  }

  private String text() {
    return page.locator("body").innerText();
  }

  /** How many tiles have decoded at least so many frames. */
  static String tilesMoved(int tiles, int frames) {
    return """
    () => [...document.querySelector('sakchy-console').shadowRoot.querySelector('sakchy-wall')
      .shadowRoot.querySelectorAll('sakchy-tile')]
      .filter(tile => tile.shadowRoot.querySelector('video')
        .getVideoPlaybackQuality().totalVideoFrames >= %d).length === %d
    """
        .formatted(frames, tiles);
  }

  /** A picture of the screen into the module's target directory. */
  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screens", name + ".png"))
            .setTimeout((double) ServerProcess.PATIENCE.toMillis()));
  }

  /** What axe finds wrong on the screen, a line each. */
  List<?> violations() {
    page.evaluate(axe());
    return (List<?>)
        page.evaluate(
            """
            async () => (await axe.run(document)).violations.map(one =>
              one.id + ': ' + one.nodes.map(node => node.target.flat().join(' ')).join(', '))
            """);
  }

  private static String axe() {
    try (InputStream script = ClassLoader.getSystemResourceAsStream(AXE)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
