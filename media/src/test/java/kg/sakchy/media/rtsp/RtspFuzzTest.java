package kg.sakchy.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import kg.sakchy.core.auth.BasicVerifier;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.Mutations;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends, the parsers answer with values or a VmsException and account for it. */
class RtspFuzzTest {
  private static final RtspLimits LIMITS = new RtspLimits(256, 1_024, 512, 4_096);

  @FuzzTest
  void stream(byte[] data) {
    RecordingSink whole = new RecordingSink();
    RecordingSink pieces = new RecordingSink();
    feed(data, data.length, whole);
    feed(data, 1 + data.length % 7, pieces);
  }

  private static void feed(byte[] data, int step, RecordingSink sink) {
    RtspStreamParser parser = new RtspStreamParser(LIMITS);
    parser.expectChannels(4);
    try {
      for (int from = 0; from < data.length; from += step) {
        ByteBuffer in = ByteBuffer.wrap(data, from, Math.min(step, data.length - from));
        parser.feed(in, sink);
        assertThat(in.hasRemaining()).isFalse();
      }
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
    long bytes = sink.garbageBytes;
    for (String item : sink.items) {
      bytes += item.startsWith("frame") ? (item.length() - "frame 0 ".length()) / 2 : 1;
    }
    assertThat(bytes).isLessThanOrEqualTo(data.length);
    for (RtspMessage message : sink.messages) {
      if (message instanceof RtspResponse response) {
        response.baseUri(URI.create("rtsp://192.0.2.1/a"));
      }
    }
  }

  @FuzzTest
  void fields(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8).replaceAll("[\r\n]", " ");
    for (TransportHeader transport : TransportHeader.parseAll(text)) {
      assertThat(TransportHeader.parse(transport.format())).isEqualTo(transport);
    }
    SessionHeader.parse(text)
        .ifPresent(s -> assertThat(SessionHeader.parse(s.format())).contains(s));
    RtpInfo.parse(text);
    HttpAuthenticator authenticator = new HttpAuthenticator(new Credentials("user", "password"));
    boolean again = authenticator.challenge(List.of(text));
    assertThat(authenticator.authorization("PLAY", "rtsp://h/") != null).isEqualTo(again);
    new BasicVerifier(new Credentials("user", "password"), "x").verify(text);
  }

  @FuzzTest
  void description(byte[] data) {
    try {
      SessionDescription description =
          SessionDescription.parse(new String(data, StandardCharsets.UTF_8));
      for (MediaDescription media : description.media()) {
        media.rtpmap();
        media.fmtp();
        description.controlUri(URI.create("rtsp://192.0.2.1/a?b=c"), media);
      }
      assertThat(SessionDescription.parse(description.format()).media())
          .hasSameSizeAs(description.media());
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  /** An address in the first line, then fields of a PLAY. */
  @FuzzTest
  void play(byte[] data) {
    List<String> lines = new String(data, StandardCharsets.UTF_8).lines().toList();
    RtspHeaders headers = new RtspHeaders();
    for (int i = 1; i < lines.size(); i++) {
      String[] field = lines.get(i).replaceAll("[\r\n]", " ").split(":", 2);
      if (field.length == 2) {
        headers.add(field[0], field[1]);
      }
    }
    if (!lines.isEmpty()) {
      RequestTarget target = RequestTarget.parse(lines.getFirst());
      assertThat(target.track()).isBetween(-1, 99);
      assertThat(RequestTarget.parse(target.base()).path()).isEqualTo(target.path());
    }
    try {
      PlayFields fields = PlayFields.of(headers);
      assertThat(Math.abs(fields.scale())).isBetween(0.001, 1_000.0);
      if (fields.clock() != null) {
        ClockRange toTheMillisecond =
            new ClockRange(fields.clock().start().truncatedTo(ChronoUnit.MILLIS), null);
        assertThat(ClockRange.parse(toTheMillisecond.format())).contains(toTheMillisecond);
      }
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  @Test
  void playsThatWereOnceGood() {
    Mutations.of(RtspFuzzTest.class, "play").forEach(5_000, this::play);
  }

  @Test
  void streamsThatWereOnceGood() {
    Mutations.of(RtspFuzzTest.class, "stream").forEach(5_000, this::stream);
  }

  @Test
  void fieldsThatWereOnceGood() {
    Mutations.of(RtspFuzzTest.class, "fields").forEach(5_000, this::fields);
  }

  @Test
  void descriptionsThatWereOnceGood() {
    Mutations.of(RtspFuzzTest.class, "description").forEach(5_000, this::description);
  }
}
