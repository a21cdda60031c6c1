package kg.sakchy.gateway.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.config.WebRtcConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.gateway.webrtc.dtls.DtlsKeys;
import kg.sakchy.gateway.webrtc.srtp.SrtcpReceiver;
import kg.sakchy.gateway.webrtc.srtp.SrtcpSender;
import kg.sakchy.gateway.webrtc.srtp.SrtpMaster;
import kg.sakchy.gateway.webrtc.stun.StunAttribute;
import kg.sakchy.gateway.webrtc.stun.StunMessage;
import kg.sakchy.gateway.webrtc.stun.TestChecks;
import kg.sakchy.media.rtcp.ReportBlock;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtcp.RtcpWriter;
import kg.sakchy.media.rtp.NtpTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole sessions over real sockets, with a peer of our own. */
class WebRtcServerTest {
  private static final byte[] AVC_CONFIG =
      HexFormat.of()
          .parseHex(
              "0142c01effe100196742c01ed900a02ff97011000003000100000300320f162e4801000568cb83cb20");
  private static final TrackFormat.Video VIDEO =
      new TrackFormat.Video(Codec.H264, 90_000, Bytes.copyOf(AVC_CONFIG), 640, 360, "avc1.42c01e");
  private static final StreamFormat FORMAT = new StreamFormat(List.of(VIDEO));

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final WebRtcServer server =
      WebRtcServer.open(new WebRtcConfig("127.0.0.1", 0, 3, 2), VmsClock.system(), metrics);
  private final FedStream stream = new FedStream(FORMAT);
  private long frames;

  @AfterEach
  void close() {
    server.close();
    assertThat(server.sessions()).isZero();
  }

  private void feed(boolean key) {
    byte[] nal = new byte[4 + 3_000];
    ByteBuffer.wrap(nal).putInt(3_000).put((byte) (key ? 0x65 : 0x41));
    long pts = 3_600 * frames++;
    stream.unit(new AccessUnit(0, pts, pts, key, nal, Instant.now(), System.nanoTime()));
  }

  private WebRtcViews.Answer answer(TestPeer peer) {
    WebRtcViews.Answer answer = server.answer(stream, "somebody", peer.offer(), () -> true);
    peer.answered(answer.description(), server.address());
    return answer;
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void aPeerGetsTheLastGroupThenWhatFollows() throws Exception {
    feed(true);
    feed(false);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      peer.connect();
      List<byte[]> packets = new ArrayList<>();
      while (packets.size() < 7) { // the sets, and twice three fragments of 3000 bytes
        packets.add(peer.next(false));
      }
      feed(false);
      packets.add(peer.next(false));
      int first = TestPeer.sequence(packets.getFirst());
      for (int i = 0; i < packets.size(); i++) {
        assertThat(TestPeer.sequence(packets.get(i))).isEqualTo((first + i) & 0xffff);
        assertThat(packets.get(i).length).isLessThanOrEqualTo(1200);
      }
      assertThat(stamp(packets.get(4)) - stamp(packets.get(0))).as("catching up").isEqualTo(90);
    }
    until("the farewell ends the session", () -> stream.closed.get() == 1);
    assertThat(stream.listeners()).isZero();
  }

  private static int stamp(byte[] packet) {
    return ByteBuffer.wrap(packet).getInt(4);
  }

