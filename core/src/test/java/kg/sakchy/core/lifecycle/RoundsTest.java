package kg.sakchy.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kg.sakchy.core.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoundsTest {
  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void comesByItselfAfterEachPause() {
    Rounds each = Rounds.every("test", Duration.ofMillis(1), rounds::incrementAndGet);
    Eventually.holds("several rounds", () -> rounds.get() >= 3);
    each.close();
  }

  @Test
  void comesWhenWokenAndNotBefore() {
    try (Rounds woken = Rounds.whenWoken("test", rounds::incrementAndGet)) {
      assertThat(rounds).hasValue(0);
      woken.wake();
      Eventually.holds("a round", () -> rounds.get() == 1);
    }
    assertThat(rounds).as("closing asks for none").hasValue(1);
  }

  @Test
  void wakesDuringARoundAreOneMoreAfterIt() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch out = new CountDownLatch(1);
    Rounds slow =
        Rounds.whenWoken(
            "test",
            () -> {
              rounds.incrementAndGet();
              in.countDown();
              await(out);
            });
    slow.wake();
    in.await();
    slow.wake();
    slow.wake();
    out.countDown();
    slow.close(); // which a wake that waits still gets its round of
    assertThat(rounds).hasValue(2);
    slow.wake();
    slow.close();
    assertThat(rounds).hasValue(2);
  }

  @Test
  void aRoundThatFailsIsNotTheLast() {
    AtomicBoolean fails = new AtomicBoolean(true);
    try (Rounds some =
        Rounds.whenWoken(
            "test",
            () -> {
              if (fails.getAndSet(false)) {
                throw new IllegalStateException("as it may be");
              }
              rounds.incrementAndGet();
            })) {
      some.wake();
      Eventually.holds("the first has failed", () -> !fails.get());
      some.wake();
      Eventually.holds("another round", () -> rounds.get() == 1);
    }
  }

  @Test
  void aRoundThatHangsIsInterruptedAtTheEnd() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Rounds hanging =
        Rounds.whenWoken(
            "test",
            () -> {
              in.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    hanging.wake();
    in.await();
    assertThat(hanging.close(Duration.ofMillis(10))).isFalse();
    interrupted.await();
  }

  @Test
  void waitingWithinARoundEndsWithTheClose() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    AtomicReference<Rounds> itself = new AtomicReference<>();
    AtomicBoolean closing = new AtomicBoolean();
    Rounds patient =
        Rounds.whenWoken(
            "test",
            () -> {
              in.countDown();
              try {
                closing.set(itself.get().closesWithin(Duration.ofHours(1)));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    itself.set(patient);
    patient.wake();
    in.await();
    assertThat(patient.close(Duration.ofSeconds(30))).isTrue();
    assertThat(closing).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
