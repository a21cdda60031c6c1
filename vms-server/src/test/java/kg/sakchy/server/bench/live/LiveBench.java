package kg.sakchy.server.bench.live;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
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
  private static final double BACK_MILLIS = 150;

  private LiveBench() {}

  /** Runs it and prints a table. */
  public static void main(String[] arguments) throws IOException {
    BrowserTransport transport = BrowserTransport.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int tiles = Integer.parseInt(arguments[1]);
    double seconds = Double.parseDouble(arguments[2]);
    try (BenchServer server = BenchServer.live(tiles, transport.isEncrypted());
        Tiles browser = new Tiles(server.address(), transport, tiles)) {
      browser.watch(WARM_UP_SECONDS);
      say("%s, %d tiles".formatted(transport, tiles));
      double usual = 0;
      for (int i = 0; i < STRETCHES; i++) {
        usual = report(browser.watch(seconds / STRETCHES), tiles, seconds / STRETCHES);
        say(
            "  ran out of pictures %d times; the browser has %d MiB for itself"
                .formatted(browser.waits(), Tiles.memory() >> 20));
      }
      say("dropped by the browser: %.0f".formatted(browser.dropped()));
      freeze(browser, usual);
      List<Double> clicks =
          IntStream.range(0, CLICKS).mapToObj(i -> browser.firstPicture()).toList();
      say("first picture after a click: " + new Percentiles(clicks));
    }
  }

  /** Tells of a stretch; returns how late pictures usually were. */
  private static double report(List<Tiles.Shown> shown, int tiles, double seconds) {
    Percentiles late =
        new Percentiles(
            shown.stream().map(Tiles.Shown::late).filter(value -> !value.isNaN()).toList());
    double worst =
        IntStream.rangeClosed(1, tiles)
            .mapToDouble(tile -> shown.stream().filter(one -> one.tile() == tile).count() / seconds)
            .min()
            .orElse(0);
    say("late %s; pictures a second of the worst tile %.1f".formatted(late, worst));
    return late.at(0.5);
  }

  private static void freeze(Tiles browser, double usual) {
    browser.freeze(FREEZE_MILLIS);
    long from = System.currentTimeMillis();
    String back =
        browser.watch(5).stream()
            .filter(one -> one.tile() == 1 && one.late() < usual + BACK_MILLIS)
            .map(one -> one.at() - from + " ms")
            .findFirst()
            .orElse("not within 5 s");
    say("back where it was after a freeze of 3 s: " + back);
  }

  @SuppressWarnings("SystemOut") // the report is the output of this program
  private static void say(String line) {
    System.out.println(line);
  }
}
