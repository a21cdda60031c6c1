package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.h264.AvcConfig;
import kg.sakchy.media.codec.h265.HevcConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of FFmpeg's and GStreamer's payloaders against the clips they were made from. */
class GoldenRtpTest {
  @ParameterizedTest
  @CsvSource({
    "ffmpeg-h264-pyramid, 96, 64, avc1.64000a",
    "ffmpeg-h264-opengop, 96, 64, avc1.64000a",
    "ffmpeg-h264-slices, 90, 50, avc1.42c00a",
    "ffmpeg-h265-cra, 90, 66, hvc1.1.6.L30.90",
  })
  void videoBecomesTheSourcesSamplesBitForBit(String name, int width, int height, String codec) {
    Golden golden = Golden.load(name);
    RecordedOutput out = golden.feed().flush();

    assertThat(out.data()).isEqualTo(data(golden.source()));
    assertThat(relative(out.samples)).isEqualTo(relative(golden.source()));
    assertThat(out.losses).isEmpty();
    assertThat(out.formats).hasSize(1);
    TrackFormat.Video format = (TrackFormat.Video) out.formats.getFirst();
    assertThat(format.width()).isEqualTo(width);
    assertThat(format.height()).isEqualTo(height);
    assertThat(format.codecString()).isEqualTo(codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gst-h264-stap", "gst-h265-ap"})
  void videoWithInBandParameterSetsKeepsThemAndEverythingElse(String name) {
    Golden golden = Golden.load(name);
    RecordedOutput out = golden.feed().flush();

    assertThat(out.samples).hasSameSizeAs(golden.source());
    for (int i = 0; i < out.samples.size(); i++) {
      RecordedOutput.Sample got = out.samples.get(i);
      RecordedOutput.Sample source = golden.source().get(i);
      List<Bytes> nals = NalUnits.split(got.data().toByteArray());
      assertThat(got.keyFrame()).isEqualTo(source.keyFrame());
      assertThat(nals).containsAll(NalUnits.split(source.data().toByteArray()));
      boolean sets = nals.stream().anyMatch(nal -> isParameterSet(golden, nal));
      assertThat(sets).as("parameter sets in the first picture").isEqualTo(i == 0 || sets);
      assertThat(got.keyFrame() || !sets).as("and in key frames only").isTrue();
    }
    assertThat(times(out.samples)).isEqualTo(times(golden.source()));
    assertThat(out.order.toString()).startsWith("FK").doesNotContain("L");
    assertThat(out.formats).hasSize(1);
  }

  private static boolean isParameterSet(Golden golden, Bytes nal) {
    boolean h264 = Depacketizers.codecOf(golden.media()).orElseThrow() == Codec.H264;
    int type = h264 ? nal.at(0) & 0x1f : nal.at(0) >> 1 & 0x3f;
    return h264 ? type == 7 || type == 8 : type >= 32 && type <= 34;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffmpeg-h264-pyramid", "ffmpeg-h264-opengop", "ffmpeg-h264-slices"})
  void avcConfigIsTheOneOfLibavformat(String name) {
    Bytes config = Golden.load(name).feed().flush().formats.getFirst().config();
    assertThat(config).isEqualTo(Golden.config(name));
    assertThat(AvcConfig.decode(config).encode()).isEqualTo(config);
  }

  @Test
  void hevcConfigIsTheOneOfLibavformatButForSei() {
    Bytes config = Golden.load("ffmpeg-h265-cra").feed().flush().formats.getFirst().config();
    Bytes reference = Golden.config("ffmpeg-h265-cra");
    assertThat(config.asByteBuffer().limit(22)).isEqualTo(reference.asByteBuffer().limit(22));
    assertThat(HevcConfig.decode(config)).isEqualTo(HevcConfig.decode(reference));
    assertThat(HevcConfig.decode(config).encode()).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource({
    "ffmpeg-aac, mp4a.40.2, 1",
    "gst-aac-fragments, mp4a.40.2, 1",
    "ffmpeg-opus, opus, 2",
    "ffmpeg-pcma, alaw, 1",
  })
  void soundBecomesTheSourcesSamples(String name, String codec, int channels) {
    Golden golden = Golden.load(name);
    RecordedOutput out = golden.feed().flush();

    assertThat(out.losses).isEmpty();
    assertThat(out.formats).hasSize(1);
    TrackFormat.Audio format = (TrackFormat.Audio) out.formats.getFirst();
    assertThat(format.codecString()).isEqualTo(codec);
    assertThat(format.channels()).isEqualTo(channels);
    if (format.codec() == Codec.G711_ALAW) { // the payloader cut it anew
      assertThat(joined(out.data())).isEqualTo(joined(data(golden.source())));
    } else { // FFmpeg's payloader keeps the last frame of AAC, GStreamer both ends
      int first = data(golden.source()).indexOf(out.data().getFirst());
      List<RecordedOutput.Sample> sent = golden.source().subList(first, first + out.samples.size());
      assertThat(out.data()).isEqualTo(data(sent));
      assertThat(times(out.samples)).isEqualTo(times(sent));
      assertThat(out.samples).hasSizeGreaterThanOrEqualTo(golden.source().size() - 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffmpeg-jpeg", "gst-jpeg"})
  void jpegShowsTheSourcesPixels(String name) throws IOException {
    Golden golden = Golden.load(name);
    RecordedOutput out = golden.feed().flush();

    assertThat(out.losses).isEmpty();
    assertThat(out.order).hasToString("FKKKK");
    assertThat(times(out.samples)).isEqualTo(times(golden.source()));
    for (int i = 0; i < out.samples.size(); i++) {
      assertThat(pixels(out.samples.get(i).data()))
          .isEqualTo(pixels(golden.source().get(i).data()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ffmpeg-h264-pyramid", "ffmpeg-h264-slices", "ffmpeg-h265-cra", "ffmpeg-aac"})
  void ourPacketsOfTheSourceComeBackAsTheSource(String name) {
    Golden golden = Golden.load(name);
    TrackFormat format = golden.feed().flush().formats.getFirst();
    for (int mtu : new int[] {100, 333, 1_400}) {
      Packetizer packetizer = Packetizers.create(format, 96, 0xfffff00d, mtu);
      PacketFeed feed =
          new PacketFeed(Depacketizers.create(packetizer.describe("trackID=0")).orElseThrow());
      for (RecordedOutput.Sample sample : golden.source()) {
        packetizer.packetize(
            sample.pts() - 5_000,
            sample.data().toByteArray(),
            packet -> {
              assertThat(packet.remaining()).isLessThanOrEqualTo(mtu);
              feed.packet(packet);
            });
      }
      RecordedOutput out = feed.flush();
      assertThat(out.data()).isEqualTo(data(golden.source()));
      assertThat(relative(out.samples)).isEqualTo(relative(golden.source()));
      assertThat(out.formats).containsExactly(format);
      assertThat(out.losses).isEmpty();
    }
  }

  private static List<Bytes> data(List<RecordedOutput.Sample> samples) {
    return samples.stream().map(RecordedOutput.Sample::data).toList();
  }

  private static List<Integer> pixels(Bytes jpeg) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg.toByteArray()));
    List<Integer> pixels = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        pixels.add(image.getRGB(x, y));
      }
    }
    assertThat(pixels).hasSize(96 * 64);
    return pixels;
  }

  private static Bytes joined(List<Bytes> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(Bytes::size).sum());
    parts.forEach(part -> all.put(part.asByteBuffer()));
    return Bytes.copyOf(all.flip());
  }

  /** Times of presentation and decoding since the first presentation, and key flags. */
  private static List<String> relative(List<RecordedOutput.Sample> samples) {
    long origin = samples.getFirst().pts();
    return samples.stream()
        .map(s -> (s.pts() - origin) + "/" + (s.dts() - origin) + (s.keyFrame() ? " key" : ""))
        .toList();
  }

  private static List<Long> times(List<RecordedOutput.Sample> samples) {
    long origin = samples.getFirst().pts();
    return samples.stream().map(s -> s.pts() - origin).toList();
  }
}
