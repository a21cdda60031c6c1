package kg.sakchy.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.ptz.PtzPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The camera is asked in real time; how long somebody counts as steering is the test's clock. */
class PositionWatchTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final FakeClock clock = new FakeClock(NOW);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean held = new AtomicBoolean();
  private final AtomicBoolean away = new AtomicBoolean();
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final PositionWatch watch = new PositionWatch(this::position, held::get, clock);
  private volatile double step = 10;

  private record Told(PtzPosition position, @Nullable String operator) {}

  private PtzPosition position() {
    int time = asked.incrementAndGet();
    if (away.get()) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "nobody answers");
    }
    return new PtzPosition(time * step, 0.0, 1.0, clock.now(), false);
  }

  private Told next() throws InterruptedException {
    return Objects.requireNonNull(told.poll(10, TimeUnit.SECONDS), "told within ten seconds");
  }

  private void lingerOn() {
    clock.advance(PositionWatch.LINGER.plus(Duration.ofMillis(1)));
  }

  @Test
  void whoWatchesIsToldWhileSomebodySteersAndOnceMoreAtTheEnd() throws Exception {
    watch.add((position, operator) -> told.add(new Told(position, operator)));
    watch.steered("aidar");
    assertThat(next().operator()).isEqualTo("aidar");
    Told second = next();
    assertThat(second.operator()).isEqualTo("aidar");
    assertThat(second.position().moving()).isTrue();
    step = 0;
    next();
    assertThat(next().position().moving()).as("it stands still").isFalse();
    lingerOn();
    Told last = next();
    while (last.operator() != null) {
      last = next();
    }
    assertThat(last.position().moving()).isFalse();
    int then = asked.get();
    watch.steered("bakyt");
    assertThat(next().operator()).as("the next one begins anew").isEqualTo("bakyt");
    assertThat(asked.get()).isGreaterThan(then);
  }

  @Test
  void aDomeThatIsHeldCountsAsSteeredHoweverLong() throws Exception {
    watch.add((position, operator) -> told.add(new Told(position, operator)));
    held.set(true);
    watch.steered("aidar");
    next();
    lingerOn();
    told.clear();
    assertThat(next().operator()).isEqualTo("aidar");
    held.set(false);
    Told last = next();
    while (last.operator() != null) {
      last = next();
    }
  }

  @Test
  void whereNobodyWatchesTheCameraIsNotAsked() throws Exception {
    watch.steered("aidar");
    PtzControl.Watch watching =
        watch.add((position, operator) -> told.add(new Told(position, operator)));
    watch.steered("aidar");
    next();
    watching.close();
    int[] before = new int[1];
    Eventually.holds(
        "the last question",
        () -> {
          boolean quiet = before[0] == asked.get() && asked.get() > 0;
          before[0] = asked.get();
          clock.advance(PositionWatch.EVERY);
          return quiet;
        });
    assertThat(told).hasSizeLessThan(3);
  }

  @Test
  void aCameraThatDoesNotAnswerIsAskedAgain() throws Exception {
    away.set(true);
    watch.add((position, operator) -> told.add(new Told(position, operator)));
    watch.steered("aidar");
    Eventually.holds("asked twice", () -> asked.get() >= 2);
    assertThat(told).isEmpty();
    away.set(false);
    assertThat(next().operator()).isEqualTo("aidar");
  }

  @Test
  void aWatcherThatFailsDoesNotEndWatchingForEver() throws Exception {
    List<String> failed = new CopyOnWriteArrayList<>();
    PtzControl.Watch faulty =
        watch.add(
            (position, operator) -> {
              failed.add(String.valueOf(operator));
              throw new IllegalStateException("a fault of the watcher");
            });
    watch.steered("aidar");
    Eventually.holds("it failed", () -> !failed.isEmpty());
    faulty.close();
    watch.add((position, operator) -> told.add(new Told(position, operator)));
    Eventually.holds(
        "told again",
        () -> {
          watch.steered("bakyt");
          return !told.isEmpty();
        });
    assertThat(next().operator()).isEqualTo("bakyt");
  }
}
