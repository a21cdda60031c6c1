package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegKeyFramePicturesTest {
  @TempDir Path directory;

  private final FfmpegKeyFramePictures pictures = new FfmpegKeyFramePictures();

  @AfterEach
  void close() {
    pictures.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264-bframes.mp4", "h265-bframes.mp4", "mjpeg.mp4"})
  void showsWhatFfmpegShows(String clip) throws Exception {
    MediaFile source = MediaFile.resource(clip, directory);
    byte[] jpeg = pictures.jpeg(source.format().video(), keyFrame(source), 0);
    assertThat(jpeg).startsWith(0xff, 0xd8, 0xff, 0xe0);
    byte[] expected =
        Tools.run(
            FfmpegProgram.path(),
            "-v",
            "error",
            "-i",
            directory.resolve(clip).toString(),
            "-frames:v",
            "1",
            "-c:v",
            "png",
            "-f",
            "image2pipe",
            "-");
    assertThat(difference(image(jpeg), image(expected))).isLessThan(4);
  }

  @Test
  void isMadeSmallerButNeverLarger() throws Exception {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    TrackFormat.Video format = source.format().video();
    BufferedImage small = image(pictures.jpeg(format, keyFrame(source), 161));
    assertThat(small.getWidth()).isEqualTo(161);
    assertThat(small.getHeight()).isEqualTo(90);
    assertThat(image(pictures.jpeg(format, keyFrame(source), 9_999)).getWidth()).isEqualTo(320);
    assertThat(image(pictures.jpeg(format, keyFrame(source), 1)).getWidth()).isEqualTo(1);
    assertFails(ErrorKind.INVALID_ARGUMENT, format, keyFrame(source), -1);
  }

  @Test
  void garbageIsDataLoss() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    TrackFormat.Video format = source.format().video();
    assertFails(ErrorKind.DATA_LOSS, format, new byte[0], 0);
    assertFails(ErrorKind.DATA_LOSS, format, new byte[5_000], 0);
    TrackFormat.Video withoutConfig =
        new TrackFormat.Video(Codec.H264, 90_000, Bytes.EMPTY, 320, 180, "avc1");
    assertFails(ErrorKind.INVALID_ARGUMENT, withoutConfig, keyFrame(source), 0);
  }

  @Test
  void aJpegThatClaimsAHugeSizeIsRefused() {
    MediaFile source = MediaFile.resource("mjpeg.mp4", directory);
    byte[] sample = keyFrame(source).clone();
    int frameHeader = 0;
    while (sample[frameHeader] != (byte) 0xff || sample[frameHeader + 1] != (byte) 0xc0) {
      frameHeader++;
    }
    for (int i = 5; i < 9; i++) {
      sample[frameHeader + i] = (byte) 0xf0; // 61680 x 61680
    }
    assertFails(ErrorKind.DATA_LOSS, source.format().video(), sample, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264-bframes.mp4", "h265-bframes.mp4", "mjpeg.mp4"})
  void damagedKeyFramesEndInAPictureOrAnError(String clip) throws Exception {
    MediaFile source = MediaFile.resource(clip, directory);
    Random random = new Random(clip.hashCode());
    int shown = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = keyFrame(source).clone();
      for (int hit = random.nextInt(20); hit >= 0; hit--) {
        damaged[random.nextInt(i % 2 == 0 ? damaged.length : 64)] = (byte) random.nextInt();
      }
      try {
        assertThat(image(pictures.jpeg(source.format().video(), damaged, 64))).isNotNull();
        shown++;
      } catch (VmsException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS);
      }
    }
    assertThat(shown).isPositive();
  }

  @Test
  void moreCallsThanCanWaitAreRefused() throws Exception {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    List<Future<byte[]>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        calls.add(
            callers.submit(() -> pictures.jpeg(source.format().video(), keyFrame(source), 0)));
      }
    }
    long made = calls.stream().filter(call -> call.state() == Future.State.SUCCESS).count();
    assertThat(made).isBetween(1L, 499L);
    assertThat(calls)
        .filteredOn(call -> call.state() == Future.State.FAILED)
        .allSatisfy(
            call ->
                assertThat(VmsException.kindOf(call.exceptionNow()))
                    .isEqualTo(ErrorKind.RESOURCE_EXHAUSTED));
  }

  @Test
  void afterCloseNothingIsMade() {
    MediaFile source = MediaFile.resource("mjpeg.mp4", directory);
    pictures.close();
    assertFails(ErrorKind.UNAVAILABLE, source.format().video(), keyFrame(source), 0);
  }

  private void assertFails(ErrorKind kind, TrackFormat.Video format, byte[] sample, int width) {
    assertThatThrownBy(() -> pictures.jpeg(format, sample, width))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static byte[] keyFrame(MediaFile source) {
    return source.samplesOf(0).getFirst().data();
  }

  private static BufferedImage image(byte[] file) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  /** Mean difference of the colour components, 0 to 255. */
  private static double difference(BufferedImage one, BufferedImage other) {
    assertThat(one.getWidth()).isEqualTo(other.getWidth());
    assertThat(one.getHeight()).isEqualTo(other.getHeight());
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum +=
              Math.abs((one.getRGB(x, y) >> shift & 0xff) - (other.getRGB(x, y) >> shift & 0xff));
        }
      }
    }
    return sum / (3.0 * one.getWidth() * one.getHeight());
  }
}
