package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.stream.TrackFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One media behind many cameras and viewers. */
class SharedMediaTest {
  private final SimServer server = SimServer.start(SimOptions.DEFAULTS);

  @AfterEach
  void closeServer() {
    server.close();
  }

  /** Counts how often it is played. */
  private static final class CountedMedia implements SimMedia {
    private final SimMedia media;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    CountedMedia(SimMedia media) {
      this.media = media;
    }

    @Override
    public List<TrackFormat> formats() {
      return media.formats();
    }

    @Override
    public Playback play(ScheduledExecutorService loop, Listener listener) {
      begun.incrementAndGet();
      Playback playback = media.play(loop, listener);
      return () -> {
        ended.incrementAndGet();
        playback.close();
      };
    }
  }

  @Test
  void isPlayedOnceForAllAndOnlyWhileWatched() throws Exception {
    CountedMedia media = new CountedMedia(ClipMedia.open(TestClips.scene()));
    SimCamera one = server.addCamera("one", media);
    SimCamera two = server.addCamera("two", media);
    assertThat(media.begun).hasValue(0);
    try (Viewer first = new Viewer(server.uri("one")).play();
        Viewer second = new Viewer(server.uri("one")).play();
        Viewer third = new Viewer(server.uri("two")).play()) {
      int source = first.next(Viewer.VIDEO, 1).getFirst().rtp().ssrc();
      assertThat(second.next(Viewer.VIDEO, 1).getFirst().rtp().ssrc()).isEqualTo(source);
      assertThat(third.next(Viewer.VIDEO, 1).getFirst().rtp().ssrc()).isEqualTo(source);
      assertThat(media.begun).hasValue(1);
      assertThat(one.playing()).isEqualTo(2);
      one.disconnect();
      Eventually.holds("one camera is left", () -> one.playing() == 0);
      assertThat(third.next(Viewer.VIDEO, 20)).hasSize(20);
      assertThat(media.ended).hasValue(0);
      assertThat(two.playing()).isEqualTo(1);
    }
    Eventually.holds("nobody watches", () -> media.ended.get() == 1);
    try (Viewer again = new Viewer(server.uri("two")).play()) {
      assertThat(again.next(Viewer.VIDEO, 5)).hasSize(5);
      assertThat(media.begun).hasValue(2);
    }
  }

  @Test
  void aViewerThatDoesNotReadLosesSamplesAndHoldsUpNobody() throws Exception {
    ClipMedia fast = ClipMedia.open(TestClips.scene()).options(ClipOptions.DEFAULTS.withSpeed(100));
    SimCamera camera = server.addCamera("fast", fast);
    try (Viewer lazy = new Viewer(server.uri("fast")).play();
        Viewer keen = new Viewer(server.uri("fast")).play()) {
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      keen.readToTheEnd();
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      Eventually.holds("the lazy viewer loses samples", () -> camera.samplesDropped() > 0);
      camera.disconnect();
      reader.join();
      lazy.readToTheEnd();
    }
  }
}
