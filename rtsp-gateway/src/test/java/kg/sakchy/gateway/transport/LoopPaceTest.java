package kg.sakchy.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopPaceTest {
  private final LoopPace pace = new LoopPace();
  private final long patient = pace.nextPauseNanos();

  @Test
  void looksOftenWhileAnybodyHurries() {
    pace.hurry();
    pace.hurry();
    pace.relax();
    assertThat(pace.nextPauseNanos()).isLessThan(patient / 4);
    pace.relax();
    assertThat(pace.nextPauseNanos()).isEqualTo(patient);
  }

  @Test
  void comesBackSoonToASocketThatHeldMuch() {
    pace.read(200_000);
    pace.read(100);
    assertThat(pace.nextPauseNanos()).isLessThan(patient / 4);
    pace.read(30_000);
    assertThat(pace.nextPauseNanos()).isEqualTo(patient);
  }
}
