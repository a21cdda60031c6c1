package kg.sakchy.sim.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.sim.onvif.PtzSpec;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PtzHeadTest {
  private static final Offset<Double> EXACT = within(1e-6);

  private final FakeClock clock = new FakeClock(Instant.EPOCH);
  private final PtzHead dome = new PtzHead(PtzSpec.DOME_28X, clock::nanoTime);
  private final PtzHead turret = new PtzHead(PtzSpec.TURRET_4X, clock::nanoTime);

  @Test
  void turnsWithoutEnd() {
    dome.turn(90, 0, null);
    clock.advance(Duration.ofSeconds(3));
    assertThat(dome.position().panDegrees()).isCloseTo(-90, EXACT);
    assertThat(dome.moving()).isTrue();
    dome.stop(true, true);
    clock.advance(Duration.ofSeconds(3));
    assertThat(dome.position().panDegrees()).isCloseTo(-90, EXACT);
    assertThat(dome.moving()).isFalse();
  }

  @Test
  void aDeadManStopsIt() {
    dome.turn(10, -5, Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(60));
    assertThat(dome.position().panDegrees()).isCloseTo(20, EXACT);
    assertThat(dome.position().tiltDegrees()).isCloseTo(-10, EXACT);
    assertThat(dome.moving()).isFalse();
  }

  @Test
  void stopsAtItsLimits() {
    turret.turn(60, 0, null);
    clock.advance(Duration.ofSeconds(30));
    assertThat(turret.position().panDegrees()).isEqualTo(170);
    assertThat(turret.moving()).isFalse();
  }

  @Test
  void goesTheShortWayRound() {
    dome.turnTo(170, 0, 1);
    clock.advance(Duration.ofSeconds(1));
    dome.turnTo(-170, 0, 0.1);
    clock.advance(Duration.ofMillis(500));
    assertThat(dome.position().panDegrees()).isCloseTo(-178, EXACT);
    clock.advance(Duration.ofSeconds(1));
    assertThat(dome.position().panDegrees()).isCloseTo(-170, EXACT);
    assertThat(dome.moving()).isFalse();
  }

  @Test
  void zoomsByFactorsOfEqualTime() {
    dome.zoom(1, null);
    clock.advance(Duration.ofMillis(1_500));
    assertThat(dome.position().zoomFactor()).isCloseTo(Math.sqrt(28), EXACT);
    clock.advance(Duration.ofSeconds(2));
    assertThat(dome.position().zoomFactor()).isCloseTo(28, EXACT);
    assertThat(dome.position().fieldOfViewDegrees()).isCloseTo(2.3621, within(1e-3));
    assertThat(dome.moving()).isFalse();
  }

  @Test
  void isSlowToStart() {
    turret.turn(60, 0, null);
    clock.advance(Duration.ofMillis(300));
    assertThat(turret.position().panDegrees()).isCloseTo(9, EXACT);
    clock.advance(Duration.ofSeconds(1));
    assertThat(turret.position().panDegrees()).isCloseTo(69, EXACT);
    turret.turnTo(0, 0, 1);
    clock.advance(Duration.ofMillis(1_300));
    assertThat(turret.position().panDegrees()).isCloseTo(0, EXACT);
  }
}
