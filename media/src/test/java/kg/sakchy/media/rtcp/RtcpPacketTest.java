package kg.sakchy.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import kg.sakchy.media.rtp.NtpTime;
import org.junit.jupiter.api.Test;

class RtcpPacketTest {
  private static final ReportBlock BLOCK =
      new ReportBlock(0x1122_3344, 64, -5, 0xffff_0001L, 90, 0x89ab_cdefL, 65_536);

  /** Written by hand after the diagrams of RFC 3550. */
  private static final String CAMERA_COMPOUND =
      "80c80006"
          + "0a0b0c0d"
          + "83aa7e80"
          + "80000000"
          + "ffffff00"
          + "00000010"
          + "00004000"
          + "81ca0004"
          + "0a0b0c0d"
          + "0108"
          + HexFormat.of()
              .formatHex("camera-1".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
          + "0000";

  @Test
  void readsACamerasCompound() {
    List<RtcpPacket> packets = RtcpPacket.parse(hex("7777" + CAMERA_COMPOUND).position(2));
    assertThat(packets)
        .containsExactly(
            new RtcpPacket.SenderReport(
                0x0a0b_0c0d,
                new NtpTime(0x83aa_7e80_8000_0000L),
                0xffff_ff00L,
                16,
                16_384,
                List.of()),
            new RtcpPacket.SourceDescription(0x0a0b_0c0d, "camera-1"));
  }

  @Test
  void readsWhatAViewerMisses() {
    assertThat(RtcpPacket.parse(hex("81cd0003" + "00000007" + "00000009" + "fffe0005")))
        .containsExactly(new RtcpPacket.Nack(7, 9, List.of(0xfffe, 0xffff, 1)));
  }

  @Test
  void readsBothWaysToAskForAKeyFrame() {
    String loss = "81ce0002" + "00000007" + "00000009";
    String intra = "84ce0004" + "00000007" + "00000000" + "00000009" + "01000000";
    assertThat(RtcpPacket.parse(hex(loss + intra)))
        .containsExactly(new RtcpPacket.PictureLoss(7, 9), new RtcpPacket.PictureLoss(7, 9));
  }

  @Test
  void asksForAKeyFrameBehindAReport() {
    assertThat(RtcpPacket.parse(RtcpWriter.pictureLoss(7, BLOCK, "viewer")))
        .containsExactly(
            new RtcpPacket.ReceiverReport(7, List.of(BLOCK)),
            new RtcpPacket.SourceDescription(7, "viewer"),
            new RtcpPacket.PictureLoss(7, BLOCK.ssrc()));
  }

  @Test
  void readsAFarewellWithItsReason() {
    assertThat(RtcpPacket.parse(hex("81cb0003" + "00000001" + "06726562" + "6f6f7400")))
        .containsExactly(new RtcpPacket.Bye(1, "reboot"));
  }

  @Test
  void skipsPacketsOfOtherTypes() {
    assertThat(
            RtcpPacket.parse(hex("80cc0002" + "00000001" + "6e616d65" + "80c90001" + "00000002")))
        .containsExactly(new RtcpPacket.ReceiverReport(2, List.of()));
  }

  @Test
  void whatIsMalformedEndsTheReading() {
    String good = "80c90001" + "00000002";
    RtcpPacket report = new RtcpPacket.ReceiverReport(2, List.of());
    assertThat(RtcpPacket.parse(hex(good + "80c9"))).containsExactly(report);
    assertThat(RtcpPacket.parse(hex(good + "80c9ffff" + "00000002"))).containsExactly(report);
    assertThat(RtcpPacket.parse(hex(good + "40c90001" + "00000002"))).containsExactly(report);
    assertThat(RtcpPacket.parse(hex("80c80002" + "0a0b0c0d" + "83aa7e80"))).isEmpty();
    assertThat(RtcpPacket.parse(hex("9fc90001" + "00000002"))).containsExactly(report);
    assertThat(RtcpPacket.parse(hex("9fcb0001" + "00000002"))).isEmpty();
  }

  @Test
  void writesWhatItReads() {
    ByteBuffer receiver = RtcpWriter.receiverReport(42, List.of(BLOCK), "sakchy");
    assertThat(receiver.remaining() % 4).isZero();
    assertThat(RtcpPacket.parse(receiver))
        .containsExactly(
            new RtcpPacket.ReceiverReport(42, List.of(BLOCK)),
            new RtcpPacket.SourceDescription(42, "sakchy"));

    RtcpPacket.SenderReport report =
        new RtcpPacket.SenderReport(-1, new NtpTime(-2), 1, 0xffff_ffffL, 3, List.of(BLOCK, BLOCK));
    assertThat(RtcpPacket.parse(RtcpWriter.senderReport(report, "")))
        .containsExactly(report, new RtcpPacket.SourceDescription(-1, ""));

    assertThat(RtcpPacket.parse(RtcpWriter.bye(9)))
        .containsExactly(new RtcpPacket.ReceiverReport(9, List.of()), new RtcpPacket.Bye(9, ""));
  }

  @Test
  void namesOfEveryLengthKeepTheWordBoundary() {
    for (int length = 0; length <= 255; length++) {
      String name = "n".repeat(length);
      ByteBuffer packet = RtcpWriter.receiverReport(1, List.of(), name);
      assertThat(packet.remaining() % 4).isZero();
      assertThat(RtcpPacket.parse(packet))
          .last()
          .isEqualTo(new RtcpPacket.SourceDescription(1, name));
    }
  }

  @Test
  void refusesToWriteWhatDoesNotFit() {
    assertThatThrownBy(() -> RtcpWriter.receiverReport(1, Collections.nCopies(32, BLOCK), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpWriter.receiverReport(1, List.of(), "n".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
