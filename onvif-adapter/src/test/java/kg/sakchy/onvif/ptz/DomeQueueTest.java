package kg.sakchy.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.time.VmsClock;
import org.junit.jupiter.api.Test;

/** The thread behind the plan, with real time. */
class DomeQueueTest {
  private static final PtzCommand LEFT = new PtzCommand.Velocity(-1, 0, 0);
  private static final PtzCommand STOP = new PtzCommand.Stop();

  private final BlockingQueue<PtzCommand> taken = new LinkedBlockingQueue<>();

  private PtzCommand next() throws InterruptedException {
    PtzCommand command = taken.poll(10, TimeUnit.SECONDS);
    assertThat(command).as("a command within ten seconds").isNotNull();
    return command;
  }

  private static CompletableFuture<Void> send(DomeQueue queue, PtzCommand command) {
    SteeringOrder order = SteeringOrder.of(command, "aidar");
    queue.add(order);
    return order.done();
  }

  @Test
  void aLostOperatorStopsTheDome() throws Exception {
    DomeQueue queue = new DomeQueue("dome", taken::add, VmsClock.system());
    send(queue, LEFT).get(10, TimeUnit.SECONDS);
    assertThat(next()).isEqualTo(LEFT);
    assertThat(next()).isEqualTo(STOP);
    assertThat(queue.isHeld()).isFalse();
  }

  @Test
  void aStopSentWhileTheCameraIsSlowFollowsAtOnce() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    DomeQueue queue =
        new DomeQueue(
            "dome",
            command -> {
              taken.add(command);
              try {
                slow.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            VmsClock.system());
    send(queue, LEFT);
    assertThat(next()).isEqualTo(LEFT);
    CompletableFuture<Void> replaced = send(queue, new PtzCommand.Velocity(1, 0, 0));
    CompletableFuture<Void> stop = send(queue, STOP);
    assertThat(replaced).isCompleted();
    slow.countDown();
    assertThat(next()).isEqualTo(STOP);
    stop.get(10, TimeUnit.SECONDS);
    assertThat(taken.poll(Duration.ofMillis(50).toNanos(), TimeUnit.NANOSECONDS)).isNull();
  }

  @Test
  void aBrokenDomeFailsTheCommandAndNotTheQueue() throws Exception {
    DomeQueue queue =
        new DomeQueue(
            "dome",
            command -> {
              taken.add(command);
              if (command.equals(new PtzCommand.GoHome())) {
                throw new IllegalStateException("a bug");
              }
            },
            VmsClock.system());
    CompletableFuture<Void> home = send(queue, new PtzCommand.GoHome());
    assertThat(home.handle((nothing, error) -> error).get(10, TimeUnit.SECONDS))
        .hasMessage("the command failed");
    send(queue, new PtzCommand.SetHome()).get(10, TimeUnit.SECONDS);
    assertThat(taken).hasSize(2);
  }
}
