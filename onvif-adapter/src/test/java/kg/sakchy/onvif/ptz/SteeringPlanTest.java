package kg.sakchy.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import org.junit.jupiter.api.Test;

/** What is sent when, by the hands of a clock that the test turns. */
class SteeringPlanTest {
  private static final long MILLI = 1_000_000;
  private static final PtzCommand LEFT = new PtzCommand.Velocity(-1, 0, 0);
  private static final PtzCommand RIGHT = new PtzCommand.Velocity(1, 0, 0);
  private static final PtzCommand STOP = new PtzCommand.Stop();
  private static final PtzCommand HOME = new PtzCommand.GoHome();
  private static final PtzCommand KEEP = new PtzCommand.SetPreset(null, "gate");

  private final SteeringPlan plan = new SteeringPlan();
  private long now = -5_000 * MILLI; // a monotonic clock may begin anywhere

  private CompletableFuture<Void> add(PtzCommand command) {
    SteeringOrder order = SteeringOrder.of(command, "aidar");
    plan.add(order, now);
    return order.done();
  }

  private List<PtzCommand> sent() {
    List<PtzCommand> sent = new ArrayList<>();
    for (Optional<SteeringOrder> order = plan.next(now);
        order.isPresent();
        order = plan.next(now)) {
      sent.add(order.get().command());
      order.get().done().complete(null);
    }
    return sent;
  }

  @Test
  void theLatestVelocityWins() {
    CompletableFuture<Void> first = add(LEFT);
    CompletableFuture<Void> second = add(RIGHT);
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    assertThat(sent()).containsExactly(RIGHT);
    assertThat(second).isCompleted();
  }

  @Test
  void otherCommandsKeepTheirOrder() {
    add(KEEP);
    add(LEFT);
    add(HOME);
    add(RIGHT);
    assertThat(sent()).containsExactly(KEEP, LEFT, HOME, RIGHT);
  }

  @Test
  void aStopOvertakesAndTakesBackTheMovementsBeforeIt() {
    CompletableFuture<Void> home = add(HOME);
    CompletableFuture<Void> left = add(LEFT);
    CompletableFuture<Void> keep = add(KEEP);
    CompletableFuture<Void> stop = add(STOP);
    CompletableFuture<Void> again = add(STOP);
    assertThat(left).isCompleted();
    assertThatThrownBy(home::join)
        .hasCauseInstanceOf(VmsException.class)
        .hasMessageContaining("stopped before");
    assertThat(keep).isNotDone();
    assertThat(sent()).containsExactly(STOP, KEEP);
    assertThat(stop).isCompleted();
    assertThat(again).isCompleted();
  }

  @Test
  void movingAtNoSpeedIsStopping() {
    add(LEFT);
    sent();
    add(new PtzCommand.Velocity(0, 0, 0));
    assertThat(sent()).containsExactly(STOP);
    assertThat(plan.wakeAt()).isEmpty();
  }

  @Test
  void aHeldVelocityIsRepeatedWithoutBeingSentForEveryWord() {
    add(LEFT);
    assertThat(sent()).containsExactly(LEFT);
    for (int i = 0; i < 15; i++) { // the joystick speaks every 100 ms
      now += 100 * MILLI;
      assertThat(add(LEFT)).isCompleted();
      assertThat(sent()).as("after %d words", i + 1).hasSize(i % 8 == 7 ? 1 : 0);
    }
    assertThat(plan.isHeld()).isTrue();
  }

  @Test
  void whoIsSilentHasLetGo() {
    add(LEFT);
    sent();
    OptionalLong wake = plan.wakeAt();
    assertThat(wake).hasValue(now + 700 * MILLI);
    now += 699 * MILLI;
    assertThat(sent()).isEmpty();
    now += MILLI;
    assertThat(sent()).containsExactly(STOP);
    assertThat(plan.wakeAt()).isEmpty();
    assertThat(plan.isHeld()).isFalse();
  }

  /** A slow camera must not turn a word of a second ago into movement now. */
  @Test
  void aVelocityThatWaitedTooLongIsStoppedAtOnce() {
    add(LEFT);
    now += 5_000 * MILLI;
    assertThat(sent()).containsExactly(LEFT, STOP);
  }

  @Test
  void aPositionEndsTheHoldingOfAVelocity() {
    add(LEFT);
    sent();
    add(HOME);
    assertThat(sent()).containsExactly(HOME);
    now += 10_000 * MILLI;
    assertThat(sent()).isEmpty();
  }

  @Test
  void aLampDoesNotEndIt() {
    add(LEFT);
    sent();
    add(KEEP);
    assertThat(sent()).containsExactly(KEEP);
    now += 700 * MILLI;
    assertThat(sent()).containsExactly(STOP);
  }

  @Test
  void aStopIsRepeatedUntilTheCameraTakesIt() {
    add(LEFT);
    sent();
    add(STOP);
    List<Long> tries = new ArrayList<>();
    for (long until = now + 5_000 * MILLI; now < until; now += 50 * MILLI) {
      Optional<SteeringOrder> order = plan.next(now);
      if (order.isPresent()) {
        assertThat(order.get().command()).isEqualTo(STOP);
        tries.add(now);
        plan.failed(order.get(), new VmsException(ErrorKind.UNAVAILABLE, "gone"), now);
      }
    }
    assertThat(tries).hasSize(4);
    assertThat(plan.wakeAt()).isEmpty();
  }

  @Test
  void aNewMovementForgetsTheFailedStop() {
    add(STOP);
    SteeringOrder stop = plan.next(now).orElseThrow();
    plan.failed(stop, new VmsException(ErrorKind.TIMEOUT, "late"), now);
    add(HOME);
    assertThat(sent()).containsExactly(HOME);
    now += 5_000 * MILLI;
    assertThat(sent()).isEmpty();
  }

  @Test
  void aSpeedThatTheCameraDoesNotKnowIsNotRepeated() {
    add(LEFT);
    SteeringOrder left = plan.next(now).orElseThrow();
    plan.failed(left, new VmsException(ErrorKind.UNSUPPORTED, "fixed"), now);
    now += 5_000 * MILLI;
    assertThat(sent()).isEmpty();
  }

  @Test
  void isBounded() {
    for (int i = 0; i < SteeringPlan.MAX_WAITING; i++) {
      assertThat(add(KEEP)).isNotDone();
    }
    assertThat(add(KEEP)).isCompletedExceptionally();
    assertThat(add(STOP)).isNotDone(); // a stop always has room
    assertThat(plan.next(now).orElseThrow().command()).isEqualTo(STOP);
  }
}
