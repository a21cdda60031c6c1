package kg.sakchy.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dialogues with cameras in {@code golden/rtsp}: what the client says there ({@code C:}) is what
 * our parts must come to by themselves from what the camera said before ({@code S:}). The hashes in
 * the files were computed by another program.
 */
class RtspDialogueTest {
  private static final Pattern USER = Pattern.compile("# user (\\S+) password (\\S+)");
  private static final Pattern CLIENT_NONCE = Pattern.compile("cnonce=\"([^\"]+)\"");

  @ParameterizedTest
  @CsvSource({
    "hikvision-h264-aac, 2, 60, H264 mpeg4-generic",
    "dahua-h265-g711, 2, 60, H265 PCMA",
    "axis-h264-metadata, 2, 60, H264 vnd.onvif.metadata",
    "hanwha-h265-sha256, 2, 60, H265 PCMU",
    "uniview-basic, 2, 90, H264 vnd.onvif.metadata",
    "live555-board, 2, 65, H264 JPEG",
  })
  void ourClientSaysWhatTheCameraUnderstands(
      String name, int tracks, int timeoutSeconds, String encodings) throws IOException {
    Dialogue dialogue = new Dialogue(lines(name));
    dialogue.play();
    assertThat(dialogue.tracksSetUp).isEqualTo(tracks);
    assertThat(dialogue.timeout).isEqualTo(Duration.ofSeconds(timeoutSeconds));
    assertThat(dialogue.encodings).containsExactly(encodings.split(" ", -1));
    assertThat(dialogue.played).isTrue();
  }

  private static List<String> lines(String name) throws IOException {
    String path = "/golden/rtsp/" + name + ".txt";
    try (InputStream in = RtspDialogueTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Plays one file. */
  private static final class Dialogue {
    private final List<String> lines;
    private final HttpAuthenticator authenticator;
    private final RtspStreamParser fromCamera = new RtspStreamParser(RtspLimits.DEFAULTS);
    private String clientNonce = "";
    private SessionDescription description = SessionDescription.parse("");
    private URI base = URI.create("rtsp://nowhere/");
    private @Nullable String session;
    private RtspRequest request = new RtspRequest("NONE", "*", new RtspHeaders());
    private int tracksSetUp;
    private @Nullable Duration timeout;
    private final List<String> encodings = new ArrayList<>();
    private boolean played;

    Dialogue(List<String> lines) {
      this.lines = lines;
      Matcher user =
          USER.matcher(
              lines.stream().filter(line -> line.startsWith("# user")).findFirst().orElseThrow());
      assertThat(user.matches()).isTrue();
      authenticator =
          new HttpAuthenticator(new Credentials(user.group(1), user.group(2)), () -> clientNonce);
    }

    void play() {
      StringBuilder block = new StringBuilder();
      char side = 0;
      for (String line : lines) {
        boolean spoken = line.startsWith("C:") || line.startsWith("S:");
        if (spoken && side != line.charAt(0) && !block.isEmpty()) {
          said(side, block.toString());
          block.setLength(0);
        }
        if (spoken) {
          side = line.charAt(0);
          block.append(line.length() > 3 ? line.substring(3) : "").append("\r\n");
        }
      }
      said(side, block.toString());
    }

    private void said(char side, String block) {
      RecordingSink sink = new RecordingSink();
      RtspStreamParser parser =
          side == 'S' ? fromCamera : new RtspStreamParser(RtspLimits.DEFAULTS);
      for (byte b : block.getBytes(StandardCharsets.UTF_8)) {
        parser.feed(ByteBuffer.wrap(new byte[] {b}), sink);
      }
      assertThat(sink.garbageBytes).as(block).isZero();
      assertThat(sink.messages).as(block).hasSize(1);
      switch (sink.messages.getFirst()) {
        case RtspRequest said -> clientSays(said);
        case RtspResponse said -> cameraSays(said);
      }
    }

    private void clientSays(RtspRequest said) {
      request = said;
      String authorization = said.headers().get("Authorization");
      Matcher nonce = CLIENT_NONCE.matcher(authorization == null ? "" : authorization);
      clientNonce = nonce.find() ? nonce.group(1) : "";
      assertThat(authenticator.authorization(said.method(), said.uri())).isEqualTo(authorization);
      assertThat(said.headers().get("Session")).isEqualTo(session);
      if (said.method().equals("SETUP")) {
        MediaDescription track = description.media().get(tracksSetUp);
        assertThat(said.uri()).isEqualTo(description.controlUri(base, track).toString());
        encodings.add(track.rtpmap().orElseThrow().encoding());
      } else if (said.method().equals("PLAY")) {
        assertThat(said.uri()).isEqualTo(description.aggregateUri(base).toString());
      }
    }

    private void cameraSays(RtspResponse said) {
      assertThat(said.headers().cseq()).isEqualTo(request.headers().cseq());
      if (said.status() == RtspStatus.UNAUTHORIZED) {
        assertThat(authenticator.challenge(said.headers().all("WWW-Authenticate"))).isTrue();
        return;
      }
      authenticator.accepted();
      assertThat(said.status()).isEqualTo(RtspStatus.OK);
      switch (request.method()) {
        case "DESCRIBE" -> {
          description = SessionDescription.parse(said.text());
          base = said.baseUri(URI.create(request.uri()));
        }
        case "SETUP" -> setUp(said);
        case "PLAY" -> {
          RtpInfo info = RtpInfo.parse(said.headers().require("RTP-Info"));
          assertThat(info.tracks()).isNotEmpty().allMatch(t -> t.sequence().isPresent());
          played = true;
        }
        default -> assertThat(request.method()).isEqualTo("OPTIONS");
      }
    }

    private void setUp(RtspResponse said) {
      TransportHeader transport = TransportHeader.parse(said.headers().require("Transport"));
      assertThat(transport.tcp()).isTrue();
      assertThat(transport.interleaved())
          .isEqualTo(new PortPair(2 * tracksSetUp, 2 * tracksSetUp + 1));
      SessionHeader header = SessionHeader.parse(said.headers().require("Session")).orElseThrow();
      session = header.id();
      timeout = header.timeout();
      tracksSetUp++;
    }
  }
}
