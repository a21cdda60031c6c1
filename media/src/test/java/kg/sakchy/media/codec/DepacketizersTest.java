package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.opus.OpusConfig;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepacketizersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m=video 0 RTP/AVP 96;a=rtpmap:96 H264/90000 | H264",
        "m=video 0 RTP/AVP 96;a=rtpmap:96 h264/90000 | H264",
        "m=video 0 RTP/AVP 98;a=rtpmap:98 H265/90000 | H265",
        "m=video 0 RTP/AVP 26 | MJPEG",
        "m=audio 0 RTP/AVP 0 | G711_ULAW",
        "m=audio 0 RTP/AVP 8;a=rtpmap:8 PCMA/8000/1 | G711_ALAW",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 mpeg4-generic/16000/1 | AAC",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 OPUS/48000/2 | OPUS",
        "m=application 0 RTP/AVP 107;a=rtpmap:107 vnd.onvif.metadata/90000 | ONVIF_METADATA",
      })
  void knowsTheCodecsOfCameras(String lines, Codec codec) {
    assertThat(Depacketizers.codecOf(media(lines))).contains(codec);
    assertThat(Depacketizers.create(media(lines))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=video 0 RTP/AVP 96",
        "m=video 0 RTP/AVP 96;a=rtpmap:96 VP8/90000",
        "m=video 0 RTP/AVP 33",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 G726-32/8000",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 MP4A-LATM/16000",
        "m=application 0 RTP/AVP 107;a=rtpmap:107 vnd.onvif.metadata.gzip/90000",
        "m=video 0 TCP 96;a=rtpmap:96 H264/90000",
      })
  void namesNoCodecForWhatItDoesNotKnow(String lines) {
    assertThat(Depacketizers.codecOf(media(lines))).isEmpty();
    assertThat(Depacketizers.create(media(lines))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=video 0 RTP/AVP 96;a=rtpmap:96 H264/8000",
        "m=video 0 RTP/AVP 98;a=rtpmap:98 H265/90000;a=fmtp:98 sprop-max-don-diff=2",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 mpeg4-generic/12345/1",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 mpeg4-generic/16000/1;a=fmtp:97 config=ffff",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 mpeg4-generic/16000/1;a=fmtp:97 sizelength=0",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 mpeg4-generic/16000/1;a=fmtp:97 indexlength=99",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 OPUS/8000/2",
        "m=audio 0 RTP/AVP 97;a=rtpmap:97 PCMU/2000000000",
      })
  void waysOfPackingThatItCannotReadAreUnsupported(String lines) {
    assertThat(Depacketizers.codecOf(media(lines))).isPresent();
    assertThat(Depacketizers.create(media(lines))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sprop-parameter-sets=!!!,aOvhksiw",
        "sprop-parameter-sets=",
        "sprop-parameter-sets=AAAAAQ==,Z2Q=",
        "packetization-mode=one",
      })
  void brokenParameterSetsInTheDescriptionWaitForThoseInBand(String fmtp) {
    MediaDescription media = media("m=video 0 RTP/AVP 96;a=rtpmap:96 H264/90000;a=fmtp:96 " + fmtp);
    PacketFeed feed = new PacketFeed(Depacketizers.create(media).orElseThrow());
    feed.payload(0, false, "6764000aacd94626c044000003000400000300c83c489658");
    feed.payload(0, false, "68ebe192c8b0");
    feed.payload(0, true, "6588aa");
    assertThat(feed.flush().order).hasToString("FK");
  }

  @Test
  void soundOfOnePacketASample() {
    TrackFormat.Audio law = new TrackFormat.Audio(Codec.G711_ULAW, 8_000, Bytes.EMPTY, 1, "ulaw");
    Bytes config = new OpusConfig(2).encode();
    TrackFormat.Audio opus = new TrackFormat.Audio(Codec.OPUS, 48_000, config, 2, "opus");
    for (TrackFormat format : List.of(law, opus)) {
      Packetizer packetizer = Packetizers.create(format, 97, 1, 400);
      PacketFeed feed =
          new PacketFeed(Depacketizers.create(packetizer.describe("a")).orElseThrow());
      packetizer.packetize(0, new byte[160], feed::packet);
      feed.payload(80, false, "");
      packetizer.packetize(160, new byte[160], packet -> {});
      packetizer.packetize(320, new byte[160], feed::packet);
      assertThat(feed.flush().formats).containsExactly(format);
      assertThat(feed.out.times()).containsExactly(0L, 320L);
    }
  }

  @Test
  void largeSoundIsCutWithItsTime() {
    TrackFormat.Audio law = new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 2, "alaw");
    Packetizer packetizer = Packetizers.create(law, 97, 1, 112);
    PacketFeed feed = new PacketFeed(Depacketizers.create(packetizer.describe("a")).orElseThrow());
    packetizer.packetize(1_000, new byte[250], feed::packet);
    assertThat(feed.flush().times()).containsExactly(1_000L, 1_050L, 1_100L);
    assertThat(feed.out.formats).containsExactly(law);
  }

  @Test
  void whatCannotBeSentIsRefused() {
    TrackFormat jpeg = new TrackFormat.Video(Codec.MJPEG, 90_000, Bytes.EMPTY, 8, 8, "mp4v.6C");
    assertThatThrownBy(() -> Packetizers.create(jpeg, 26, 1, 1_400))
        .isInstanceOf(VmsException.class);
    TrackFormat broken = new TrackFormat.Video(Codec.H264, 90_000, Bytes.EMPTY, 8, 8, "avc1");
    assertThatThrownBy(() -> Packetizers.create(broken, 96, 1, 1_400))
        .isInstanceOf(VmsException.class);
    Packetizer h264 =
        Packetizers.create(
            Golden.load("ffmpeg-h264-slices").feed().out.formats.getFirst(), 96, 1, 1_400);
    assertThatThrownBy(() -> h264.packetize(0, new byte[] {0, 0, 1, 0, 1}, packet -> {}))
        .isInstanceOf(VmsException.class);
  }

  /**
   * Golden packets left out, cut off, with changed bits; {@link RecordedOutput} checks the rest.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffmpeg-h264-pyramid",
        "ffmpeg-h264-opengop",
        "ffmpeg-h264-slices",
        "gst-h264-stap",
        "ffmpeg-h265-cra",
        "gst-h265-ap",
        "ffmpeg-aac",
        "gst-aac-fragments",
        "ffmpeg-opus",
        "ffmpeg-pcma",
        "ffmpeg-jpeg",
        "gst-jpeg",
      })
  void damagedStreamsKeepThePromisesOfTheInterface(String name) {
    Golden golden = Golden.load(name);
    Random random = new Random(name.hashCode());
    for (int round = 0; round < 300; round++) {
      PacketFeed feed = new PacketFeed(Depacketizers.create(golden.media()).orElseThrow());
      feed.packet(golden.packets().getFirst());
      int dropped = 0;
      int holes = 0;
      for (ByteBuffer packet : golden.packets().subList(1, golden.packets().size())) {
        if (random.nextInt(24) == 0) {
          dropped++;
        } else {
          holes += dropped;
          dropped = 0;
          feed.packet(random.nextInt(12) == 0 ? damaged(packet, random) : packet);
        }
      }
      assertThat(feed.flush().lostPackets).isGreaterThanOrEqualTo(holes);
    }
  }

  /** The packet with a payload cut off, or with a bit of it changed. */
  private static ByteBuffer damaged(ByteBuffer packet, Random random) {
    byte[] bytes = new byte[packet.remaining()];
    packet.duplicate().get(bytes);
    int at = RtpPacket.HEADER_BYTES + random.nextInt(bytes.length - RtpPacket.HEADER_BYTES);
    if (random.nextBoolean()) {
      return ByteBuffer.wrap(bytes, 0, at).slice();
    }
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return ByteBuffer.wrap(bytes);
  }

  private static MediaDescription media(String lines) {
    List<String> text = new ArrayList<>(List.of("v=0"));
    text.addAll(List.of(lines.split(";(?=[am]=)", -1)));
    return SessionDescription.parse(String.join("\r\n", text)).media().getFirst();
  }
}
