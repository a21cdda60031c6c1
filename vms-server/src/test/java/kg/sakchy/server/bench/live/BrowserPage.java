package kg.sakchy.server.bench.live;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.ExternalTool;

/**
 * A page in headless Chromium that may play without a click and run scripts of the bench.
 *
 * <p>Threads: one.
 */
final class BrowserPage implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--ignore-certificate-errors",
          "--allow-loopback-in-peer-connection",
          "--autoplay-policy=no-user-gesture-required");

  private final Playwright playwright;
  private final Browser browser;
  private final Page page;

  BrowserPage() {
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
    page =
        browser.newPage(new Browser.NewPageOptions().setBypassCSP(true).setIgnoreHTTPSErrors(true));
  }

  Page page() {
    return page;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
