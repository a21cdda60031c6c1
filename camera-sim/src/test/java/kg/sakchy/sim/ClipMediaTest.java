package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.NalUnits;
import org.junit.jupiter.api.Test;

class ClipMediaTest {
  private static final ClipMedia CLIP = ClipMedia.open(TestClips.scene());

  /** What a listener got. */
  @SuppressWarnings("ArrayRecordComponent") // media is only looked at
  private record Sample(int track, long pts, boolean keyFrame, byte[] data, long nanos) {}

  @Test
  void knowsItsTracks() {
    assertThat(CLIP.formats())
        .extracting(TrackFormat::codec)
        .containsExactly(Codec.H264, Codec.AAC);
    assertThat(CLIP.formats()).extracting(TrackFormat::clockRate).containsExactly(90_000, 16_000);
    assertThat(CLIP.length()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void timeGoesOnFromRoundToRound() throws Exception {
    List<Sample> samples = play(CLIP.options(ClipOptions.DEFAULTS.withSpeed(20)), 420);
    List<Long> video =
        samples.stream().filter(s -> s.track() == 0).map(Sample::pts).sorted().toList();
    assertThat(video).hasSizeGreaterThan(210).doesNotHaveDuplicates();
    for (int i = 1; i < video.size() - 4; i++) {
      assertThat(video.get(i) - video.get(i - 1)).isEqualTo(3_600 / 20);
    }
    List<Long> sound = samples.stream().filter(s -> s.track() == 1).map(Sample::pts).toList();
    assertThat(sound).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void keepsRealTime() throws Exception {
    List<Sample> samples = play(CLIP.options(ClipOptions.DEFAULTS.withSpeed(4)), 200);
    Sample first = samples.getFirst();
    for (Sample sample : samples) {
      int rate = CLIP.formats().get(sample.track()).clockRate();
      double mediaSeconds = (double) sample.pts() / rate;
      double clockSeconds = (sample.nanos() - first.nanos()) / 1e9;
      // Early by no more than the reordering of pictures; late only as far as the machine is busy.
      assertThat(clockSeconds).isGreaterThan(mediaSeconds - 0.1);
    }
  }

  @Test
  void beginsWhereItIsTold() throws Exception {
    ClipMedia later = CLIP.options(ClipOptions.DEFAULTS.withStartAt(Duration.ofMillis(2_010)));
    assertThat(play(later, 1).getFirst().pts()).isGreaterThan(0);
    assertThat(play(CLIP, 1).getFirst().keyFrame()).isTrue();
  }

  @Test
  void putsParameterSetsBeforeKeyFramesIfAsked() throws Exception {
    byte[] plain = play(CLIP, 1).getFirst().data();
    byte[] full =
        play(CLIP.options(ClipOptions.DEFAULTS.withParameterSetsInBand()), 1).getFirst().data();
    assertThat(NalUnits.split(full))
        .endsWith(NalUnits.split(plain).toArray(new kg.sakchy.core.unit.Bytes[0]));
    assertThat(NalUnits.split(full)).hasSize(NalUnits.split(plain).size() + 2);
    assertThat(NalUnits.split(full).getFirst().at(0) & 0x1f).isEqualTo(7);
    ClipMedia h265 =
        ClipMedia.open(TestClips.h265()).options(ClipOptions.DEFAULTS.withParameterSetsInBand());
    assertThat((NalUnits.split(play(h265, 1).getFirst().data()).getFirst().at(0) >> 1) & 0x3f)
        .isEqualTo(32);
  }

  @Test
  void aMissingFileIsAClearError() {
    assertThatThrownBy(() -> ClipMedia.open(Path.of("no-such-clip.mp4")))
        .isInstanceOf(VmsException.class)
        .hasMessageContaining("no-such-clip.mp4");
    assertThatThrownBy(() -> ClipOptions.DEFAULTS.withSpeed(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Sample> play(ClipMedia media, int count) throws InterruptedException {
    List<Sample> samples = new CopyOnWriteArrayList<>();
    CountDownLatch enough = new CountDownLatch(count);
    AtomicReference<SimMedia.Playback> playback = new AtomicReference<>();
    try (ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor()) {
      loop.execute(
          () ->
              playback.set(
                  media.play(
                      loop,
                      (track, pts, keyFrame, data) -> {
                        samples.add(new Sample(track, pts, keyFrame, data, System.nanoTime()));
                        enough.countDown();
                      })));
      assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
      loop.execute(() -> playback.get().close());
    }
    return samples;
  }
}
