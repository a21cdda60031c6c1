package kg.sakchy.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDescriptionTest {
  @Test
  void readsSectionsAndTheirAttributes() {
    SessionDescription description =
        SessionDescription.parse(
            """
            junk before the first line
            v=0
            o=- 1 2 IN IP4 192.0.2.1
            s=Session
            c=IN IP4 0.0.0.0
            a=control:*
            m=VIDEO 0 RTP/AVP 96 97 MP4V
            a=rtpmap:97 H265/90000
            a=rtpmap:96 H264/90000
            a=fmtp:96 Packetization-Mode=1; sprop-parameter-sets=Z00A==,aO4=; broken ;;
            a=recvonly
            a = odd
            m=audio 49170/2 RTP/AVP 0
            c=IN IP4 192.0.2.7
            m=audio
            a=rtpmap:0 L16/8000
            """);
    assertThat(description.origin()).isEqualTo("- 1 2 IN IP4 192.0.2.1");
    assertThat(description.connection()).isEqualTo("IN IP4 0.0.0.0");
    assertThat(description.attribute("CONTROL")).isEqualTo("*");
    assertThat(description.media()).hasSize(3);

    MediaDescription video = description.media().getFirst();
    assertThat(video.type()).isEqualTo("video");
    assertThat(video.payloadTypes()).containsExactly(96, 97);
    assertThat(video.rtpmap()).contains(new RtpMap(96, "H264", 90_000, 1));
    assertThat(video.rtpmap(97)).contains(new RtpMap(97, "H265", 90_000, 1));
    assertThat(video.fmtp())
        .isEqualTo(
            Map.of("packetization-mode", "1", "sprop-parameter-sets", "Z00A==,aO4=", "broken", ""));
    assertThat(video.attribute("recvonly")).isEmpty();
    assertThat(video.control()).isNull();
    assertThat(video.isRtp()).isTrue();

    MediaDescription audio = description.media().get(1);
    assertThat(audio.port()).isEqualTo(49_170);
    assertThat(audio.connection()).isEqualTo("IN IP4 192.0.2.7");
    assertThat(audio.rtpmap()).contains(new RtpMap(0, "PCMU", 8_000, 1));
    assertThat(description.media().get(2).isRtp()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "96 H264/90000, 96, H264, 90000, 1",
    "97 MPEG4-GENERIC/48000/2, 97, MPEG4-GENERIC, 48000, 2",
    "'111  opus/48000/2 ', 111, opus, 48000, 2",
    "0 PCMU/8000/0, 0, PCMU, 8000, 1",
  })
  void rtpmaps(String value, int payloadType, String encoding, int clockRate, int channels) {
    assertThat(RtpMap.parse(value))
        .contains(new RtpMap(payloadType, encoding, clockRate, channels));
  }

  @ParameterizedTest
  @CsvSource({
    "96",
    "96 H264",
    "128 H264/90000",
    "x H264/90000",
    "96 H264/0",
    "96 H264/99999999999",
    "96 /90000"
  })
  void malformedRtpmaps(String value) {
    assertThat(RtpMap.parse(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://h/a, , trackID=1, rtsp://h/a/trackID=1",
    "rtsp://h/a/, , trackID=1, rtsp://h/a/trackID=1",
    "rtsp://h/a?b=c, , trackID=1, rtsp://h/a?b=c/trackID=1",
    "rtsp://h/a?b=c, *, *, rtsp://h/a?b=c",
    "rtsp://h/a, , , rtsp://h/a",
    "rtsp://h/a, , ?ctype=video, rtsp://h/a?ctype=video",
    "rtsp://h/a, , /b/track1, rtsp://h/b/track1",
    "rtsp://h:8554/a, , rtsp://10.0.0.1/a/t1?x=y, rtsp://h:8554/a/t1?x=y",
    "rtsps://h/a, , RTSP://10.0.0.1:99/t1, rtsps://h/t1",
    "rtsp://h/a, rtsp://10.0.0.1/agg/, t1, rtsp://h/agg/t1",
    "rtsp://h/a, , track 1{x}, rtsp://h/a/track%201%7Bx%7D",
    "rtsp://h/a, , t%201%zz, rtsp://h/a/t%201%25zz",
    "rtsp://[2001:db8::1]:554/a, , t1, rtsp://[2001:db8::1]:554/a/t1",
  })
  void controls(String base, String sessionControl, String trackControl, String expected) {
    List<SdpAttribute> session =
        sessionControl == null ? List.of() : List.of(new SdpAttribute("control", sessionControl));
    List<SdpAttribute> track =
        trackControl == null ? List.of() : List.of(new SdpAttribute("control", trackControl));
    MediaDescription media = new MediaDescription("video", 0, "RTP/AVP", List.of(96), null, track);
    SessionDescription description = new SessionDescription("", "", null, session, List.of(media));
    assertThat(description.controlUri(URI.create(base), media)).hasToString(expected);
  }

  @Test
  void formatsWhatItReads() {
    SessionDescription description =
        new SessionDescription(
            "- 1 1 IN IP4 127.0.0.1",
            "Sakchy",
            "IN IP4 0.0.0.0",
            List.of(new SdpAttribute("control", "*"), new SdpAttribute("recvonly", "")),
            List.of(
                MediaDescription.ofTrack(
                    "video", new RtpMap(96, "H264", 90_000, 1), "packetization-mode=1", "t0"),
                MediaDescription.ofTrack("audio", new RtpMap(97, "OPUS", 48_000, 2), "", "t1")));
    assertThat(SessionDescription.parse(description.format())).isEqualTo(description);
  }

  @Test
  void sizesAreLimited() {
    refused("a=x\n".repeat(SessionDescription.MAX_CHARS / 4 + 1));
    refused("a=x\n".repeat(SessionDescription.MAX_ENTRIES + 1));
    refused("m=video 0 RTP/AVP 96\n".repeat(SessionDescription.MAX_ENTRIES + 2));
    refused("m=video 0 RTP/AVP 96\n" + "a=x\n".repeat(SessionDescription.MAX_ENTRIES + 1));
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> SessionDescription.parse(text))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }
}
