package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.time.VmsClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneTest {
  private static final Instant START = Instant.parse("2026-03-01T07:59:58.500Z");
  private static final SceneOptions SMALL =
      new SceneOptions("Gate 1", 320, 180, 15, 200_000, 0, true);

  @TempDir Path directory;

  @Test
  void isAStreamAsOfACamera() {
    List<AccessUnit> units = SceneEncoder.encode(SMALL, START, 75);
    List<AccessUnit> video = units.stream().filter(unit -> unit.track() == 0).toList();
    assertThat(video).hasSize(75);
    for (int i = 0; i < video.size(); i++) {
      assertThat(video.get(i).pts()).isEqualTo(i * 6_000L);
      assertThat(video.get(i).dts()).isEqualTo(video.get(i).pts());
      assertThat(video.get(i).keyFrame()).isEqualTo(i % 30 == 0);
    }
    List<AccessUnit> sound = units.stream().filter(unit -> unit.track() == 1).toList();
    for (int i = 0; i < sound.size(); i++) {
      assertThat(sound.get(i).pts()).isEqualTo(i * 1_024L);
    }
    assertThat(sound.getLast().pts()).isBetween(5 * 16_000L - 4 * 1_024, 5 * 16_000L);
  }

  @Test
  void aClipDecodesWithoutComplaintAndHoldsItsBitRate() throws Exception {
    ExternalTool ffmpeg = ExternalTool.require("ffmpeg");
    Path clip = directory.resolve("clip.mp4");
    SceneClip.write(clip, SceneOptions.camera("Gate 1"), Duration.ofSeconds(6), START);
    ffmpeg.run("-v", "error", "-xerror", "-i", clip.toString(), "-f", "null", "-");
    ProbeResult probed = MediaProbe.probe(clip);
    assertThat(probed.tracks())
        .containsExactly(
            new ProbeResult.Video("h264", 1_280, 720, 25),
            new ProbeResult.Audio("aac", SceneSound.RATE, 1));
    assertThat(Files.size(clip) * 8 / 6).isBetween(1_500_000L, 2_500_000L);
    assertThat(directory)
        .isDirectoryContaining("glob:**clip.mp4")
        .isDirectoryNotContaining("glob:**.part");
    assertThat(MediaFile.read(clip).samplesOf(0)).hasSize(150);
  }

  @Test
  void ticksWhenTheSecondChanges() {
    Path clip = directory.resolve("clip.mp4");
    SceneClip.write(clip, SMALL, Duration.ofSeconds(4), START);
    DecodedSound heard = DecodedSound.of(MediaFile.read(clip), 1);
    assertThat(heard.isSilent(2_000, 7_900)).isTrue();
    assertThat(heard.isSilent(8_000, 8_400)).isFalse(); // 07:59:59, half a second after the start
    assertThat(heard.isSilent(10_000, 23_900)).isTrue();
    assertThat(heard.isSilent(24_000, 24_400)).isFalse(); // 08:00:00
  }

  @Test
  void aClipThatCannotBeWrittenIsAnError() {
    assertThatThrownBy(
            () ->
                SceneClip.write(
                    directory.resolve("missing/clip.mp4"), SMALL, Duration.ofSeconds(1), START))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  @Test
  void aLiveSceneKeepsTheTime() throws Exception {
    Collector collector = new Collector(15);
    long begin = System.nanoTime();
    try (LiveScene scene = LiveScene.start(SMALL, VmsClock.system(), null, collector)) {
      assertThat(collector.enough.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(collector.formats).containsExactly(scene.format());
    }
    int made = collector.units.size();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
    List<AccessUnit> video = collector.units.stream().filter(u -> u.track() == 0).toList();
    assertThat(video.getFirst().keyFrame()).isTrue();
    long media = video.getLast().pts() - video.getFirst().pts();
    long arrival = video.getLast().arrivalNanos() - video.getFirst().arrivalNanos();
    assertThat(Math.abs(media * 1_000_000_000 / 90_000 - arrival)).isLessThan(500_000_000);
    assertThat(collector.units).hasSize(made);
  }

  @Test
  void theClockIsReadableWithoutFonts() {
    BufferedImage image = new BufferedImage(60, 12, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    PixelFont.draw(graphics, "1Z_", 0, 0, 1);
    assertThat(rows(image)).startsWith("..#...#####......", ".##.......#......");
    assertThat(rows(image).get(6)).startsWith(".###..#####.#####");
  }

  private static List<String> rows(BufferedImage image) {
    List<String> rows = new ArrayList<>();
    for (int y = 0; y < PixelFont.ROWS; y++) {
      StringBuilder row = new StringBuilder();
      for (int x = 0; x < 17; x++) {
        row.append((image.getRGB(x, y) & 1) == 0 ? '.' : '#');
      }
      rows.add(row.toString());
    }
    return rows;
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new SceneOptions("x", 641, 360, 15, 600_000, 0, true))
        .isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> new SceneOptions("x", 640, 360, 7_000, 600_000, 0, true))
        .isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> new SceneOptions("x", 640, 360, 15, 0, 0, true))
        .isInstanceOf(VmsException.class);
  }

  private static final class Collector implements StreamListener {
    final List<StreamFormat> formats = new ArrayList<>();
    final List<AccessUnit> units = new ArrayList<>();
    final CountDownLatch enough;

    Collector(int frames) {
      enough = new CountDownLatch(frames + 1);
    }

    @Override
    public void onFormat(StreamFormat format) {
      formats.add(format);
    }

    @Override
    public void onUnit(AccessUnit unit) {
      units.add(unit);
      if (unit.track() == 0) {
        enough.countDown();
      }
    }
  }

  @Test
  void aDomeSeesTheSceneWhereItLooks() {
    SceneOptions options = new SceneOptions("dome", 320, 180, 15, 100_000, 0, false);
    ScenePainter painter = new ScenePainter(options, true);
    int[] ahead = painter.paint(Instant.EPOCH, 0, new SceneView(10, 0, 1)).clone();
    int[] aTurnLater = painter.paint(Instant.EPOCH, 0, new SceneView(370, 0, 1)).clone();
    int[] aside = painter.paint(Instant.EPOCH, 0, new SceneView(95, 0, 1)).clone();
    int[] near = painter.paint(Instant.EPOCH, 0, new SceneView(10, 0, 8)).clone();
    int[] up = painter.paint(Instant.EPOCH, 0, new SceneView(10, 60, 1)).clone();
    assertThat(aTurnLater).isEqualTo(ahead);
    assertThat(different(ahead, aside)).isGreaterThan(0.2);
    assertThat(different(ahead, near)).isGreaterThan(0.2);
    assertThat(different(ahead, up)).isGreaterThan(0.2);
    assertThat(up[140 * 320 + 160]).as("sky").isNotEqualTo(ahead[140 * 320 + 160]);
  }

  @Test
  void theStreetOfADomeHasNoSeam() {
    SceneOptions options = new SceneOptions("dome", 320, 180, 15, 100_000, 0, false);
    ScenePainter painter = new ScenePainter(options, true);
    int[] before = painter.paint(Instant.EPOCH, 0, new SceneView(-0.1, 0, 1)).clone();
    int[] behind = painter.paint(Instant.EPOCH, 0, new SceneView(0.1, 0, 1)).clone();
    assertThat(different(before, behind)).isLessThan(0.15);
  }

  private static double different(int[] one, int[] other) {
    long count = IntStream.range(0, one.length).filter(i -> one[i] != other[i]).count();
    return (double) count / one.length;
  }
}
