package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.media.rtcp.ReportBlock;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtcp.RtcpWriter;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;
import kg.sakchy.sim.SimCamera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Live pictures of simulated cameras: 25 a second, every tenth a key frame, and sound. */
class LiveRelayTest {
  private static final int VIDEO = 0;
  @RegisterExtension final ServerExtension it = new ServerExtension();

  @Test
  void describesWhatTheCameraSends() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      assertThat(viewer.request("OPTIONS", "*").headers().get("Public")).contains("PLAY");
      RtspResponse response = viewer.request("DESCRIBE", viewer.base());

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers().get("Content-Base")).isEqualTo(viewer.base() + "/");
      SessionDescription description = SessionDescription.parse(response.text());
      assertThat(description.media())
          .extracting(MediaDescription::type)
          .containsExactly("video", "audio");
      assertThat(description.media().getFirst().fmtp()).containsKey("sprop-parameter-sets");
    }
  }

  @Test
  void aReaderBeginsWithTheLastKeyFrameAndMissesNothing() throws Exception {
    it.camera("gate");
    it.start();
    EventRecorder units = new EventRecorder();
    it.stream("gate").subscribe(units);
    for (int i = 0; i < 4; i++) {
      try (RtspViewer viewer = it.viewer("gate/main").setUp(2)) {
        RtspResponse played = viewer.play();
        RtspViewer.expect(200, played);
        RtpPacket first = viewer.packet(VIDEO);

        assertThat(played.headers().get("RTP-Info"))
            .contains("seq=" + first.sequence() + ";rtptime=" + first.timestamp());
        assertThat(first.payload().get(0) & 0x1f).isEqualTo(28); // FU-A
        assertThat(first.payload().get(1)).isEqualTo((byte) 0x85); // begins a key frame
        assertNoHoles(viewer, first, 300);
      }
    }
  }

  /** Neither numbers nor pictures are missing. */
  private static void assertNoHoles(RtspViewer viewer, RtpPacket first, int count)
      throws Exception {
    int sequence = first.sequence();
    long time = first.timestamp();
    for (int i = 0; i < count; i++) {
      RtpPacket packet = viewer.packet(VIDEO);
      sequence = (sequence + 1) & 0xffff;
      assertThat(packet.sequence()).isEqualTo(sequence);
      long step = (packet.timestamp() - time) & 0xffff_ffffL;
      assertThat(step).isIn(0L, 3_600L);
      time = packet.timestamp();
    }
  }

  @Test
  void allReadersGetTheSameBytesAfterTheirFirstGroup() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer one = it.viewer("gate/main").setUp(2);
        RtspViewer other = it.viewer("gate/main").setUp(2)) {
      RtspViewer.expect(200, one.play());
      RtspViewer.expect(200, other.play());
      List<String> first = packets(one, 400);
      List<String> second = packets(other, 400);
      List<String> both = new ArrayList<>(second);
      both.retainAll(first);

      assertThat(both).hasSizeGreaterThan(200);
      int from = first.indexOf(both.getFirst());
      int at = second.indexOf(both.getFirst());
      int common = Math.min(first.size() - from, second.size() - at);
      assertThat(first.subList(from, from + common)).isEqualTo(second.subList(at, at + common));
    }
  }

  private static List<String> packets(RtspViewer viewer, int count) throws Exception {
    List<String> packets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RtspViewer.Frame frame = viewer.frame();
      if (frame.channel() % 2 == 0) {
        packets.add(frame.channel() + " " + Arrays.hashCode(frame.bytes()));
      }
    }
    return packets;
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void ourOwnClientReadsItWhole(Transport transport) throws Exception {
    it.camera("gate");
    it.start();
    EventRecorder direct = new EventRecorder();
    EventRecorder relayed = new EventRecorder();
    it.stream("gate").subscribe(direct);
    StreamId copy = StreamId.main(new CameraId("copy"));
    it.gateway()
        .open(copy, StreamSource.parse(it.address("gate/main"), transport))
        .subscribe(relayed);
    StreamFormat format = relayed.await(StreamFormat.class, 1);
    relayed.await(AccessUnit.class, 120);
    direct.await(AccessUnit.class, 120);

    assertThat(format).isEqualTo(direct.await(StreamFormat.class, 1));
    for (int track = 0; track < 2; track++) {
      List<String> sent = contents(direct, track);
      List<String> got = contents(relayed, track);
      int from = sent.indexOf(got.get(got.size() / 2));
      assertThat(from).isNotNegative();
      int common = Math.min(sent.size() - from, got.size() - got.size() / 2);
      assertThat(got.subList(got.size() / 2, got.size() / 2 + common))
          .isEqualTo(sent.subList(from, from + common));
    }
  }

  private static List<String> contents(EventRecorder events, int track) {
    return events.all(AccessUnit.class).stream()
        .filter(unit -> unit.track() == track)
        .map(
            unit ->
                unit.data().length
                    + ":"
                    + Arrays.hashCode(unit.data())
                    + ":"
                    + (track == 1 ? "" : unit.keyFrame()))
        .toList();
  }

  @Test
  void senderReportsComeFromTheCamera() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main").setUp(2)) {
      RtspViewer.expect(200, viewer.play());
      RtpPacket packet = viewer.packet(VIDEO);
      RtcpPacket.SenderReport report = null;
      while (report == null) {
        RtspViewer.Frame frame = viewer.frame();
        if (frame.channel() == VIDEO + 1
            && frame.rtcp().getFirst() instanceof RtcpPacket.SenderReport found) {
          report = found;
        }
      }

      assertThat(report.ssrc()).isEqualTo(packet.ssrc());
      long apart = (int) (report.rtpTimestamp() - packet.timestamp());
      assertThat(Math.abs(apart)).isLessThan(20 * 90_000);
      assertThat(report.ntp().known()).isTrue();
    }
  }

  @Test
  void otherChannelsAndSingleTracksWork() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main")) {
      viewer.setUpTrack(0, "RTP/AVP/TCP;unicast;interleaved=10-11");
      RtspViewer.expect(200, viewer.play());
      for (int i = 0; i < 200; i++) {
        assertThat(viewer.frame().channel()).isIn(10, 11);
      }
    }
  }

  @Test
  void pauseAndPlayAgainBeginsWithAKeyFrame() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main").setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      viewer.packet(VIDEO);
      RtspViewer.expect(200, viewer.request("PAUSE", viewer.base()));
      viewer.forgetFrames();
      RtspViewer.expect(200, viewer.play("Range", "npt=now-"));
      assertThat(viewer.packet(VIDEO).payload().get(1)).isEqualTo((byte) 0x85);
      RtspViewer.expect(200, viewer.request("GET_PARAMETER", viewer.base()));
      RtspViewer.expect(200, viewer.request("TEARDOWN", viewer.base()));
      RtspViewer.expect(454, viewer.request("PLAY", viewer.base()));
    }
  }

  @Test
  void datagramsGoToTheClientAndItsReportsAreRead() throws Exception {
    it.camera("gate");
    it.start();
    try (DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        RtspViewer viewer = it.viewer("gate/main")) {
      rtp.setSoTimeout(10_000);
      rtcp.setSoTimeout(10_000);
      String ports = rtp.getLocalPort() + "-" + rtcp.getLocalPort();
      viewer.setUpTrack(0, "RTP/AVP;unicast;client_port=" + ports);
      RtspViewer.expect(200, viewer.play());
      DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
      RtpPacket packet = new RtpPacket();
      int last = -1;
      for (int i = 0; i < 200; i++) {
        rtp.receive(datagram);
        assertThat(packet.parse(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength())))
            .isTrue();
        assertThat(last < 0 || packet.sequence() == ((last + 1) & 0xffff)).isTrue();
        last = packet.sequence();
      }
      rtcp.receive(datagram);
      assertThat(
              RtcpPacket.parse(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()))
                  .getFirst())
          .isInstanceOf(RtcpPacket.SenderReport.class);
      byte[] loss = pictureLoss(packet.ssrc());
      rtcp.send(new DatagramPacket(loss, loss.length, datagram.getAddress(), datagram.getPort()));
      Eventually.holds(
          "a key frame was asked for", () -> it.stream("gate").keyFrameRequests().get() == 1);
    }
  }

  private static byte[] pictureLoss(int about) {
    ByteBuffer compound =
        RtcpWriter.pictureLoss(1, new ReportBlock(about, 0, 0, 0, 0, 0, 0), "viewer");
    byte[] bytes = new byte[compound.remaining()];
    compound.get(bytes);
    return bytes;
  }

  @Test
  void aSourceThatReturnsGoesOnInTheSameSession() throws Exception {
    SimCamera camera = it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main").setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      RtpPacket last = viewer.packet(VIDEO);
      int ssrc = last.ssrc();
      for (int i = 0; i < 50; i++) {
        last = viewer.packet(VIDEO);
      }
      camera.forgetSessions();
      int hole = 0;
      int sequence = last.sequence();
      long time = last.timestamp();
      while (hole < 10) {
        RtpPacket packet = viewer.packet(VIDEO);
        hole = (packet.sequence() - sequence) & 0xffff;
        long step = (packet.timestamp() - time) & 0xffff_ffffL;
        assertThat(packet.ssrc()).isEqualTo(ssrc);
        assertThat(hole).isLessThan(3_000);
        assertThat(step).isBetween(0L, 900_000L);
        sequence = packet.sequence();
        time = packet.timestamp();
      }
    }
  }

  @Test
  void overTlsItIsTheSame() throws Exception {
    it.camera("gate");
    RtspServer server = it.start(ServerExtension.LIMITS, SampleCertificate.current("localhost"));
    EventRecorder relayed = new EventRecorder();
    EventRecorder refused = new EventRecorder();
    String address = "rtsps://root:root@127.0.0.1:" + server.tlsPort() + "/gate/main";
    it.gateway()
        .open(StreamId.main(new CameraId("copy")), StreamSource.parse(address, Transport.TCP))
        .subscribe(relayed);
    it.gateway()
        .open(StreamId.main(new CameraId("clear")), StreamSource.parse(address, Transport.UDP))
        .subscribe(refused);

    relayed.await(AccessUnit.class, 60);
    // datagrams would show what TLS hides
    assertThat(refused.await(Interruption.class, 1).message()).isNotBlank();
  }

  @Test
  void aRelayEndsWithItsLastReader() throws Exception {
    it.camera("gate");
    it.start();
    try (RtspViewer viewer = it.viewer("gate/main").setUp(1)) {
      RtspViewer.expect(200, viewer.play());
      viewer.packet(VIDEO);
      assertThat(it.metric("sakchy.rtsp.readers")).isEqualTo(1);
    }
    Eventually.holds("no reader", () -> it.metric("sakchy.rtsp.readers") == 0);
    Eventually.holds("no connection", () -> it.metric("sakchy.rtsp.connections") == 0);
  }
}
