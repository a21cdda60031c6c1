package kg.sakchy.server.bench.live;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A browser with one player for each camera, that reads the stamp of every picture it shows.
 *
 * <p>Threads: one.
 */
final class Tiles implements AutoCloseable {
  private static final String HLS_JS = "META-INF/resources/webjars/hls.js/1.4.12/dist/hls.js";

  /**
   * What the page keeps: when each picture was there, of all tiles, and how late it was. Of many
   * tiles only some stamps are read: reading costs the page more than showing.
   */
  private static final String SET_UP =
      """
      async ([count, width, block]) => {
        const begin = (BEGIN);
        window.shown = [];
        window.waits = 0;
        window.tiles = [];
        const stamp = (video, context) => {
          context.drawImage(video, 0, 0, width, block, 0, 0, width, block);
          const row = context.getImageData(0, block / 2, width, 1).data;
          let millis = 0;
          for (let bit = 0; bit < 32; bit++) {
            millis = millis * 2 + (row[4 * (bit * block + block / 2)] > 128 ? 1 : 0);
          }
          return millis;
        };
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
          let turn = i;
          const shown = () => {
            const now = Date.now();
            const read = turn++ % Math.ceil(count / 4) === 0;
            window.shown.push([i, now, read ? (now % 4294967296) - stamp(video, context) : null]);
            video.requestVideoFrameCallback(shown);
          };
          video.requestVideoFrameCallback(shown);
          window.tiles.push({video, player: await begin(video, 'cam' + i)});
          video.addEventListener('waiting', () => window.waits++);
        }
      }
      """;

  private final BrowserPage browser;
  private final Page page;
  private final BrowserTransport transport;

  /**
   * One picture on the screen.
   *
   * @param tile from 1
   * @param at milliseconds of the machine's clock
   * @param late milliseconds since it was stamped; {@code NaN} when its stamp was not read
   */
  record Shown(int tile, long at, double late) {}

  Tiles(String address, BrowserTransport transport, int count) {
    this.transport = transport;
    browser = new BrowserPage();
    page = browser.page();
    page.navigate(address);
    if (transport == BrowserTransport.HLS) {
      page.addScriptTag(new Page.AddScriptTagOptions().setContent(hlsJs()));
    }
    page.evaluate(
        SET_UP.replace("BEGIN", transport.script()),
        List.of(count, StampedPicture.WIDTH, StampedPicture.BLOCK));
  }

  private static String hlsJs() {
    try (InputStream script = ClassLoader.getSystemResourceAsStream(HLS_JS)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watches for a while; what was shown in that time. */
  List<Shown> watch(double seconds) {
    page.evaluate("() => { window.shown = []; window.waits = 0; }");
    page.waitForTimeout(1_000 * seconds);
    List<Shown> shown = new ArrayList<>();
    for (Object one : (List<?>) page.evaluate("() => window.shown")) {
      List<?> fields = (List<?>) one;
      shown.add(
          new Shown(
              ((Number) fields.get(0)).intValue(),
              ((Number) fields.get(1)).longValue(),
              fields.get(2) instanceof Number late ? late.doubleValue() : Double.NaN));
    }
    return shown;
  }

  /** How often a tile ran out of pictures since {@link #watch} began. */
  int waits() {
    return ((Number) page.evaluate("() => window.waits")).intValue();
  }

  /** Memory that the browser's processes have for themselves, in bytes. */
  static long memory() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("chromium"))
        .mapToLong(Tiles::ownMemory)
        .sum();
  }

  private static long ownMemory(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Private_"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
          .sum();
    } catch (IOException e) {
      return 0; // it has ended
    }
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
  }
}
