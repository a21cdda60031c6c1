package kg.sakchy.gateway;

import static kg.sakchy.gateway.camera.GatewayExtension.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.stream.Stream;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.gateway.camera.DialogueScript;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.ScriptedCamera;
import kg.sakchy.gateway.camera.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure has a cause, a kind and a sentence, and the stream tries again. */
class FailureTest {
  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.HASTY);

  static Stream<Arguments> failures() {
    GapCause camera = GapCause.CAMERA;
    String mpeg = "S: m=video 0 RTP/AVP 96\nS: a=rtpmap:96 MP4V-ES/90000\n";
    String noSets = "S: m=video 0 RTP/AVP 96\nS: a=control:video\nS: a=rtpmap:96 H264/90000\n";
    return Stream.of(
        failure(
            "path",
            Scripts.refusing("404 Not Found", ""),
            camera,
            ErrorKind.NOT_FOUND,
            "no stream at /cam"),
        failure(
            "busy",
            Scripts.refusing("453 Not Enough Bandwidth", ""),
            camera,
            ErrorKind.RESOURCE_EXHAUSTED,
            "no room for another viewer"),
        failure(
            "strange",
            Scripts.refusing("500 Internal Server Error", ""),
            camera,
            ErrorKind.UNAVAILABLE,
            "answered DESCRIBE with 500 Internal Server Error"),
        failure(
            "no credentials",
            Scripts.refusing("401 Unauthorized", "S: WWW-Authenticate: Basic realm=\"x\"\n"),
            camera,
            ErrorKind.UNAUTHENTICATED,
            "asks for user and password, and none are set"),
        failure(
            "no video",
            DialogueScript.parse(Scripts.described(Scripts.SOUND)),
            camera,
            ErrorKind.FAILED_PRECONDITION,
            "no video track"),
        failure(
            "no media",
            DialogueScript.parse(Scripts.described("")),
            camera,
            ErrorKind.FAILED_PRECONDITION,
            "no video track"),
        failure(
            "codec",
            DialogueScript.parse(Scripts.described(mpeg)),
            camera,
            ErrorKind.UNSUPPORTED,
            "video codec is not supported: MP4V-ES"),
        failure(
            "silent at once",
            DialogueScript.parse("!silent"),
            camera,
            ErrorKind.TIMEOUT,
            "did not answer OPTIONS within 0.8 s"),
        failure(
            "transport",
            DialogueScript.parse(
                Scripts.described(Scripts.VIDEO)
                    + "C: SETUP rtsp://127.0.0.1:{port}/cam/video RTSP/1.0\n"
                    + "S: RTSP/1.0 461 Unsupported Transport\nS: CSeq: {cseq}\n"),
            camera,
            ErrorKind.UNSUPPORTED,
            "does not send RTP over TCP"),
        failure(
            "other transport",
            DialogueScript.parse(
                Scripts.described(Scripts.VIDEO)
                    + Scripts.setUp("video", "")
                    + "S: Transport: RTP/AVP;unicast;client_port=1-2\n"),
            camera,
            ErrorKind.UNSUPPORTED,
            "answered SETUP for TCP with"),
        failure(
            "no packets",
            Scripts.playing("!serve"),
            camera,
            ErrorKind.TIMEOUT,
            "connected, but the camera sends no video"),
        failure(
            "sound only",
            Scripts.withSound("!sound 20\n!serve"),
            camera,
            ErrorKind.TIMEOUT,
            "sends no video, only other tracks"),
        failure(
            "no parameter sets",
            DialogueScript.parse(
                Scripts.described(noSets)
                    + Scripts.setUp("video", "")
                    + Scripts.play()
                    + "!outofband\n"
                    + "!drip 200\n"
                    + "!serve"),
            camera,
            ErrorKind.FAILED_PRECONDITION,
            "no key frame or no parameter sets"),
        failure(
            "stalled",
            Scripts.playing("!frames 15\n!serve"),
            camera,
            ErrorKind.TIMEOUT,
            "though the camera still answers"),
        failure(
            "half-open",
            Scripts.playing("!frames 15\n!silent"),
            GapCause.NETWORK,
            ErrorKind.TIMEOUT,
            "neither video nor an answer"),
        failure(
            "gone in mid-stream",
            Scripts.playing("!frames 15\n!close"),
            camera,
            ErrorKind.UNAVAILABLE,
            "the camera closed the connection"),
        failure(
            "farewell",
            Scripts.playing("!frames 15\n!bye\n!serve"),
            camera,
            ErrorKind.UNAVAILABLE,
            "the camera ended the stream"),
        failure(
            "a web server",
            DialogueScript.parse(
                """
                C: OPTIONS rtsp://127.0.0.1:{port}/cam RTSP/1.0
                S: HTTP/1.1 400 Bad Request (not RTSP/1.0 )
                """),
            camera,
            ErrorKind.UNSUPPORTED,
            "speaks HTTP, not RTSP"),
        failure(
            "endless garbage",
            Scripts.playing("!garbage 2000000\n!serve"),
            camera,
            ErrorKind.DATA_LOSS,
            "neither RTSP nor RTP"),
        failure(
            "oversized head",
            DialogueScript.parse(
                "C: OPTIONS rtsp://127.0.0.1:{port}/cam RTSP/1.0\nS: RTSP/1.0 200 OK\nS: X: "
                    + "x".repeat(20_000)),
            camera,
            ErrorKind.DATA_LOSS,
            "cannot be read"),
        failure(
            "oversized body",
            Scripts.refusing("200 OK", "S: Content-Length: 999999999\n"),
            camera,
            ErrorKind.DATA_LOSS,
            "cannot be read"),
        failure(
            "sent in circles",
            Scripts.refusing("302 Found", "S: Location: rtsp://127.0.0.1:{port}/cam\n"),
            camera,
            ErrorKind.FAILED_PRECONDITION,
            "from address to address"),
        failure(
            "sent to the web",
            Scripts.refusing("302 Found", "S: Location: http://127.0.0.1/cam\n"),
            camera,
            ErrorKind.UNSUPPORTED,
            "sends us to http://127.0.0.1/cam"));
  }

  private static Arguments failure(
      String name, DialogueScript script, GapCause cause, ErrorKind kind, String words) {
    return Arguments.of(name, script, cause, kind, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void isNamedAndTriedAgain(
      String name, DialogueScript script, GapCause cause, ErrorKind kind, String words)
      throws Exception {
    ScriptedCamera camera =
        it.camera(script, script, script, script, Scripts.playing("!frames 30"));

    EventRecorder recorder = it.listen(camera);

    Interruption interruption = recorder.awaitInterruption(words);
    assertThat(interruption.cause()).isEqualTo(cause);
    assertThat(interruption.kind()).isEqualTo(kind);
    recorder.await(AccessUnit.class, 1);
  }

  @Test
  void wrongHostIsTheNetworksFault() throws Exception {
    EventRecorder recorder = listen(source(URI.create("rtsp://no-such-host.invalid/cam")));

    Interruption interruption = recorder.await(Interruption.class, 2);
    assertThat(interruption.cause()).isEqualTo(GapCause.NETWORK);
    assertThat(interruption.message()).contains("no-such-host.invalid:554 is not known");
  }

  @Test
  void wrongPortIsTheNetworksFault() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    EventRecorder recorder = listen(source(URI.create("rtsp://127.0.0.1:" + port + "/cam")));

    Interruption interruption = recorder.await(Interruption.class, 2);
    assertThat(interruption.cause()).isEqualTo(GapCause.NETWORK);
    assertThat(interruption.message()).contains("refuses connections");
  }

  @Test
  void wrongPasswordIsTriedTwiceOnly() throws Exception {
    String refusal =
        """
        S: RTSP/1.0 401 Unauthorized
        S: CSeq: {cseq}
        S: WWW-Authenticate: Digest realm="x", nonce="1"
        """;
    String ask = "C: OPTIONS rtsp://127.0.0.1:{port}/cam RTSP/1.0\n";
    ScriptedCamera camera =
        it.camera(DialogueScript.parse(ask + refusal + ask + refusal + "!serve"));

    EventRecorder recorder = listen(source(camera.uri("/cam"), "admin", "wrong-and-secret"));

    Interruption second = recorder.await(Interruption.class, 2);
    assertThat(second.cause()).isEqualTo(GapCause.CAMERA);
    assertThat(second.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(second.message())
        .isEqualTo("the camera refused user and password")
        .doesNotContain("secret");
    assertThat(camera.connections()).isEqualTo(2);
    assertThat(camera.requests().stream().filter(line -> line.startsWith("Authorization")))
        .hasSize(2);
  }

  @Test
  void staleNonceIsNoRefusal() throws Exception {
    String ask = "C: OPTIONS rtsp://127.0.0.1:{port}/cam RTSP/1.0\n";
    String stale =
        """
        S: RTSP/1.0 401 Unauthorized
        S: CSeq: {cseq}
        S: WWW-Authenticate: Digest realm="x", nonce="%s", stale=%s
        """;
    ScriptedCamera camera =
        it.camera(
            DialogueScript.parse(
                ask
                    + stale.formatted("1", "false")
                    + ask
                    + stale.formatted("2", "true")
                    + Scripts.described(Scripts.VIDEO)
                    + Scripts.setUp("video", "")
                    + Scripts.play()
                    + "!frames 30\n!serve"));

    EventRecorder recorder = listen(source(camera.uri("/cam"), "admin", "right"));

    recorder.await(AccessUnit.class, 1);
    assertThat(recorder.all(Interruption.class)).isEmpty();
    assertThat(camera.complaints()).isEmpty();
  }

  @Test
  void redirectIsFollowedWithoutTheCredentialsOfAnotherHost() throws Exception {
    ScriptedCamera camera =
        it.camera(
            DialogueScript.parse(
                """
                C: OPTIONS rtsp://localhost:{port}/cam RTSP/1.0
                S: RTSP/1.0 302 Found
                S: CSeq: {cseq}
                S: Location: rtsp://127.0.0.1:{port}/cam
                """),
            Scripts.playing("!frames 30\n!serve"));

    EventRecorder recorder =
        listen(source(URI.create("rtsp://localhost:" + camera.port() + "/cam"), "admin", "secret"));

    recorder.await(AccessUnit.class, 1);
    assertThat(camera.complaints()).isEmpty();
    assertThat(camera.requests()).noneMatch(line -> line.startsWith("Authorization"));
  }

  private EventRecorder listen(StreamSource source) {
    EventRecorder recorder = new EventRecorder();
    LiveStream stream = it.gateway().open(GatewayExtension.ID, source);
    stream.subscribe(recorder);
    return recorder;
  }
}
