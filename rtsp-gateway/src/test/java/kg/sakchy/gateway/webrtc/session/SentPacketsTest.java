package kg.sakchy.gateway.webrtc.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentPacketsTest {
  private static final long LATER = 100_000_000L;
  private final SentPackets packets = new SentPackets();

  @Test
  void aMissingPacketIsSentAgainSomeTimes() {
    byte[] packet = {1};
    packets.add(65_535, packet);
    assertThat(packets.repeat(65_535, 0)).isSameAs(packet);
    assertThat(packets.repeat(65_535, 1)).as("the first repeat is on its way").isNull();
    for (int i = 1; i < SentPackets.MOST_REPEATS; i++) {
      assertThat(packets.repeat(65_535, i * LATER)).isSameAs(packet);
    }
    assertThat(packets.repeat(65_535, 100 * LATER)).as("enough").isNull();
  }

  @Test
  void whatIsOverwrittenIsGone() {
    for (int i = 0; i <= SentPackets.CAPACITY; i++) {
      packets.add(i, new byte[] {(byte) i});
    }
    assertThat(packets.repeat(0, 0)).isNull();
    assertThat(packets.repeat(1, 0)).containsExactly(1);
    assertThat(packets.repeat(SentPackets.CAPACITY + 1, 0)).isNull();
  }
}
