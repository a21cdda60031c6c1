package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.Fragment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartMuxerTest {
  private static final long HALF_SECOND = 45_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"h264-bframes.mp4", "h265-bframes.mp4", "mjpeg.mp4", "opus.mp4"})
  void samplesComeOutAsTheyWentIn(String clip) throws Exception {
    MediaFile source = MediaFile.resource(clip, directory);
    MediaFile muxed = mux(source, Parts.cut(source.muxSamples(), HALF_SECOND));
    assertSameMedia(muxed, source);
  }

  private MediaFile mux(MediaFile source, List<List<MuxSample>> parts) throws Exception {
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      assertThat(muxer.warnings()).isEmpty();
      Path file = directory.resolve("muxed.mp4");
      Files.write(file, Parts.file(muxer, parts));
      return MediaFile.read(file);
    }
  }

  private static void assertSameMedia(MediaFile muxed, MediaFile source) {
    assertThat(muxed.tracks()).hasSameSizeAs(source.tracks());
    for (int track = 0; track < source.tracks().size(); track++) {
      int index = track;
      List<MuxSample> expected =
          source.muxSamples().stream().filter(sample -> sample.track() == index).toList();
      List<MediaFile.Sample> actual = muxed.samplesOf(track);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).pts()).isEqualTo(expected.get(i).pts());
        assertThat(actual.get(i).dts()).isEqualTo(expected.get(i).dts());
        assertThat(actual.get(i).duration()).isEqualTo(expected.get(i).duration());
        assertThat(actual.get(i).keyFrame()).isEqualTo(expected.get(i).keyFrame());
        assertThat(actual.get(i).data()).isEqualTo(expected.get(i).data());
      }
      assertThat(muxed.tracks().get(track).timeScale())
          .isEqualTo(source.format().tracks().get(track).clockRate());
      assertThat(muxed.tracks().get(track).config()).isEqualTo(source.tracks().get(track).config());
    }
  }

  @Test
  void h265IsMarkedHvc1() throws Exception {
    MediaFile source = MediaFile.resource("h265-bframes.mp4", directory);
    MediaFile muxed = mux(source, Parts.cut(source.muxSamples(), HALF_SECOND));
    assertThat(muxed.tracks().getFirst().codecTag())
        .isEqualTo(ByteBuffer.wrap("1cvh".getBytes(StandardCharsets.US_ASCII)).getInt());
  }

  @Test
  void debianFfprobeReadsTheSameTimes() throws Exception {
    ExternalTool ffprobe = ExternalTool.require("ffprobe");
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    mux(source, Parts.cut(source.muxSamples(), HALF_SECOND));
    List<String> seen =
        ffprobe
            .run(
                "-v",
                "error",
                "-select_streams",
                "v",
                "-show_entries",
                "packet=pts,dts,size",
                "-of",
                "csv=p=0",
                directory.resolve("muxed.mp4").toString())
            .lines()
            .toList();
    assertThat(seen)
        .isEqualTo(
            source.muxSamples().stream()
                .filter(sample -> sample.track() == 0)
                .map(sample -> sample.pts() + "," + sample.dts() + "," + sample.data().length)
                .toList());
  }

  @Test
  void everyPartBeginsAtTheTimeGivenWhateverCameBefore() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      long shift = 0;
      for (List<MuxSample> part : Parts.cut(source.muxSamples(), HALF_SECOND)) {
        List<MuxSample> moved = shifted(part, shift);
        long video = first(moved, 0).dts();
        long sound = first(moved, 1).dts();
        assertThat(Parts.decodeTimes(muxer.part(moved).toByteArray()))
            .containsEntry(1, video)
            .containsEntry(2, sound);
        shift = shift * 9 + 12_345; // holes that grow to days
      }
    }
  }

  @Test
  void aDurationThatPromisedTooMuchMovesNothing() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      for (List<MuxSample> part : Parts.cut(source.muxSamples(), HALF_SECOND)) {
        List<MuxSample> longer = new ArrayList<>();
        part.forEach(
            s ->
                longer.add(
                    new MuxSample(
                        s.track(), s.pts(), s.dts(), s.duration() * 7, s.keyFrame(), s.data())));
        assertThat(Parts.decodeTimes(muxer.part(longer).toByteArray()))
            .containsEntry(1, first(longer, 0).dts())
            .containsEntry(2, first(longer, 1).dts());
      }
    }
  }

  @Test
  void aRunMayBeginAtAnyTime() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    long late = 90_000L * 86_400 * 365;
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      byte[] part = muxer.part(shifted(source.muxSamples(), late)).toByteArray();
      assertThat(Parts.decodeTimes(part)).containsEntry(1, late).containsEntry(2, late);
    }
  }

  @Test
  void initSaysNothingAboutTheMuxerAndIsAlwaysTheSame() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    try (PartMuxer one = PartMuxer.open(source.format());
        PartMuxer other = PartMuxer.open(source.format())) {
      other.part(source.muxSamples());
      assertThat(one.init()).isEqualTo(other.init());
      assertThat(new String(one.init(), StandardCharsets.ISO_8859_1)).doesNotContain("Lavf");
      assertThat(one.codecs()).containsExactly("avc1.test", "mp4a.40.2");
    }
  }

  @Test
  void aPartOfNothingIsEmpty() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      assertThat(muxer.part(List.of()).pieces()).isEmpty();
      assertThat(muxer.part(source.muxSamples()).pieces()).isNotEmpty();
      assertThat(muxer.part(List.of()).pieces()).isEmpty();
    }
  }

  @Test
  void metadataIsPassedOver() {
    MediaFile source = MediaFile.resource("mjpeg.mp4", directory);
    TrackFormat metadata = new TrackFormat.Metadata(Codec.ONVIF_METADATA, 90_000, Bytes.EMPTY);
    StreamFormat format = new StreamFormat(List.of(metadata, source.format().video()));
    MuxSample picture = source.muxSamples().getFirst();
    try (PartMuxer muxer = PartMuxer.open(format)) {
      Fragment part =
          muxer.part(
              List.of(
                  new MuxSample(0, 0, 0, 1, true, new byte[] {'<'}),
                  new MuxSample(1, 7, 7, 3_600, true, picture.data())));
      assertThat(Parts.decodeTimes(part.toByteArray())).containsOnlyKeys(1).containsValue(7L);
      assertThat(muxer.warnings()).isEmpty();
    }
  }

  @Test
  void aWrongVideoSampleIsRefusedAndTheMuxerGoesOn() throws Exception {
    MediaFile source = MediaFile.resource("mjpeg.mp4", directory);
    List<MuxSample> good = source.muxSamples();
    byte[] data = good.getFirst().data();
    List<MuxSample> wrong =
        List.of(
            new MuxSample(0, 0, 0, 3_600, true, new byte[0]),
            new MuxSample(0, 0, -1, 3_600, true, data),
            new MuxSample(0, 0, 1, 3_600, true, data),
            new MuxSample(0, 0, 0, 0, true, data),
            new MuxSample(0, 0, 0, 1L << 40, true, data),
            new MuxSample(0, 1L << 40, 0, 3_600, true, data));
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      for (MuxSample sample : wrong) {
        assertThatThrownBy(() -> muxer.part(List.of(sample)))
            .isInstanceOfSatisfying(
                VmsException.class,
                e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
      }
      assertThatThrownBy(() -> muxer.part(List.of(good.get(0), good.get(0))))
          .isInstanceOf(VmsException.class);
      Path file = directory.resolve("muxed.mp4");
      Files.write(file, Parts.file(muxer, List.of(good)));
      assertSameMedia(MediaFile.read(file), source);
    }
  }

  @Test
  void brokenConfigurationOfVideoIsRefused() {
    for (Codec codec : List.of(Codec.H264, Codec.H265)) {
      for (byte[] config : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[64])) {
        StreamFormat format =
            new StreamFormat(
                List.of(new TrackFormat.Video(codec, 90_000, Bytes.copyOf(config), 640, 360, "x")));
        assertThatThrownBy(() -> PartMuxer.open(format))
            .isInstanceOfSatisfying(
                VmsException.class,
                e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
      }
    }
  }

  @Test
  void soundThatCannotBeMuxedNeverCostsTheVideo() {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    TrackFormat video = source.format().video();
    List<TrackFormat> hopeless =
        List.of(
            new TrackFormat.Audio(Codec.AAC, 16_000, Bytes.EMPTY, 1, "mp4a.40.2"),
            new TrackFormat.Audio(Codec.OPUS, 48_000, Bytes.EMPTY, 1, "opus"),
            new TrackFormat.Audio(Codec.G711_ALAW, 9_999, Bytes.EMPTY, 1, "alaw"),
            new TrackFormat.Audio(Codec.G711_ULAW, 8_000, Bytes.EMPTY, 99, "ulaw"),
            new TrackFormat.Audio(Codec.H264, 8_000, Bytes.EMPTY, 1, "?"));
    for (TrackFormat sound : hopeless) {
      for (List<TrackFormat> tracks : List.of(List.of(video, sound), List.of(sound, video))) {
        int videoTrack = tracks.indexOf(video);
        try (PartMuxer muxer = PartMuxer.open(new StreamFormat(tracks))) {
          assertThat(muxer.warnings()).singleElement().asString().startsWith("sound is left out");
          assertThat(muxer.codecs()).containsExactly("avc1.test");
          List<MuxSample> samples =
              source.muxSamples().stream()
                  .map(s -> onTrack(s, s.track() == 0 ? videoTrack : 1 - videoTrack))
                  .toList();
          assertThat(Parts.decodeTimes(muxer.part(samples).toByteArray())).containsOnlyKeys(1);
        }
      }
    }
  }

  @Test
  void soundThatFailsLaterIsGivenUp() throws Exception {
    MediaFile source = MediaFile.resource("h264-bframes.mp4", directory);
    byte[] adts = {(byte) 0xff, (byte) 0xf1, 0x60, 0x40, 0x02, 0x1f, (byte) 0xfc, 0};
    List<MuxSample> samples =
        source.muxSamples().stream()
            .map(
                s ->
                    s.track() == 0
                        ? s
                        : new MuxSample(1, s.pts(), s.dts(), s.duration(), true, adts))
            .toList();
    try (PartMuxer muxer = PartMuxer.open(source.format())) {
      Path file = directory.resolve("muxed.mp4");
      Files.write(file, Parts.file(muxer, Parts.cut(samples, HALF_SECOND)));
      assertThat(muxer.warnings()).singleElement().asString().contains("from here on");
      assertThat(MediaFile.read(file).samplesOf(0)).hasSameSizeAs(source.samplesOf(0));
    }
  }

  @Test
  void aClosedMuxerSaysSo() {
    MediaFile source = MediaFile.resource("mjpeg.mp4", directory);
    PartMuxer muxer = PartMuxer.open(source.format());
    muxer.close();
    muxer.close();
    assertThatThrownBy(() -> muxer.part(source.muxSamples()))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION));
  }

  private static MuxSample first(List<MuxSample> part, int track) {
    return part.stream().filter(sample -> sample.track() == track).findFirst().orElseThrow();
  }

  private static List<MuxSample> shifted(List<MuxSample> part, long by) {
    return part.stream()
        .map(
            s ->
                new MuxSample(
                    s.track(), s.pts() + by, s.dts() + by, s.duration(), s.keyFrame(), s.data()))
        .toList();
  }

  private static MuxSample onTrack(MuxSample s, int track) {
    return new MuxSample(track, s.pts(), s.dts(), s.duration(), s.keyFrame(), s.data());
  }
}
