package kg.sakchy.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import kg.sakchy.gateway.transport.LoopPace.Pace;
import org.junit.jupiter.api.Test;

class LoopPaceTest {
  private final LoopPace pace = new LoopPace();
  private final long patient = pace.nextPauseNanos();

  @Test
  void looksOftenWhileAnybodyHurries() {
    pace.change(Pace.PATIENT, Pace.LIVELY);
    pace.change(Pace.PATIENT, Pace.LIVELY);
    pace.change(Pace.LIVELY, Pace.PATIENT);
    assertThat(pace.nextPauseNanos()).isLessThan(patient / 4);
    pace.change(Pace.LIVELY, Pace.PATIENT);
    assertThat(pace.nextPauseNanos()).isEqualTo(patient);
  }

  @Test
  void hardlyWaitsWhileSomebodyWatches() {
    pace.change(Pace.PATIENT, Pace.LIVELY);
    long lively = pace.nextPauseNanos();
    pace.change(Pace.PATIENT, Pace.LIVE);
    assertThat(pace.nextPauseNanos()).isLessThan(lively / 4);
    pace.read(200_000);
    assertThat(pace.nextPauseNanos()).isLessThan(lively / 4);
    pace.change(Pace.LIVE, Pace.PATIENT);
    assertThat(pace.nextPauseNanos()).isEqualTo(lively);
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
