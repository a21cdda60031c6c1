package kg.sakchy.gateway.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import kg.sakchy.core.config.WebRtcConfig;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.core.time.VmsClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chromium plays: pictures are decoded, numbered, and on time. */
class ChromiumTest {
  private static final Logger LOG = LoggerFactory.getLogger(ChromiumTest.class);

  @TempDir Path folder;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final WebRtcServer server =
      WebRtcServer.open(new WebRtcConfig("127.0.0.1", 0, 64, 64), VmsClock.system(), metrics);
  private final List<String> sessions = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  private List<Watched> watch(NumberedClip clip, String query, UnaryOperator<String> network)
      throws IOException, InterruptedException {
    Chromium chromium =
        new Chromium(
            folder,
            offer -> {
              WebRtcViews.Answer answer = server.answer(clip.stream, "browser", offer, () -> true);
              sessions.add(answer.session());
              return network.apply(answer.description());
            },
            () -> sessions.forEach(server::end));
    return Watched.parse(chromium.run(query));
  }

  /** More tiles, and a line of figures, with {@code -Dsakchy.whep.tiles=16}. */
  @Test
  void picturesAreShownOnTime() throws Exception {
    int tiles = Integer.getInteger("sakchy.whep.tiles", 1);
    int seconds = Integer.getInteger("sakchy.whep.seconds", 5);
    try (NumberedClip clip = NumberedClip.start(folder)) {
      List<Watched> watched =
          watch(
              clip,
              "tiles=%d&seconds=%d&audio=%s".formatted(tiles, seconds, tiles == 1 ? "yes" : "no"),
              UnaryOperator.identity());
      List<Double> all = new ArrayList<>();
      for (Watched tile : watched) {
        assertThat(tile.figures().get("tracks")).contains("video");
        assertThat(tile.figure("video.framesDecoded")).isGreaterThan(25);
        if (tiles == 1) {
          assertThat(tile.figure("audio.packetsReceived")).isPositive();
        }
        assertThat(tile.figure("video.reports")).as("sender reports").isPositive();
        List<Double> delays = tile.delays(clip);
        assertThat(delays).hasSizeGreaterThan(20);
        all.addAll(delays);
      }
      all.sort(null);
      LOG.info(
          "{} tiles: from unit to screen p50 {} ms, p95 {} ms; {}",
          tiles,
          Math.round(Watched.percentile(all, 50)),
          Math.round(Watched.percentile(all, 95)),
          watched.stream().map(Watched::summary).toList());
      assertThat(Watched.percentile(all, 50)).isLessThan(1_000); // figures: design/webrtc.md
    }
    assertThat(metrics.get("sakchy.webrtc.forged.packets").counter().count()).isZero();
  }

  @Test
  void lossIsRepaired() throws Exception {
    try (NumberedClip clip = NumberedClip.start(folder);
        LossyRelay relay = new LossyRelay(server.address());
        ScheduledExecutorService network = Executors.newSingleThreadScheduledExecutor()) {
      relay.loss(0.03); // repaired by NACK; then a blackout longer than what is remembered
      network.schedule(() -> relay.loss(1), 3_000, TimeUnit.MILLISECONDS);
      network.schedule(() -> relay.loss(0), 6_600, TimeUnit.MILLISECONDS);
      Watched tile =
          watch(
                  clip,
                  "tiles=1&seconds=10",
                  answer -> relay.candidates(answer, server.address().getPort()))
              .getFirst();
      assertThat(tile.figure("video.nackCount")).isPositive();
      assertThat(metrics.get("sakchy.webrtc.repeated.packets").counter().count()).isPositive();
      assertThat(clip.stream.keyFramesWanted.get()).as("key frames asked for").isPositive();
      assertThat(tile.figure("video.framesDecoded")).isGreaterThan(50);
      double last = tile.seen().getLast().millis();
      assertThat(tile.seen().stream().filter(s -> s.millis() > last - 1_500).count())
          .as("pictures after the gap")
          .isGreaterThan(5);
    }
  }

  @Test
  void theBrowserSeesThatItsSessionEnded() throws Exception {
    try (NumberedClip clip = NumberedClip.start(folder)) {
      Watched tile = watch(clip, "tiles=1&seconds=3&leave=no", UnaryOperator.identity()).getFirst();
      assertThat(tile.figures()).containsEntry("afterwards", "closed");
      assertThat(clip.stream.closed).hasValue(1);
      assertThat(server.sessions()).isZero();
    }
  }
}
