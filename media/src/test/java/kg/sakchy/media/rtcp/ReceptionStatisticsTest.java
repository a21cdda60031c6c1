package kg.sakchy.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kg.sakchy.media.rtp.NtpTime;
import kg.sakchy.media.rtp.SequenceTracker;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
  private static final long MILLIS = 1_000_000L;

  private final SequenceTracker sequences = new SequenceTracker();
  private final ReceptionStatistics statistics = new ReceptionStatistics(sequences, 90_000);

  @Test
  void countsLossSinceTheLastReport() {
    for (int sequence : new int[] {1, 2, 4, 5}) {
      sequences.accept(7, sequence);
    }
    ReportBlock first = statistics.report(0);
    assertThat(first.ssrc()).isEqualTo(7);
    assertThat(first.fractionLost()).isEqualTo(256 / 5);
    assertThat(first.cumulativeLost()).isEqualTo(1);
    assertThat(first.highestSequence()).isEqualTo(5);
    sequences.accept(7, 6);
    ReportBlock second = statistics.report(0);
    assertThat(second.fractionLost()).isZero();
    assertThat(second.cumulativeLost()).isEqualTo(1);
  }

  @Test
  void evenArrivalHasNoJitterAndUnevenHas() {
    for (int i = 0; i < 100; i++) {
      statistics.packet(3_600L * i, 40 * MILLIS * i);
    }
    assertThat(statistics.report(0).jitter()).isZero();
    for (int i = 100; i < 300; i++) {
      statistics.packet(3_600L * i, (40L * i + (i % 2 == 0 ? 10 : 0)) * MILLIS);
    }
    // Neighbours differ by 10 ms, 900 ticks; the mean converges to that.
    assertThat(statistics.report(0).jitter()).isBetween(850L, 900L);
  }

  @Test
  void quotesTheLastSenderReport() {
    assertThat(statistics.report(5).lastSenderReport()).isZero();
    NtpTime ntp = new NtpTime(0x0011_2233_4455_6677L);
    statistics.senderReport(
        new RtcpPacket.SenderReport(7, ntp, 0, 0, 0, List.of()), 1_000 * MILLIS);
    ReportBlock block = statistics.report(3_500 * MILLIS);
    assertThat(block.lastSenderReport()).isEqualTo(0x2233_4455L);
    assertThat(block.delaySinceLastSenderReport()).isEqualTo(65_536 * 5 / 2);
  }
}
