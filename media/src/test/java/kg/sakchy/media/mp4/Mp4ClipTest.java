package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Mp4ClipTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"CLIP_H264_BFRAMES_AAC", "CLIP_H265", "CLIP_MJPEG"})
  void samplesAreThoseThatFfprobeReads(GoldenFile file) throws Exception {
    List<ProbedPacket> probed = ProbedPacket.all(file.path());
    try (Mp4Clip clip = Mp4Clip.open(file.path())) {
      for (int stream = 0; stream < clip.tracks().size(); stream++) {
        Mp4Clip.Track track = clip.tracks().get(stream);
        List<ProbedPacket> actual = new ArrayList<>();
        for (int i = 0; i < track.sampleCount(); i++) {
          Mp4Clip.Sample sample = track.sample(i);
          actual.add(
              new ProbedPacket(
                  stream,
                  sample.pts(),
                  sample.dts(),
                  sample.duration(),
                  sample.keyFrame(),
                  sample.sizeBytes(),
                  ProbedPacket.md5(track.read(i))));
        }
        assertThat(actual).isEqualTo(ProbedPacket.ofStream(probed, stream));
      }
    }
  }

  @Test
  void tellsFormatsAndLengths() {
    try (Mp4Clip clip = Mp4Clip.open(GoldenFile.CLIP_H264_BFRAMES_AAC.path())) {
      assertThat(clip.tracks())
          .extracting(track -> track.format().codec())
          .containsExactly(Codec.H264, Codec.AAC);
      assertThat(clip.video().sampleCount()).isEqualTo(60);
      assertThat(clip.video().durationTicks()).isEqualTo(3L * clip.video().format().clockRate());
      assertThat(clip.video().sample(0).pts()).isZero();
      assertThat(clip.video().sample(0).dts()).isNegative();
    }
    try (Mp4Clip clip = Mp4Clip.open(GoldenFile.CLIP_MJPEG.path())) {
      assertThat(clip.video().format())
          .isInstanceOfSatisfying(
              TrackFormat.Video.class,
              format -> {
                assertThat(format.codec()).isEqualTo(Codec.MJPEG);
                assertThat(format.width()).isEqualTo(192);
              });
    }
  }

  @Test
  void aFragmentedFileIsUnsupported() {
    assertKind(ErrorKind.UNSUPPORTED, GoldenFile.RUN_H264_AAC.path());
  }

  @Test
  void aMissingFileIsNotFound() {
    assertKind(ErrorKind.NOT_FOUND, directory.resolve("none.mp4"));
  }

  @Test
  void tornInItsTablesItIsDataLoss() throws IOException {
    byte[] whole = GoldenFile.CLIP_H265.bytes();
    int moovEnd = GoldenFile.CLIP_H265.init().bytes().size();
    for (int size = 0; size < moovEnd; size++) {
      assertKind(ErrorKind.DATA_LOSS, write(Arrays.copyOf(whole, size)));
    }
    assertKind(ErrorKind.DATA_LOSS, write(Arrays.copyOf(whole, whole.length - 1)));
  }

  @Test
  void hostileTablesAreDataLoss() throws IOException {
    // The count of samples, 2^31 samples of one size, a time table and chunks that do not fit.
    assertHostile("stsz", 12, 1_000_000);
    assertHostile("stsz", 16, Integer.MAX_VALUE);
    assertHostile("stts", 8, 2);
    assertHostile("stts", 12, 61);
    assertHostile("ctts", 12, Integer.MAX_VALUE);
    assertHostile("stss", 12, 0);
    assertHostile("stss", 12, 61);
    assertHostile("stsc", 12, 0);
    assertHostile("stsc", 16, 0);
    assertHostile("stco", 12, Integer.MAX_VALUE);
    assertHostile("mdhd", 20 - 4, 0);
  }

  /** Puts a number into the first box of a name, so many bytes behind the name. */
  private void assertHostile(String box, int at, int value) throws IOException {
    byte[] file = GoldenFile.CLIP_H265.bytes();
    int name = new String(file, StandardCharsets.ISO_8859_1).indexOf(box);
    assertThat(name).as(box).isPositive();
    java.nio.ByteBuffer.wrap(file).putInt(name + at, value);
    assertKind(ErrorKind.DATA_LOSS, write(file));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("clip.mp4"), bytes);
  }

  private static void assertKind(ErrorKind kind, Path file) {
    Consumer<Path> open = path -> Mp4Clip.open(path).close();
    assertThatThrownBy(() -> open.accept(file))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
