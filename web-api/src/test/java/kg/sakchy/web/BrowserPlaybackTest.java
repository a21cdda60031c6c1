package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The camera page in a real browser: pictures are decoded and move, or words say why not. */
class BrowserPlaybackTest {
  private static final Instant START = NOW.minusSeconds(600);
  private static final int FRAME_MILLIS = 40;

  /** The video of the page, for expressions. */
  private static final String VIDEO = "document.querySelector('.watch video')";

  private static ChromiumPlayer browser;

  private final TestServer server = TestServer.start();
  private final ClipStream camera = new ClipStream(server.clock, "run.mp4");
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

  @BeforeAll
  static void startBrowser() {
    browser = ChromiumPlayer.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    server.views.put(camera);
    server.addGate();
    pace.scheduleAtFixedRate(this::frame, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    browser.complaints().clear();
    browser.page().navigate("http://127.0.0.1:" + server.port() + "/cameras?lang=en");
    browser.page().waitForSelector("article");
  }

  private volatile boolean running = true;

  private void frame() {
    if (running) {
      camera.next();
    }
    server.clock.advance(ClipStream.lasting(1));
  }

  @AfterEach
  void close() {
    browser.page().navigate("about:blank");
    pace.shutdownNow();
    server.close();
  }

  private void watch() {
    browser.page().click("button.open");
    browser.await(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames > 10");
  }

  private double time() {
    return browser.number(VIDEO + ".currentTime");
  }

  @Test
  void aClickOnThePicturePlaysThePresent() {
    watch();
    double begin = time();
    browser.await(VIDEO + ".currentTime > " + (begin + 2));
    assertThat(browser.number(VIDEO + ".videoWidth")).isEqualTo(160);
    assertThat(coloursSeen()).isGreaterThan(20);
    browser.await(VIDEO + ".buffered.end(0) - " + VIDEO + ".currentTime < 0.5");
    assertThat(browser.complaints()).isEmpty();
  }

  private double coloursSeen() {
    return browser.number(
        """
        (() => {
          const canvas = document.createElement('canvas');
          canvas.width = 160;
          canvas.height = 120;
          const context = canvas.getContext('2d');
          context.drawImage(%s, 0, 0);
          const pixels = new Uint32Array(context.getImageData(0, 0, 160, 120).data.buffer);
          return new Set(pixels).size;
        })()
        """
            .formatted(VIDEO));
  }

  @Test
  void thePastPlaysFromTheMomentAskedForAndGoesBackToThePresent() {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
    watch();
    browser
        .page()
        .evaluate(
            "at => { const form = document.querySelector('.watch .back');"
                + " const local = new Date(at - new Date(at).getTimezoneOffset() * 60000);"
                + " form.at.value = local.toISOString().slice(0, 19); form.requestSubmit(); }",
            (double) START.plusSeconds(5).toEpochMilli());
    browser.await(VIDEO + ".currentTime > 5 && " + VIDEO + ".currentTime < 12");
    browser.await("!document.querySelector('.clock').textContent.includes('live')");
    double begin = time();
    browser.await(VIDEO + ".currentTime > " + (begin + 1));
    browser.page().click(".watch .live");
    browser.await("document.querySelector('.clock').textContent.includes('live')");
    begin = time();
    browser.await(VIDEO + ".currentTime > " + (begin + 1));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aFormatThatChangesInMidSessionPlaysOn() {
    watch();
    camera.change("other-size.mp4");
    browser.await(VIDEO + ".videoWidth === 192");
    double begin = time();
    browser.await(VIDEO + ".currentTime > " + (begin + 1));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aCameraThatGoesAwayIsToldAndPlaysOnWhenItIsBack() {
    watch();
    running = false;
    camera.goAway();
    browser.await("document.querySelector('.watch-said').textContent.includes('does not answer')");
    camera.comeBack();
    running = true;
    browser.await("document.querySelector('.watch-said').textContent === ''");
    double begin = time();
    browser.await(VIDEO + ".currentTime > " + (begin + 1));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void afterAFreezeOfThreeSecondsThePresentIsBackWithinOne() {
    watch();
    browser.page().evaluate("const end = Date.now() + 3000; while (Date.now() < end);");
    browser.await(
        "(() => { const video = %s; const end = video.buffered.end(video.buffered.length - 1);"
                .formatted(VIDEO)
            + " return !video.seeking && end - video.currentTime < 0.4; })()",
        Duration.ofSeconds(1));
  }

  @Test
  void picturesTheBrowserCannotPlayAreWordsAndNoBlackTile() {
    camera.changeTo(
        new StreamFormat(
            List.of(
                new TrackFormat.Video(
                    Codec.H265, 90_000, Bytes.EMPTY, 1920, 1080, "hvc1.1.6.L120.90"))));
    browser.page().click("button.open");
    browser.await("document.querySelector('.watch-said').textContent.includes('H265')");
  }
}
