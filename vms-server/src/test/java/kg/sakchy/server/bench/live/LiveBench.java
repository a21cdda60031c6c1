package kg.sakchy.server.bench.live;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures live pictures from before the encoder to the browser's screen: how late they are with
 * some tiles, whether that grows, how soon a frozen page is back, and how soon the first picture is
 * there. Encoder, cameras, server and browser share the machine.
 *
 * <p>Arguments: a {@link BrowserTransport}, the number of tiles, the seconds to watch.
 */
public final class LiveBench {
  private static final double WARM_UP_SECONDS = 10;
  private static final int STRETCHES = 5;
  private static final int CLICKS = 20;
  private static final long FREEZE_MILLIS = 3_000;
  private static final double BACK_MILLIS = 250;

  private LiveBench() {}

  /** Runs it and prints a table. */
  public static void main(String[] arguments) throws IOException {
    BrowserTransport transport = BrowserTransport.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int tiles = Integer.parseInt(arguments[1]);
    double seconds = Double.parseDouble(arguments[2]);
    try (BenchServer server = BenchServer.start(tiles);
        Tiles browser = new Tiles(server.address(), transport, tiles)) {
      browser.watch(WARM_UP_SECONDS);
      say("%s, %d tiles".formatted(transport, tiles));
      for (int i = 0; i < STRETCHES; i++) {
        report(browser.watch(seconds / STRETCHES), tiles, seconds / STRETCHES);
      }
      say("dropped by the browser: %.0f".formatted(browser.dropped()));
      freeze(browser);
      double[] clicks =
          IntStream.range(0, CLICKS).mapToDouble(i -> browser.firstPicture()).toArray();
      say(
          "first picture after a click: p50 %.0f ms, p95 %.0f ms"
              .formatted(at(clicks, 0.5), at(clicks, 0.95)));
    }
  }

  private static void report(List<Tiles.Shown> shown, int tiles, double seconds) {
    double[] late = shown.stream().mapToDouble(Tiles.Shown::late).toArray();
    double worst =
        IntStream.rangeClosed(1, tiles)
            .mapToDouble(tile -> shown.stream().filter(one -> one.tile() == tile).count() / seconds)
            .min()
            .orElse(0);
    say(
        "late p50 %.0f ms, p95 %.0f ms; pictures a second of the worst tile %.1f"
            .formatted(at(late, 0.5), at(late, 0.95), worst));
  }

  private static void freeze(Tiles browser) {
    browser.freeze(FREEZE_MILLIS);
    long from = System.currentTimeMillis();
    List<Tiles.Shown> after = browser.watch(5);
    long back =
        after.stream()
            .filter(one -> one.tile() == 1 && one.late() < BACK_MILLIS)
            .mapToLong(Tiles.Shown::at)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    say("back at the edge after a freeze of 3 s: %d ms".formatted(back - from));
  }

  private static double at(double[] values, double share) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  @SuppressWarnings("SystemOut") // the report is the output of this program
  private static void say(String line) {
    System.out.println(line);
  }
}
