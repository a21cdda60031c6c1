package kg.sakchy.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import kg.sakchy.media.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class ReplayTimesTest {
  @Test
  void noBytesMakeItFail() {
    Random random = new Random(7);
    RtpPacket packet = new RtpPacket();
    ReplayTimes times = new ReplayTimes(90_000);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(48)];
      random.nextBytes(bytes);
      if (bytes.length > 15) {
        bytes[0] = (byte) 0x90;
        bytes[12] = (byte) 0xAB;
        bytes[13] = (byte) 0xAC;
        bytes[14] = 0;
        bytes[15] = (byte) random.nextInt(6);
      }
      if (packet.parse(ByteBuffer.wrap(bytes))) {
        times.packet(packet, random.nextLong());
        times.at(random.nextLong());
      }
    }
    assertThat(times.isKnown()).isTrue();
  }
}
