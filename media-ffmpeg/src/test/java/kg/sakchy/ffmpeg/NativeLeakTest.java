package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native memory must stay flat: a leak of 1 KB for each object would show as 10 MB. What the
 * process may grow by leaves room for the JVM itself.
 */
class NativeLeakTest {
  private static final long ROOM_FOR_THE_JVM = 4L << 20;

  @Test
  void aHundredThousandPartsDoNotGrowTheMuxer() {
    MuxBenchmark.Load load = new MuxBenchmark.Load(false);
    try (PartMuxer muxer = PartMuxer.open(MuxBenchmark.format(false))) {
      assertThat(NativeMemory.growthBytes(5_000, 100_000, () -> muxer.part(load.next())))
          .isLessThan(ROOM_FOR_THE_JVM);
    }
  }

  @Test
  void tenThousandMuxersLeaveNothing() {
    MuxBenchmark.Load load = new MuxBenchmark.Load(false);
    assertThat(
            NativeMemory.growthBytes(
                1_000,
                10_000,
                () -> {
                  try (PartMuxer muxer = PartMuxer.open(MuxBenchmark.format(false))) {
                    muxer.part(load.next());
                  }
                }))
        .isLessThan(ROOM_FOR_THE_JVM);
  }

  @Test
  void aThousandTranscodersLeaveNothing() {
    MuxBenchmark.Load load = new MuxBenchmark.Load(true);
    assertThat(
            NativeMemory.growthBytes(
                100,
                1_000,
                () -> {
                  try (PartMuxer muxer = PartMuxer.open(MuxBenchmark.format(true))) {
                    muxer.part(load.next());
                  }
                }))
        .isLessThan(ROOM_FOR_THE_JVM);
  }

  @Test
  void formatsThatAreRefusedLeaveNothing() {
    TrackFormat sound = new TrackFormat.Audio(Codec.AAC, 16_000, Bytes.EMPTY, 1, "aac");
    TrackFormat video =
        new TrackFormat.Video(Codec.H264, 90_000, Bytes.copyOf(new byte[100]), 640, 360, "x");
    StreamFormat format = new StreamFormat(List.of(video, sound));
    assertThat(
            NativeMemory.growthBytes(
                1_000,
                10_000,
                () -> {
                  try (PartMuxer muxer = PartMuxer.open(format)) {
                    throw new AssertionError("opened: " + muxer.codecs());
                  } catch (VmsException expected) {
                    assertThat(expected).hasMessageContaining("avcC");
                  }
                }))
        .isLessThan(ROOM_FOR_THE_JVM);
  }

  @Test
  void threeThousandStillPicturesLeaveNothing(@TempDir Path directory) {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    byte[] good = source.samplesOf(0).getFirst().data();
    byte[] bad = new byte[1_000];
    try (FfmpegKeyFramePictures pictures = new FfmpegKeyFramePictures()) {
      assertThat(
              NativeMemory.growthBytes(
                  500,
                  3_000,
                  () -> {
                    assertThat(pictures.jpeg(source.format().video(), good, 160)).isNotEmpty();
                    assertThatThrownBy(() -> pictures.jpeg(source.format().video(), bad, 160))
                        .isInstanceOf(VmsException.class);
                  }))
          .isLessThan(ROOM_FOR_THE_JVM);
    }
  }

  @Test
  void aThousandProbesLeaveNothing(@TempDir Path directory) throws Exception {
    MediaFile.resource("h264-bframes.mp4", directory);
    Path good = directory.resolve("h264-bframes.mp4");
    Path bad = Files.writeString(directory.resolve("bad.mp4"), "no media");
    assertThat(
            NativeMemory.growthBytes(
                100,
                1_000,
                () -> {
                  assertThat(MediaProbe.probe(good).tracks()).hasSize(2);
                  assertThatThrownBy(() -> MediaProbe.probe(bad)).isInstanceOf(VmsException.class);
                }))
        .isLessThan(ROOM_FOR_THE_JVM);
  }

  @Test
  void fourHundredScenesLeaveNothing() {
    SceneOptions options = new SceneOptions("x", 160, 90, 15, 100_000, 0, true);
    assertThat(
            NativeMemory.growthBytes(
                40,
                400,
                () -> assertThat(SceneEncoder.encode(options, Instant.EPOCH, 3)).isNotEmpty()))
        .isLessThan(ROOM_FOR_THE_JVM);
  }
}
