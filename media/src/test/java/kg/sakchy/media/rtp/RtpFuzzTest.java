package kg.sakchy.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import kg.sakchy.media.Mutations;
import kg.sakchy.media.rtcp.RtcpPacket;
import org.junit.jupiter.api.Test;

/** Whatever arrives as a datagram, the parsers never throw and stay within it. */
class RtpFuzzTest {
  @FuzzTest
  void packet(byte[] data) {
    RtpPacket packet = new RtpPacket();
    ByteBuffer bytes = ByteBuffer.wrap(data).asReadOnlyBuffer();
    if (packet.parse(bytes)) {
      assertThat(packet.payload().remaining()).isEqualTo(packet.payloadSize());
      assertThat(packet.payloadSize() + packet.extension().remaining() + RtpPacket.HEADER_BYTES)
          .isLessThanOrEqualTo(data.length);
    }
    assertThat(bytes.position()).isZero();
  }

  @FuzzTest
  void compound(byte[] data) {
    ByteBuffer bytes = ByteBuffer.wrap(data).asReadOnlyBuffer();
    assertThat(RtcpPacket.parse(bytes).size()).isLessThanOrEqualTo(data.length / 4);
    assertThat(bytes.position()).isZero();
  }

  @Test
  void packetsThatWereOnceGood() {
    Mutations.of(RtpFuzzTest.class, "packet").forEach(20_000, this::packet);
  }

  @Test
  void compoundsThatWereOnceGood() {
    Mutations.of(RtpFuzzTest.class, "compound").forEach(20_000, this::compound);
  }
}
