package kg.sakchy.onvif.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final List<Integer> read = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private void readSlowly(byte[] document) {
    begun.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    read.add(document.length);
  }

  @Test
  void readsInOrderWhatFitsAndRefusesTheRest() throws Exception {
    Inbox inbox = new Inbox("test", this::readSlowly);
    assertThat(inbox.offer(new byte[1])).isTrue();
    assertThat(begun.await(10, TimeUnit.SECONDS)).as("the first is being read").isTrue();
    int half = Inbox.MAX_WAITING_BYTES / 2;
    assertThat(inbox.offer(new byte[half + 2])).isTrue();
    assertThat(inbox.offer(new byte[half])).as("no room").isFalse();
    assertThat(inbox.offer(new byte[3])).isTrue();
    gate.countDown();
    Eventually.holds("all read", () -> read.size() == 3);
    assertThat(read).containsExactly(1, half + 2, 3);
    assertThat(inbox.offer(new byte[half])).as("room again").isTrue();
  }

  @Test
  void manySmallOnesAreBoundedToo() throws Exception {
    Inbox inbox = new Inbox("test", this::readSlowly);
    int taken = 0;
    while (inbox.offer(new byte[0])) {
      taken++;
    }
    assertThat(taken).isBetween(1_000, 20_000);
    gate.countDown();
    int all = taken;
    Eventually.holds("all read", () -> read.size() == all);
  }

  @Test
  void aDocumentThatCannotBeReadCostsOnlyItself() throws Exception {
    Inbox inbox =
        new Inbox(
            "test",
            document -> {
              read.add(document.length);
              if (document.length == 1) {
                throw new VmsException(ErrorKind.DATA_LOSS, "no XML");
              }
              if (document.length == 2) {
                throw new IllegalStateException("a fault of ours");
              }
            });
    for (int length = 1; length <= 3; length++) {
      inbox.offer(new byte[length]);
    }
    Eventually.holds("all read", () -> read.size() == 3);
    assertThat(read).containsExactly(1, 2, 3);
  }

  @Test
  void closedItTakesNothing() throws Exception {
    Inbox inbox = new Inbox("test", this::readSlowly);
    inbox.offer(new byte[1]);
    inbox.close();
    assertThat(inbox.offer(new byte[1])).isFalse();
    gate.countDown();
  }
}
