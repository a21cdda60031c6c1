package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitSegmentTest {
  @Test
  void tellsTracksAndCodecs() {
    InitSegment init = GoldenFile.RUN_H264_AAC.init();
    assertThat(init.codecs()).containsExactly("avc1.64000c", "mp4a.40.2");
    assertThat(init.describe()).isEqualTo("H264 192x108 + AAC");
    InitTrack video = init.video().orElseThrow();
    assertThat(video.id()).isEqualTo(1);
    assertThat(video.timescale()).isEqualTo(90_000);
    assertThat(video.format())
        .isInstanceOfSatisfying(
            TrackFormat.Video.class,
            format -> {
              assertThat(format.codec()).isEqualTo(Codec.H264);
              assertThat(format.clockRate()).isEqualTo(90_000);
              assertThat(format.width()).isEqualTo(192);
              assertThat(format.height()).isEqualTo(108);
              assertThat(format.config().at(0)).isEqualTo((byte) 1);
            });
    assertThat(init.tracks().get(1).format())
        .isInstanceOfSatisfying(
            TrackFormat.Audio.class,
            format -> {
              assertThat(format.codec()).isEqualTo(Codec.AAC);
              assertThat(format.clockRate()).isEqualTo(16_000);
              assertThat(format.channels()).isEqualTo(1);
              // AAC LC, 16 kHz, one channel (ISO/IEC 14496-3 §1.6.2.1).
              assertThat(format.config().toString()).startsWith("1408");
            });
  }

  @Test
  void tellsHevc() {
    InitSegment init = GoldenFile.RUN_H265.init();
    assertThat(init.codecs()).containsExactly("hvc1.1.6.L30.90");
    assertThat(init.hasAudio()).isFalse();
  }

  @Test
  void configurationIsWhatFfprobeReads() throws Exception {
    for (GoldenFile file : new GoldenFile[] {GoldenFile.RUN_H264_AAC, GoldenFile.RUN_H265}) {
      String hashes =
          ExternalTool.require("ffprobe")
              .run(
                  "-v",
                  "error",
                  "-show_data_hash",
                  "md5",
                  "-show_entries",
                  "stream=extradata_hash",
                  "-of",
                  "csv=p=0",
                  file.path().toString());
      assertThat(hashes.lines())
          .containsExactlyElementsOf(
              file.init().tracks().stream()
                  .map(track -> java.util.Objects.requireNonNull(track.format()).config())
                  .map(config -> "MD5:" + ProbedPacket.md5(config.toByteArray()))
                  .toList());
    }
  }

  @Test
  void bytesEndWithTheMoov() {
    byte[] file = GoldenFile.RUN_H264_AAC.bytes();
    InitSegment init = InitSegment.parse(ByteBuffer.wrap(file));
    assertThat(InitSegment.parse(init.bytes()).tracks()).isEqualTo(init.tracks());
    byte[] bytes = init.bytes().toByteArray();
    assertThat(bytes).isEqualTo(Arrays.copyOf(file, bytes.length));
    assertThat(new String(file, bytes.length + 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("moof");
  }

  @Test
  void aDurationIsShownAndChangesNothingElse(@TempDir Path directory) throws Exception {
    GoldenFile source = GoldenFile.RUN_H264_AAC;
    InitSegment init = source.init();
    byte[] timed = init.withDuration(Duration.ofMillis(6_040));
    assertThat(timed).hasSize(init.bytes().size() + 20);
    assertThat(InitSegment.parse(Bytes.copyOf(timed)).tracks()).isEqualTo(init.tracks());
    assertThat(InitSegment.parse(Bytes.copyOf(timed)).withDuration(Duration.ofMillis(6_040)))
        .as("an mehd that is there is replaced")
        .isEqualTo(timed);

    byte[] whole = source.bytes();
    Path file = directory.resolve("timed.mp4");
    Files.write(file, timed);
    Files.write(
        file,
        Arrays.copyOfRange(whole, init.bytes().size(), whole.length),
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(ProbedPacket.all(file)).isEqualTo(ProbedPacket.all(source.path()));
  }

  @Test
  void aFlatFileHasNoRoomForADuration() {
    InitSegment flat = GoldenFile.CLIP_H265.init();
    assertThatThrownBy(() -> flat.withDuration(Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }

  @Test
  void equalTracksJoinAndOthersDoNot() {
    InitSegment h264 = GoldenFile.RUN_H264_AAC.init();
    assertThat(h264.joins(GoldenFile.RUN_H264_AAC.init())).isTrue();
    assertThat(h264.joins(GoldenFile.RUN_H265.init())).isFalse();
  }

  @Test
  void tornAnywhereItIsDataLoss() {
    byte[] init = GoldenFile.RUN_H264_AAC.init().bytes().toByteArray();
    for (int size = 0; size < init.length; size++) {
      ByteBuffer torn = ByteBuffer.wrap(init, 0, size);
      assertThatThrownBy(() -> InitSegment.parse(torn))
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
    }
  }
}
