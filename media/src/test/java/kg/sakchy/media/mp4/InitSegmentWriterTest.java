package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.opus.OpusConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitSegmentWriterTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(GoldenFile.class)
  void whatIsWrittenIsReadAgain(GoldenFile file) {
    List<TrackFormat> formats = formats(file);
    InitSegment written = InitSegment.parse(Bytes.copyOf(InitSegmentWriter.write(formats)));
    assertThat(written.tracks().stream().map(InitTrack::format)).isEqualTo(formats);
    assertThat(written.tracks().stream().map(InitTrack::id))
        .isEqualTo(List.of(1, 2).subList(0, formats.size()));
    assertThat(written.tracks().stream().map(InitTrack::timescale))
        .isEqualTo(formats.stream().map(TrackFormat::clockRate).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN_H264_AAC", "RUN_H264_BFRAMES_AAC", "RUN_H265"})
  void ffprobeReadsFragmentsBehindItAsBehindTheirOwn(GoldenFile file) throws Exception {
    byte[] whole = file.bytes();
    int media = file.init().bytes().size();
    Path mixed = directory.resolve("mixed.mp4");
    Files.write(mixed, InitSegmentWriter.write(formats(file)));
    Files.write(
        mixed,
        Arrays.copyOfRange(whole, media, whole.length),
        java.nio.file.StandardOpenOption.APPEND);
    List<ProbedPacket> expected = ProbedPacket.all(file.path());
    List<ProbedPacket> actual = ProbedPacket.all(mixed);
    // The muxer's own init segment has an edit list, which moves all times of a stream alike.
    for (int stream = 0; stream < file.init().tracks().size(); stream++) {
      List<ProbedPacket> source = ProbedPacket.ofStream(expected, stream);
      List<ProbedPacket> written = ProbedPacket.ofStream(actual, stream);
      long moved = source.getFirst().pts() - written.getFirst().pts();
      assertThat(written.stream().map(packet -> packet.later(moved)))
          .containsExactlyElementsOf(source);
    }
    assertThat(probe(mixed)).isEqualTo(probe(file.path()));
  }

  private static String probe(Path file) throws Exception {
    return ExternalTool.require("ffprobe")
        .run(
            "-v",
            "error",
            "-show_data_hash",
            "md5",
            "-show_entries",
            "stream=codec_name,codec_tag_string,profile,width,height,sample_rate,channels,"
                + "extradata_hash",
            "-of",
            "flat",
            file.toString());
  }

  @Test
  void ffprobeReadsOpus() throws Exception {
    Path file = directory.resolve("opus.mp4");
    Files.write(
        file,
        InitSegmentWriter.write(
            List.of(
                new TrackFormat.Audio(
                    Codec.OPUS, OpusConfig.CLOCK_RATE, new OpusConfig(2).encode(), 2, "opus"))));
    FragmentWriter fragments = new FragmentWriter(1);
    // One frame of 20 ms of silence (RFC 6716 §3.1: configuration 31, stereo, one frame).
    fragments.add(0, 960, 960, 960, true, new byte[] {(byte) 0xFC, (byte) 0xFF, (byte) 0xFE});
    Files.write(file, fragments.end().toByteArray(), java.nio.file.StandardOpenOption.APPEND);
    assertThat(probe(file)).contains("codec_name=\"opus\"", "sample_rate=\"48000\"", "channels=2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128, 20_000})
  void aConfigurationOfAnyLengthIsReadAgain(int size) {
    byte[] config = new byte[size];
    // AAC LC, 16 kHz, one channel.
    config[0] = 0x14;
    config[size - 1] |= 0x08;
    TrackFormat format =
        new TrackFormat.Audio(
            Codec.AAC, 96_000, Bytes.copyOf(size == 1 ? new byte[] {0x14, 0x08} : config), 1, "");
    assertThat(formatsOf(List.of(format)))
        .singleElement()
        .isInstanceOfSatisfying(
            TrackFormat.Audio.class,
            read -> {
              assertThat(read.config()).isEqualTo(format.config());
              assertThat(read.clockRate()).isEqualTo(96_000);
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"G711_ALAW", "G711_ULAW"})
  void soundThatMp4CannotCarryIsRefused(Codec codec) {
    assertThat(InitSegmentWriter.carries(codec)).isFalse();
    TrackFormat format = new TrackFormat.Audio(codec, 8_000, Bytes.EMPTY, 1, "");
    assertThatThrownBy(() -> InitSegmentWriter.write(List.of(format)))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }

  private static List<TrackFormat> formatsOf(List<TrackFormat> formats) {
    return formats(InitSegment.parse(ByteBuffer.wrap(InitSegmentWriter.write(formats))));
  }

  private static List<TrackFormat> formats(GoldenFile file) {
    return formats(file.init());
  }

  private static List<TrackFormat> formats(InitSegment init) {
    return init.tracks().stream().map(track -> Objects.requireNonNull(track.format())).toList();
  }
}
