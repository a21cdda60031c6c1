package kg.sakchy.server.bench.live;

import com.microsoft.playwright.Page;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.config.DatabaseConfig;
import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.core.config.ObjectStoreConfig;
import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.RtspGateway;
import kg.sakchy.recorder.Recorder;
import kg.sakchy.storage.ObjectStores;
import kg.sakchy.storage.catalogue.Catalogue;

/**
 * Measures an archive of thirty days as its viewers meet it: a seek to any moment until the picture
 * is on the screen of a browser, playlists of 24 hours and their updates, an hour as MP4.
 *
 * <p>Arguments: a data directory in which a server has recorded, with the filesystem as its store;
 * the camera to repeat; and, to measure over S3, the endpoint of an S3 store with the user and the
 * password, whose bucket {@code bench} is filled.
 */
public final class ArchiveBench {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int SEEKS = 60;
  private static final int WARM_UP = 400;
  private static final int PLAYLISTS = 100;
  private static final int EXPORTS = 3;
  private static final Random RANDOM = new Random(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BenchServer server;
  private final TimeRange month;

  private ArchiveBench(BenchServer server, TimeRange month) {
    this.server = server;
    this.month = month;
  }

  /** Runs it and prints a table. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path data = Path.of(arguments[0]);
    VmsClock clock = VmsClock.system();
    Path scratch = Files.createTempDirectory(data, "bench");
    try (Catalogue catalogue =
            Catalogue.open(DatabaseConfig.DEFAULTS, data, new SimpleMeterRegistry());
        ObjectStore recorded = ObjectStores.open(ObjectStoreConfig.DEFAULTS, data);
        ObjectStore store = ObjectStores.open(store(arguments), data);
        RtspGateway gateway =
            new RtspGateway(GatewayConfig.DEFAULTS, clock, new SimpleMeterRegistry());
        Recorder recorder =
            new Recorder(
                RecordingConfig.DEFAULTS,
                scratch,
                clock,
                gateway,
                new InMemoryCameraDirectory(),
                catalogue.recordings(),
                catalogue.gaps(),
                store,
                new SimpleMeterRegistry());
        BenchServer server = BenchServer.over(recorder, RecordedMonth.CAMERA)) {
      if (!catalogue.awaitReady(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the database does not start");
      }
      RecordedMonth recordings =
          new RecordedMonth(catalogue.recordings(), new CameraId(arguments[1]), recorded);
      store.check();
      ArchiveBench bench = new ArchiveBench(server, recordings.fill(clock.now()));
      bench.run(range -> recordings.put(range, store, scratch));
    }
  }

  private static ObjectStoreConfig store(String[] arguments) {
    return arguments.length < 5
        ? ObjectStoreConfig.DEFAULTS
        : new ObjectStoreConfig(
            ObjectStoreConfig.Type.S3,
            new ObjectStoreConfig.S3Config(
                arguments[2], "us-east-1", "bench", true, arguments[3], new Secret(arguments[4])));
  }

  private void run(Consumer<TimeRange> needed) throws IOException, InterruptedException {
    playlists();
    updates();
    List<Instant> moments = new ArrayList<>();
    for (int i = 0; i < SEEKS; i++) {
      moments.add(moment(Duration.ofMinutes(2)));
      needed.accept(new TimeRange(moments.get(i), moments.get(i).plusSeconds(70)));
    }
    seeks(moments);
    for (int i = 0; i < EXPORTS; i++) {
      Instant from = moment(HOUR);
      needed.accept(new TimeRange(from, from.plus(HOUR)));
      export(from);
    }
  }

  /** Any moment of the month after which so much comes. */
  private Instant moment(Duration rest) {
    long millis = month.duration().minus(rest).toMillis();
    return month.start().plusMillis(RANDOM.nextLong(millis));
  }

  private void playlists() throws IOException, InterruptedException {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < WARM_UP + PLAYLISTS; i++) {
      Instant from = moment(DAY);
      took.add(get("hls/main.m3u8?from=%s&to=%s".formatted(from, from.plus(DAY))));
    }
    say("playlist of 24 h, each another day: the first 20 " + new Percentiles(took.subList(0, 20)));
    say("  warm " + new Percentiles(took.subList(WARM_UP, took.size())));
  }

