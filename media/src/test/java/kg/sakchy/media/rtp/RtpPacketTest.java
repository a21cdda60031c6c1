package kg.sakchy.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
  private final RtpPacket packet = new RtpPacket();

  @Test
  void readsAPlainPacketInTheMiddleOfABuffer() {
    ByteBuffer bytes = hex("ffff" + "80e01234" + "fffffff0" + "deadbeef" + "0102030405" + "ffff");
    bytes.position(2).limit(bytes.limit() - 2);
    assertThat(packet.parse(bytes)).isTrue();
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.sequence()).isEqualTo(0x1234);
    assertThat(packet.timestamp()).isEqualTo(0xffff_fff0L);
    assertThat(packet.ssrc()).isEqualTo(0xdead_beef);
    assertThat(packet.payload()).isEqualTo(hex("0102030405"));
    assertThat(packet.payloadSize()).isEqualTo(5);
    assertThat(packet.extensionProfile()).isEqualTo(RtpPacket.NO_EXTENSION);
    assertThat(packet.extension().hasRemaining()).isFalse();
    assertThat(bytes.position()).isEqualTo(2);
  }

  @Test
  void skipsContributingSourcesExtensionAndPadding() {
    ByteBuffer bytes =
        hex(
            "b2600001"
                + "00000002"
                + "00000003"
                + "aaaaaaaabbbbbbbb"
                + "abac0002"
                + "1111111122222222"
                + "99887766"
                + "000003");
    assertThat(packet.parse(bytes)).isTrue();
    assertThat(packet.marker()).isFalse();
    assertThat(packet.extensionProfile()).isEqualTo(0xabac);
    assertThat(packet.extension()).isEqualTo(hex("1111111122222222"));
    assertThat(packet.payload()).isEqualTo(hex("99887766"));
  }

  @Test
  void aPacketMayHaveNoPayload() {
    assertThat(packet.parse(hex("80600001" + "00000002" + "00000003"))).isTrue();
    assertThat(packet.payload().hasRemaining()).isFalse();
  }

  @Test
  void refusesWhatIsMalformed() {
    String header = "600001" + "00000002" + "00000003";
    assertThat(packet.parse(hex(""))).as("empty").isFalse();
    assertThat(packet.parse(hex("80" + header.substring(2)))).as("short").isFalse();
    assertThat(packet.parse(hex("40" + header))).as("version 1").isFalse();
    assertThat(packet.parse(hex("81" + header))).as("CSRC beyond the end").isFalse();
    assertThat(packet.parse(hex("90" + header + "abac"))).as("cut extension").isFalse();
    assertThat(packet.parse(hex("90" + header + "abacffff00"))).as("long extension").isFalse();
    assertThat(packet.parse(hex("a0" + header))).as("padding without a byte").isFalse();
    assertThat(packet.parse(hex("a0" + header + "0000"))).as("padding of 0").isFalse();
    assertThat(packet.parse(hex("a0" + header + "0003"))).as("padding too long").isFalse();
  }

  @Test
  void writesWhatItReads() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      boolean marker = random.nextBoolean();
      int type = random.nextInt(128);
      int sequence = random.nextInt(65_536);
      long timestamp = random.nextLong(1L << 32);
      int ssrc = random.nextInt();
      ByteBuffer bytes = ByteBuffer.allocate(RtpPacket.HEADER_BYTES);
      RtpPacket.writeHeader(bytes, marker, type, sequence, timestamp, ssrc);
      assertThat(packet.parse(bytes.flip())).isTrue();
      assertThat(packet.marker()).isEqualTo(marker);
      assertThat(packet.payloadType()).isEqualTo(type);
      assertThat(packet.sequence()).isEqualTo(sequence);
      assertThat(packet.timestamp()).isEqualTo(timestamp);
      assertThat(packet.ssrc()).isEqualTo(ssrc);
    }
  }

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
