package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.server.session.ServerLimits;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.ClockRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are broken, greedy or hostile. */
class BadClientTest {
  private static final ServerLimits HASTY =
      new ServerLimits(
          20,
          15,
          2,
          1,
          Duration.ofMillis(800),
          Duration.ofMillis(800),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofMillis(500));

  @RegisterExtension final ServerExtension it = new ServerExtension();

  private RtspServer hasty() {
    return it.start(HASTY, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST / HTTP/1.1\r\n"
            + "Content-Length: 70\r\n\r\n"
            + "DESCRIBE rtsp://h/gate RTSP/1.0\r\n"
            + "CSeq: 1\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001",
        "DESCRIBE rtsp://h/gate RTSP/1.0\r\nContent-Length: 99999999\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n",
        "hello\r\n\r\n"
      })
  void whatIsNoRtspEndsTheConnection(String bytes) throws Exception {
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      viewer.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
      viewer.awaitClosed();
    }
    assertThat(it.metric("sakchy.rtsp.requests.malformed")).isEqualTo(1);
  }

  @Test
  void headersWithoutAnEndEndTheConnection() throws Exception {
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      viewer.sendRaw("OPTIONS * RTSP/1.0\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] header = ("X-" + "y".repeat(90) + ": z\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < 1_000; i++) {
          viewer.sendRaw(header);
        }
      } catch (SocketException closed) {
        return;
      }
      viewer.awaitClosed();
    }
  }

  @Test
  void requestsThatAreWrongAreAnswered() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      String uri = viewer.base();
      RtspViewer.expect(501, viewer.request("ANNOUNCE", uri));
      RtspViewer.expect(501, viewer.request("RECORD", uri));
      RtspViewer.expect(551, viewer.request("DESCRIBE", uri, "Require", "magic"));
      RtspViewer.expect(406, viewer.request("DESCRIBE", uri, "Accept", "text/html"));
      RtspViewer.expect(404, viewer.request("DESCRIBE", it.address("nobody/main")));
      RtspViewer.expect(404, viewer.request("DESCRIBE", it.address("gate/other")));
      RtspViewer.expect(404, viewer.request("DESCRIBE", it.address("..%2f../a/b/c")));
      RtspViewer.expect(404, viewer.request("DESCRIBE", it.address("")));
      RtspViewer.expect(454, viewer.request("PLAY", uri));
      RtspViewer.expect(454, viewer.request("PLAY", uri, "Session", "0"));
      RtspViewer.expect(454, viewer.request("TEARDOWN", uri));
      RtspViewer.expect(459, viewer.request("SETUP", uri, "Transport", "RTP/AVP/TCP"));
      RtspViewer.expect(404, viewer.request("SETUP", uri + "/track9", "Transport", "RTP/AVP/TCP"));
      for (String transport :
          new String[] {
            "RTP/AVP;multicast",
            "RTP/AVP/TCP;interleaved=300-301",
            "RTP/AVP/TCP;interleaved=4-4",
            "RTP/AVP;unicast",
            "RTP/AVP;unicast;client_port=0-0",
            "RAW/RAW/UDP",
            ""
          }) {
        RtspViewer.expect(461, viewer.request("SETUP", uri + "/track0", "Transport", transport));
      }
      RtspViewer.expect(461, viewer.request("SETUP", uri + "/track0"));
      viewer.setUpTrack(0, "RTP/AVP/TCP;unicast;interleaved=0-1");
      RtspViewer.expect(
          461,
          viewer.request("SETUP", uri + "/track1", "Transport", "RTP/AVP/TCP;interleaved=1-2"));
      RtspViewer.expect(
          461, viewer.request("SETUP", uri + "/track1", "Transport", "RTP/AVP;client_port=5000"));
      RtspViewer.expect(200, viewer.play());
      viewer.packet(0);
    }
  }

  @Test
  void malformedReportsHarmNobody() throws Exception {
    it.camera("gate");
    it.start();
    Random random = new Random(11);
    try (RtspViewer viewer = it.viewer("gate/main").setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      for (int i = 0; i < 500; i++) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        if (bytes.length > 2) {
          bytes[0] = (byte) (0x80 | random.nextInt(32));
          bytes[1] = (byte) (200 + random.nextInt(8));
        }
        viewer.sendFrame(random.nextInt(4), ByteBuffer.wrap(bytes));
      }
      RtspViewer.expect(200, viewer.request("GET_PARAMETER", viewer.base()));
      viewer.packet(0);
    }
  }

  @Test
  void randomRequestsAreAnsweredOrEndTheConnection() throws Exception {
    it.camera("gate");
    it.start();
    Random random = new Random(5);
    String[] words = {
      "DESCRIBE",
      "SETUP",
      "PLAY",
      "PAUSE",
      "Session",
      "Transport",
      "RTP/AVP/TCP",
      "interleaved=0-1",
      "Range",
      "clock=20260301T120000Z-",
      "Scale",
      "-1",
      "rtsp://h/gate/main/track0",
      "*",
      ":",
      ";",
      " ",
      "\r\n",
      "\r\n\r\n",
      "RTSP/1.0",
      "CSeq",
      "1",
      "Content-Length",
      "$",
      "\u0000",
      "Require"
    };
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append(words[random.nextInt(words.length)]);
      }
      try (RtspViewer viewer = it.viewer("gate/main")) {
        viewer.sendRaw(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        viewer.send("OPTIONS", "*");
        viewer.response();
      } catch (RtspViewer.EndOfConnection | SocketException closed) {
        // as good as an answer
      }
    }
    try (RtspViewer viewer = it.viewer("gate/main").setUp(2)) {
      RtspViewer.expect(200, viewer.play());
    }
  }

  @Test
  void aReaderThatDoesNotReadIsCutThenClosedAndRecordingGoesOn() throws Exception {
    it.camera("gate", new LargeScene());
    hasty();
    EventRecorder recorded = new EventRecorder();
    it.stream("gate").subscribe(recorded);
    try (RtspViewer sleeper = new RtspViewer(it.address("gate/main"), 8 << 10).setUp(1);
        RtspViewer reader = it.viewer("gate/main").setUp(1)) {
      RtspViewer.expect(200, sleeper.play());
      RtspViewer.expect(200, reader.play());
      Thread reading = Thread.ofVirtual().start(() -> readAll(reader));
      Eventually.holds("it is cut", () -> it.metric("sakchy.rtsp.cuts") >= 1);
      Eventually.holds("it is closed", () -> it.metric("sakchy.rtsp.stuck") == 1);
      assertThat(reading.isAlive()).isTrue();
      Eventually.holds("one is left", () -> it.metric("sakchy.rtsp.readers") == 1);
    }
    assertThat(recorded.all(Interruption.class)).isEmpty();
    assertThat(recorded.all(PacketLoss.class)).isEmpty();
    List<AccessUnit> units = recorded.all(AccessUnit.class);
    for (int i = 1; i < units.size(); i++) {
      assertThat(units.get(i).dts() - units.get(i - 1).dts()).isEqualTo(3_600);
    }
  }

  private static void readAll(RtspViewer reader) {
    try {
      while (true) {
        reader.frame();
      }
    } catch (IOException e) {
      // closed at the end of the test
    }
  }

  @Test
  void aSlowReaderGoesOnWithAKeyFrame() throws Exception {
    it.camera("gate", new LargeScene());
    it.start();
    try (RtspViewer viewer = new RtspViewer(it.address("gate/main"), 8 << 10).setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      viewer.packet(0);
      Eventually.holds("it is cut", () -> it.metric("sakchy.rtsp.cuts") == 1);
      RtpPacket packet = viewer.packet(0);
      int sequence = packet.sequence();
      int step = 1;
      while (step == 1) {
        packet = viewer.packet(0);
        step = (packet.sequence() - sequence) & 0xffff;
        sequence = packet.sequence();
      }
      assertThat(packet.payload().get(1)).isEqualTo((byte) 0x85); // begins a key frame
    }
  }

  @Test
  void anArchiveReaderThatStopsReadingIsGivenUp() throws Exception {
    StreamId stream = StreamId.main(new CameraId("gate"));
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    for (int i = 0; i < 200; i++) {
      RecordedClip.H264.record(it.archive(), stream, start.plusSeconds(6L * i), 6);
    }
    hasty();
    String range = new ClockRange(start, start.plusSeconds(1_200)).format();
    try (RtspViewer viewer = new RtspViewer(it.address("gate/main"), 8 << 10).setUp(2);
        RtspViewer other = it.viewer("gate/main").setUp(2)) {
      RtspViewer.expect(200, viewer.play("Range", range, "Rate-Control", "no"));
      RtspViewer.expect(453, other.play("Range", range)); // one may play
      Eventually.holds("it is given up", () -> it.metric("sakchy.rtsp.stuck") == 1);
    }
    Eventually.holds("nobody plays", () -> it.metric("sakchy.rtsp.playbacks") == 0);
  }

  @Test
  void manySocketsAreTurnedAwayAndIdleOnesClosed() throws Exception {
    it.camera("gate");
    RtspServer server = hasty();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        sockets.add(socket);
      }
      Eventually.holds("the others are turned away", () -> refused("address") == 285);
      assertThat(it.metric("sakchy.rtsp.connections")).isLessThanOrEqualTo(15);
      Eventually.holds("the idle are closed", () -> it.metric("sakchy.rtsp.connections") == 0);
      try (RtspViewer viewer = it.viewer("gate/main").setUp(1)) {
        RtspViewer.expect(200, viewer.play());
        viewer.packet(0);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** A request that comes byte by byte and never ends holds no place for longer than silence. */
  @Test
  void whoSendsByteByByteIsClosedAsWhoIsSilent() throws Exception {
    RtspServer server = hasty();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      byte[] request =
          ("OPTIONS * RTSP/1.0\r\nX: " + "x".repeat(4_000)).getBytes(StandardCharsets.US_ASCII);
      Thread dripping =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (byte one : request) {
                        socket.getOutputStream().write(one);
                        LockSupport.parkNanos(10_000_000);
                      }
                    } catch (IOException closed) {
                      return;
                    }
                  });
      socket.setSoTimeout(30_000);
      assertThat(end(socket)).isTrue();
      dripping.join();
    }
    Eventually.holds("its place is free", () -> it.metric("sakchy.rtsp.connections") == 0);
  }

  /** Whether the server ends the connection, by a farewell or a reset. */
  private static boolean end(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  private double refused(String reason) {
    return it.metric("sakchy.rtsp.refused", "reason", reason);
  }

  @Test
  void sessionsThatDoNothingEnd() throws Exception {
    it.camera("gate");
    hasty();
    try (RtspViewer viewer = it.viewer("gate/main").setUp(1)) {
      viewer.awaitClosed();
    }
    try (RtspViewer viewer = it.viewer("gate/main")) {
      viewer.setUpTrack(0, "RTP/AVP;unicast;client_port=9");
      RtspViewer.expect(200, viewer.play());
      viewer.awaitClosed(); // no report comes, no request
    }
    Eventually.holds("no reader", () -> it.metric("sakchy.rtsp.readers") == 0);
  }

  @Test
  void sessionsOfAConnectionAreFew() throws Exception {
    it.camera("gate");
    hasty();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      for (int i = 0; i < 3; i++) {
        RtspViewer.expect(
            i < 2 ? 200 : 453,
            viewer.request("SETUP", viewer.base() + "/track0", "Transport", "RTP/AVP/TCP"));
      }
    }
  }

  @Test
  void aCameraThatSendsNothingIsAnsweredInTime() throws Exception {
    it.camera("gate").setOffline(true);
    hasty();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      RtspViewer.expect(503, viewer.request("DESCRIBE", viewer.base()));
    }
  }
}
