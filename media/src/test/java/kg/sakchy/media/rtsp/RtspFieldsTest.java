package kg.sakchy.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspFieldsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTP/AVP/TCP;unicast;interleaved=0-1",
        "RTP/AVP;unicast;client_port=4588-4589;server_port=6256-6257;source=192.0.2.1;ssrc=0000A1B2",
        "RTP/AVP;multicast",
      })
  void transportsRoundTrip(String value) {
    assertThat(TransportHeader.parse(value).format()).isEqualTo(value);
  }

  @Test
  void transportsAsCamerasWriteThem() {
    TransportHeader sloppy =
        TransportHeader.parse(" rtp/avp/udp ; unicast; Client_Port = 5000;ssrc=zz;mode=\"PLAY\"");
    assertThat(sloppy.tcp()).isFalse();
    assertThat(sloppy.clientPort()).isEqualTo(new PortPair(5000, 5001));
    assertThat(sloppy.ssrc()).isNull();
    assertThat(
            TransportHeader.parseAll(
                "RTP/SAVP;unicast,RTP/AVP;client_port=1-2,RTP/AVP/TCP;interleaved=4-5"))
        .extracting(TransportHeader::tcp)
        .containsExactly(false, true);
    assertThat(TransportHeader.parse("RTP/AVP;client_port=70000-70001").clientPort()).isNull();
    assertThatThrownBy(() -> TransportHeader.parse("RAW/RAW/UDP;unicast"))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }

  @ParameterizedTest
  @CsvSource({
    "12345678, 12345678, 60",
    "ab-c$1;timeout=15, ab-c$1, 15",
    "'  ab ; foo ; Timeout = 90 ', ab, 90",
    "x;timeout=0, x, 60",
    "x;timeout=-5, x, 60",
    "x;timeout=99999999999, x, 60",
  })
  void sessions(String value, String id, int seconds) {
    assertThat(SessionHeader.parse(value))
        .contains(new SessionHeader(id, Duration.ofSeconds(seconds)));
  }

  @Test
  void aSessionWithoutAnIdIsNone() {
    assertThat(SessionHeader.parse(";timeout=60")).isEmpty();
    assertThat(new SessionHeader("a", Duration.ofSeconds(30)).format()).isEqualTo("a;timeout=30");
  }

  @Test
  void rtpInfo() {
    String value = "url=rtsp://h/a?x=1,2;y=3;seq=9;rtptime=4294967295,url=track2;seq=1";
    RtpInfo info = RtpInfo.parse(value);
    assertThat(info.tracks())
        .containsExactly(
            new RtpInfo.Track(
                "rtsp://h/a?x=1,2;y=3", OptionalInt.of(9), OptionalLong.of(4_294_967_295L)),
            new RtpInfo.Track("track2", OptionalInt.of(1), OptionalLong.empty()));
    assertThat(info.format()).isEqualTo(value);
    assertThat(RtpInfo.parse("seq=1,nothing").tracks()).isEmpty();
    assertThat(RtpInfo.parse("url=a; seq=x;rtptime=-1").tracks())
        .containsExactly(new RtpInfo.Track("a", OptionalInt.empty(), OptionalLong.empty()));
  }

  @Test
  void headersKeepOrderAndIgnoreCase() {
    RtspHeaders headers =
        new RtspHeaders().add("CSeq", "1").add("X-A", "1").add("x-a", "2").set("cseq", "3");
    assertThat(headers.all("X-a")).containsExactly("1", "2");
    assertThat(headers.cseq()).isEqualTo(3);
    assertThat(headers.get("none")).isNull();
    assertThat(new RtspHeaders().add("CSeq", "12345678901").cseq()).isEqualTo(-1);
    assertThatThrownBy(() -> headers.add("X", "a\r\nY: b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headersDoNotPrintCredentials() {
    assertThat(new RtspHeaders().add("authorization", "Basic c2VjcmV0"))
        .hasToString("authorization: ***; ");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.1/live/, , rtsp://h:8554/live/",
    ", rtsp://10.0.0.1:99/live?x=1, rtsp://h:8554/live?x=1",
    "live/, , rtsp://h:8554/cam",
    "rtsp://bad host/, , rtsp://h:8554/cam",
    ", , rtsp://h:8554/cam",
  })
  void theBaseOfADescription(String contentBase, String contentLocation, String expected) {
    RtspHeaders headers = new RtspHeaders();
    if (contentBase != null) {
      headers.add("Content-Base", contentBase);
    }
    if (contentLocation != null) {
      headers.add("Content-Location", contentLocation);
    }
    assertThat(new RtspResponse(200, headers).baseUri(URI.create("rtsp://h:8554/cam")))
        .isEqualTo(URI.create(expected));
  }

  @Test
  void writesWhatTheParserReads() {
    RtspHeaders headers = new RtspHeaders().add("CSeq", "1").add("Content-Length", "99");
    RtspRequest request = new RtspRequest("ANNOUNCE", "rtsp://h/", headers, new byte[] {1, 2});
    RecordingSink sink = new RecordingSink();
    new RtspStreamParser(RtspLimits.DEFAULTS)
        .feed(ByteBuffer.wrap(RtspWriter.encode(request)), sink);
    assertThat(sink.messages).hasSize(1);
    assertThat(sink.messages.getFirst().body()).containsExactly(1, 2);
    assertThat(sink.messages.getFirst().headers().all("content-length")).isEqualTo(List.of("2"));
  }
}
