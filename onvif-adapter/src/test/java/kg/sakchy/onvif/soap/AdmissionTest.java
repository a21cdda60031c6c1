package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Admission admission = new Admission();
  private final List<ErrorKind> refused = new CopyOnWriteArrayList<>();
  private final List<String> entered = new CopyOnWriteArrayList<>();

  private Thread enter(String name) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                admission.enter(LONG);
                entered.add(name);
              } catch (VmsException e) {
                refused.add(e.kind());
              }
            });
  }

  private static void assertRefused(ThrowingCallable call, ErrorKind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void twoAtATimeAndTheOthersInTurn() throws Exception {
    admission.enter(LONG);
    admission.enter(LONG);
    Thread third = enter("third");
    Eventually.holds("it waits", () -> third.getState() == Thread.State.TIMED_WAITING);
    Thread fourth = enter("fourth");
    Eventually.holds("it waits too", () -> fourth.getState() == Thread.State.TIMED_WAITING);
    admission.leave();
    assertThat(third.join(LONG)).isTrue();
    assertThat(entered).containsExactly("third");
    admission.leave();
    assertThat(fourth.join(LONG)).isTrue();
    assertThat(entered).containsExactly("third", "fourth");
  }

  @Test
  void whoWaitsTooLongIsToldThatTheCameraIsBusy() {
    admission.enter(LONG);
    admission.enter(LONG);
    assertRefused(() -> admission.enter(Duration.ofMillis(20)), ErrorKind.TIMEOUT);
    admission.leave();
    admission.enter(Duration.ofMillis(20)); // the refused one took no place
  }

  @Test
  void whoIsInterruptedTakesNoPlace() throws Exception {
    admission.enter(LONG);
    admission.enter(LONG);
    Thread third = enter("third");
    Eventually.holds("it waits", () -> third.getState() == Thread.State.TIMED_WAITING);
    third.interrupt();
    assertThat(third.join(LONG)).isTrue();
    assertThat(refused).containsExactly(ErrorKind.CANCELLED);
    admission.leave();
    admission.enter(Duration.ofMillis(20));
  }
}
