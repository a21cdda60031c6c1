package kg.sakchy.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.ExternalTool;

/** The camera page in a real browser, driven by Playwright. Threads: one. */
final class ChromiumPlayer implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--autoplay-policy=no-user-gesture-required");

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(20);
  private static final double LOOK_MILLIS = 10;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Page page;

  private ChromiumPlayer(ExternalTool chromium) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(chromium.path()).setArgs(FLAGS));
    page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
    page.onConsoleMessage(this::heard);
    page.onPageError(complaints::add);
  }

  /** Starts the browser; skips the test where there is none. */
  static ChromiumPlayer start() {
    return new ChromiumPlayer(ExternalTool.require("chromium"));
  }

  private void heard(ConsoleMessage message) {
    // A still picture of a camera that has recorded nothing is no fault of the page.
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      complaints.add(message.text());
    }
  }

  /** What the page's scripts complained about: errors, and what the content policy refused. */
  List<String> complaints() {
    return complaints;
  }

  Page page() {
    return page;
  }

  /** A number the page computes. */
  double number(String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  /** Waits until an expression of the page holds. */
  void await(String expression) {
    await(expression, USUAL_PATIENCE);
  }

  /**
   * As {@link #await(String)}. Asks again and again from here: a page under our content policy
   * evaluates no strings by itself.
   */
  void await(String expression, Duration patience) {
    long begin = System.nanoTime();
    while (!Boolean.TRUE.equals(page.evaluate(expression))) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new AssertionError("never came: " + expression + "; " + complaints);
      }
      page.waitForTimeout(LOOK_MILLIS);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