  private void updates() throws IOException, InterruptedException {
    String address = "hls/main.m3u8?from=" + month.end().minus(DAY).plusSeconds(600);
    List<Double> took = new ArrayList<>();
    double first = get(address);
    for (int i = 0; i < WARM_UP + PLAYLISTS; i++) {
      took.add(get(address + "&_HLS_skip=YES"));
    }
    Percentiles warm = new Percentiles(took.subList(WARM_UP, took.size()));
    say(
        "playlist that goes on, 24 h: first %.0f ms, updates p50 %.1f ms, p95 %.1f ms"
            .formatted(first, warm.at(0.5), warm.at(0.95)));
  }

  /** Milliseconds until an answer is there. */
  private double get(String path) throws IOException, InterruptedException {
    long began = System.nanoTime();
    HttpResponse<byte[]> answer =
        client.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    double took = (System.nanoTime() - began) / 1e6;
    require(answer.statusCode(), path);
    return took;
  }

  private void export(Instant from) throws IOException, InterruptedException {
    String path = "video.mp4?from=%s&to=%s".formatted(from, from.plus(HOUR));
    long began = System.nanoTime();
    HttpResponse<InputStream> answer =
        client.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
    require(answer.statusCode(), path);
    long bytes;
    try (InputStream body = answer.body()) {
      bytes = body.skip(Long.MAX_VALUE);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Runtime runtime = Runtime.getRuntime();
    say(
        "an hour as MP4: %d MB in %.1f s, %.0f MB/s; heap in use %d MiB"
            .formatted(
                bytes / 1_000_000,
                seconds,
                bytes / seconds / 1e6,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20));
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(
            URI.create(server.address() + "api/v1/cameras/" + RecordedMonth.CAMERA + "/" + path))
        .build();
  }

  private static void require(int status, String path) {
    if (status != 200) {
      throw new IllegalStateException(status + " for " + path);
    }
  }

  private void seeks(List<Instant> moments) {
    try (BrowserPage browser = new BrowserPage()) {
      Page page = browser.page();
      page.navigate(server.address());
      page.evaluate(
          """
          async camera => {
            const {MediaPlayer} = await import('/media-player.js');
            const video = document.createElement('video');
            video.muted = true;
            document.body.replaceChildren(video);
            window.video = video;
            window.player = new MediaPlayer(video, `/api/v1/cameras/${camera}/media`, () => {});
          }
          """,
          RecordedMonth.CAMERA.value());
      List<Double> took = new ArrayList<>();
      for (Instant moment : moments) {
        took.add(seek(page, moment));
      }
      say(
          "seek to any moment of 30 days until its picture is shown: first %.0f ms, then %s"
              .formatted(took.getFirst(), new Percentiles(took.subList(1, took.size()))));
    }
  }

  /** Milliseconds from the wish to the first picture within two seconds of it. */
  private static double seek(Page page, Instant moment) {
    Object took =
        page.evaluate(
            """
            at => new Promise(resolve => {
              const from = performance.now();
              const shown = () => {
                const utc = player.utc();
                if (utc && Math.abs(utc - at) < 2000) {
                  resolve(performance.now() - from);
                } else {
                  video.requestVideoFrameCallback(shown);
                }
              };
              video.requestVideoFrameCallback(shown);
              player.seek(new Date(at));
            })
            """,
            (double) moment.toEpochMilli());
    return ((Number) took).doubleValue();
  }

  @SuppressWarnings("SystemOut") // the report is the output of this program
  private static void say(String line) {
    System.out.println(line);
  }
}
