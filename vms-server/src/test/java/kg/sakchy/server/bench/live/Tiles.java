package kg.sakchy.server.bench.live;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.ExternalTool;

/**
 * A browser with one player for each camera, that reads the stamp of every picture it shows.
 *
 * <p>Threads: one.
 */
final class Tiles implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--allow-loopback-in-peer-connection",
          "--autoplay-policy=no-user-gesture-required");

  /** What the page keeps: how late each picture was, and when, of all tiles. */
  private static final String SET_UP =
      """
      async ([count, width, block]) => {
        const begin = (BEGIN);
        window.late = [];
        window.tiles = [];
        document.body.replaceChildren();
        for (let i = 1; i <= count; i++) {
          const video = document.createElement('video');
          video.muted = true;
          video.width = 320;
          document.body.append(video);
          const canvas = document.createElement('canvas');
          canvas.width = width;
          canvas.height = block;
          const context = canvas.getContext('2d', {willReadFrequently: true});
          const shown = () => {
            context.drawImage(video, 0, 0, width, block, 0, 0, width, block);
            const row = context.getImageData(0, block / 2, width, 1).data;
            let stamp = 0;
            for (let bit = 0; bit < 32; bit++) {
              stamp = stamp * 2 + (row[4 * (bit * block + block / 2)] > 128 ? 1 : 0);
            }
            const now = Date.now();
            window.late.push([i, now, (now % 4294967296) - stamp]);
            video.requestVideoFrameCallback(shown);
          };
          video.requestVideoFrameCallback(shown);
          window.tiles.push({video, player: await begin(video, 'cam' + i)});
        }
      }
      """;

  private final Playwright playwright;
  private final Browser browser;
  private final Page page;
  private final BrowserTransport transport;

  /**
   * One picture on the screen.
   *
   * @param tile from 1
   * @param at milliseconds of the machine's clock
   * @param late milliseconds since it was stamped
   */
  record Shown(int tile, long at, double late) {}

  Tiles(String address, BrowserTransport transport, int count) {
    this.transport = transport;
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
    page = browser.newPage();
    page.navigate(address);
    page.evaluate(
        SET_UP.replace("BEGIN", transport.script()),
        List.of(count, StampedPicture.WIDTH, StampedPicture.BLOCK));
  }

  /** Watches for a while; what was shown in that time. */
  List<Shown> watch(double seconds) {
    page.evaluate("() => { window.late = []; }");
    page.waitForTimeout(1_000 * seconds);
    List<Shown> shown = new ArrayList<>();
    for (Object one : (List<?>) page.evaluate("() => window.late")) {
      List<?> fields = (List<?>) one;
      shown.add(
          new Shown(
              ((Number) fields.get(0)).intValue(),
              ((Number) fields.get(1)).longValue(),
              ((Number) fields.get(2)).doubleValue()));
    }
    return shown;
  }

  /** Pictures of all tiles that the browser dropped. */
  double dropped() {
    return ((Number)
            page.evaluate(
                "() => tiles.reduce((sum, tile) => sum"
                    + " + tile.video.getVideoPlaybackQuality().droppedVideoFrames, 0)"))
        .doubleValue();
  }

  /** The page does nothing for a while. */
  void freeze(long millis) {
    page.evaluate(
        "millis => { const end = Date.now() + millis; while (Date.now() < end); }", (int) millis);
  }

  /** From a wish for the first camera to its first picture, in milliseconds. */
  double firstPicture() {
    return ((Number)
            page.evaluate(
                """
                async () => {
                  const begin = %s;
                  const video = document.createElement('video');
                  video.muted = true;
                  document.body.append(video);
                  const from = performance.now();
                  const shown = new Promise(resolve =>
                    video.requestVideoFrameCallback(() => resolve(performance.now() - from)));
                  const player = await begin(video, 'cam1');
                  const took = await shown;
                  player.close();
                  video.remove();
                  return took;
                }
                """
                    .formatted("(" + transport.script() + ")")))
        .doubleValue();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