  @Test
  void aMissingPacketIsSentAgainAndAKeyFrameIsAskedFor() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      DtlsKeys keys = peer.connect();
      byte[] packet = peer.next(false);
      int ssrc = ByteBuffer.wrap(packet).getInt(8);
      SrtcpSender rtcp =
          new SrtcpSender(keys.profile(), SrtpMaster.ofClient(keys.profile(), keys.material()));
      ReportBlock block = new ReportBlock(ssrc, 0, 0, 0, 0, 0, 0);
      peer.sendRaw(rtcp.protect(RtcpWriter.pictureLoss(7, block, "peer")));
      until("the camera is asked", () -> stream.keyFramesWanted.get() == 1);
      ByteBuffer nack = ByteBuffer.allocate(16);
      nack.putInt(0x81cd0003).putInt(7).putInt(ssrc).putInt(TestPeer.sequence(packet) << 16);
      byte[] sealed = rtcp.protect(nack.flip());
      peer.sendRaw(sealed);
      byte[] again = peer.next(false);
      while (TestPeer.sequence(again) != TestPeer.sequence(packet)) {
        again = peer.next(false);
      }
      assertThat(again).isEqualTo(packet);
      peer.sendRaw(sealed);
      until("what is repeated is counted", () -> count("sakchy.webrtc.forged.packets") == 1);
      assertThat(stream.keyFramesWanted).hasValue(1);
    }
  }

  private double count(String name) {
    return metrics.get(name).counter().count();
  }

  @Test
  void reportsTellTheTimeByTheCamerasClock() throws Exception {
    Instant camera = Instant.parse("2020-01-01T00:00:00Z");
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      DtlsKeys keys = peer.connect();
      peer.next(false);
      feed(false);
      byte[] live = peer.next(false);
      while (TestPeer.sequence(live) == 0 || stream.listeners() == 0) {
        live = peer.next(false);
      }
      stream.report(new SenderReport(0, 3_600, camera, Instant.now(), System.nanoTime()));
      SrtcpReceiver opener =
          new SrtcpReceiver(keys.profile(), SrtpMaster.ofServer(keys.profile(), keys.material()));
      RtcpPacket.SenderReport report = report(opener, peer);
      while (report.ntp().toInstant().isAfter(camera.plusSeconds(60))) {
        report = report(opener, peer); // the first ones may be older than the camera's
      }
      assertThat(report.ntp().toInstant()).isBetween(camera, camera.plusSeconds(10));
      assertThat(report.packetCount()).isPositive();
      assertThat(report.ntp()).isNotEqualTo(new NtpTime(0));
    }
  }

  private static RtcpPacket.SenderReport report(SrtcpReceiver opener, TestPeer peer)
      throws InterruptedException {
    List<RtcpPacket> packets = RtcpPacket.parse(opener.unprotect(peer.next(true)).orElseThrow());
    return (RtcpPacket.SenderReport) packets.getFirst();
  }

  @Test
  void anotherCertificateThanTheOffersIsRefused() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer();
        TestPeer impostor = new TestPeer()) {
      WebRtcViews.Answer answer =
          server.answer(stream, "somebody", TestPeer.offer(peer.dtls.fingerprint()), () -> true);
      impostor.answered(answer.description(), server.address());
      impostor.checked();
      assertThatThrownBy(impostor.dtls::connect).hasStackTraceContaining("bad_certificate");
      until("the session is over", () -> server.sessions() == 0);
      assertThat(impostor.rtp).isEmpty();
    }
  }

  @Test
  void strangersGetNoByteBack() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      String name = peer.serverUfrag() + ":" + TestPeer.UFRAG;
      peer.sendRaw(TestChecks.request(name, "a wrong password of 22", true));
      peer.sendRaw(TestChecks.request("nobody:peer", peer.serverPassword(), true));
      peer.sendRaw(TestChecks.request(peer.serverUfrag() + ":x", peer.serverPassword(), true));
      peer.sendRaw(new byte[] {0, 1, 0, 0});
      peer.sendRaw(new byte[] {22, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
      peer.sendRaw(new byte[2_048]);
      until("all are counted", () -> dropped() == 6);
      byte[] first = peer.checked();
      assertThat(StunMessage.parse(first).orElseThrow().type())
          .isEqualTo(StunMessage.BINDING_SUCCESS);
      assertThat(peer.stun).isEmpty();
    }
  }

  private double dropped() {
    return metrics.get("sakchy.webrtc.dropped.packets").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void aPeerThatThinksWeLeadIsCorrected() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      peer.sendRaw(
          TestChecks.request(
              peer.serverUfrag() + ":" + TestPeer.UFRAG, peer.serverPassword(), true, true));
      byte[] answer = peer.stun.poll(10, TimeUnit.SECONDS);
      StunMessage read = StunMessage.parse(answer).orElseThrow();
      assertThat(read.type()).isEqualTo(StunMessage.BINDING_ERROR);
      assertThat(read.has(StunAttribute.ERROR_CODE)).isTrue();
      assertThat(read.isSealedWith(peer.serverPassword())).isTrue();
    }
  }

  @Test
  void whoHasTheNameEndsTheSession() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      WebRtcViews.Answer answer = answer(peer);
      peer.connect();
      peer.next(false);
      assertThat(server.end("nobody")).isFalse();
      assertThat(server.end(answer.session())).isTrue();
      peer.dtls.ended().get(10, TimeUnit.SECONDS);
      until("the view is closed", () -> stream.closed.get() == 1);
      assertThat(server.end(answer.session())).isFalse();
    }
  }

  @Test
  void aStreamThatIsClosedEndsItsSessions() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      peer.connect();
      stream.state(StreamStatus.State.CLOSED);
      peer.dtls.ended().get(10, TimeUnit.SECONDS);
      until("the session is over", () -> server.sessions() == 0);
    }
  }

  @Test
  void aRightThatEndsEndsTheSession() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      AtomicBoolean allowed = new AtomicBoolean(true);
      peer.answered(
          server.answer(stream, "somebody", peer.offer(), allowed::get).description(),
          server.address());
      peer.connect();
      peer.next(false);
      allowed.set(false);
      peer.dtls.ended().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aChangeToAnotherCodecEndsTheSession() throws Exception {
    feed(true);
    try (TestPeer peer = new TestPeer()) {
      answer(peer);
      peer.connect();
      peer.next(false);
      until("it listens", () -> stream.listeners() == 1);
      stream.format(
          new StreamFormat(
              List.of(new TrackFormat.Video(Codec.H265, 90_000, Bytes.EMPTY, 640, 360, "hvc1"))));
      peer.dtls.ended().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void sessionsAreLimitedInAllAndPerClient() {
    String offer = TestPeer.offer(new String(new char[31]).replace("\0", "00:") + "00");
    server.answer(stream, "a", offer, () -> true);
    server.answer(stream, "a", offer, () -> true);
    refused("a", offer, ErrorKind.RESOURCE_EXHAUSTED);
    server.answer(stream, "b", offer, () -> true);
    refused("b", offer, ErrorKind.RESOURCE_EXHAUSTED);
    assertThat(server.sessions()).isEqualTo(3);
    assertThat(stream.closed).as("views of who was refused").hasValue(2);
  }

  @Test
  void whatCannotBeShownIsRefused() {
    refused("a", "v=0\r\n", ErrorKind.INVALID_ARGUMENT);
    refused("a", "x".repeat(100_000), ErrorKind.INVALID_ARGUMENT);
    FedStream hevc =
        new FedStream(
            new StreamFormat(
                List.of(new TrackFormat.Video(Codec.H265, 90_000, Bytes.EMPTY, 640, 360, "hvc1"))));
    String offer = TestPeer.offer(new String(new char[31]).replace("\0", "00:") + "00");
    assertThatThrownBy(() -> server.answer(hevc, "a", offer, () -> true))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
    assertThat(hevc.closed).hasValue(1);
  }

  private void refused(String client, String offer, ErrorKind kind) {
    assertThatThrownBy(() -> server.answer(stream, client, offer, () -> true))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void checksAreAnsweredOverTcpOnTheSamePort() throws Exception {
    try (TestPeer peer = new TestPeer();
        Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      answer(peer);
      socket.setSoTimeout(10_000);
      byte[] answer = exchange(socket, peer.check());
      assertThat(StunMessage.parse(answer).orElseThrow().isSealedWith(peer.serverPassword()))
          .isTrue();
    }
  }

  @Test
  void aConnectionWithoutAValidCheckIsClosed() throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(4);
      out.writeInt(0xdeadbeef);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static byte[] exchange(Socket socket, byte[] packet) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeShort(packet.length);
    out.write(packet);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] answer = new byte[in.readUnsignedShort()];
    in.readFully(answer);
    return answer;
  }

  @Test
  void aBusyPortIsSaidInWords() {
    WebRtcConfig taken = new WebRtcConfig("127.0.0.1", server.address().getPort(), 1, 1);
    assertThatThrownBy(() -> WebRtcServer.open(taken, VmsClock.system(), new SimpleMeterRegistry()))
        .hasMessageContaining("another webrtc.port");
  }

  @Test
  void anAddressThatBrowsersCannotUseIsRefused() {
    WebRtcConfig everywhere = new WebRtcConfig("0.0.0.0", 0, 1, 1);
    assertThatThrownBy(
            () -> WebRtcServer.open(everywhere, VmsClock.system(), new SimpleMeterRegistry()))
        .hasMessageContaining("webrtc.host is 0.0.0.0");
  }
}
