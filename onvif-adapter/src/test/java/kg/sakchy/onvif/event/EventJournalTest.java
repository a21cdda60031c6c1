package kg.sakchy.onvif.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.FailingEventLog;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import org.junit.jupiter.api.Test;

/** The journal in front of a log that is slow, away, or picky. */
class EventJournalTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String REFUSED = "refused";

  private final InMemoryEventLog log = new InMemoryEventLog();
  private final FaultSwitch faults = new FaultSwitch();
  private final EventLog failing = new FailingEventLog(log, faults);

  private static CameraEvent event(String topic) {
    return new CameraEvent(
        new CameraId("gate"),
        EventKind.MOTION,
        CameraEvent.State.PULSE,
        NOW,
        null,
        NOW,
        topic,
        Map.of(),
        Map.of());
  }

  private static List<CameraEvent> events(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(i -> event("t" + i)).toList();
  }

  /** The journal's thread stands in the log with the first event. */
  private void hold(EventJournal journal) throws InterruptedException {
    faults.hold();
    journal.add(events(0, 1));
    Eventually.holds("a write under way", () -> faults.waiting() == 1);
  }

  @Test
  void writesInOrderAndInBatches() {
    BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
    log.onAppend(entries -> batches.add(entries.size()));
    try (EventJournal journal = new EventJournal(failing)) {
      journal.add(events(0, 2 * EventJournal.BATCH + 1));
    }
    assertThat(log.all()).isEqualTo(events(0, 2 * EventJournal.BATCH + 1));
    assertThat(batches).allSatisfy(size -> assertThat(size).isBetween(1, EventJournal.BATCH));
  }

  @Test
  void eventsWaitWhileTheLogIsAway() throws Exception {
    faults.fail(ErrorKind.UNAVAILABLE);
    try (EventJournal journal = new EventJournal(failing)) {
      journal.add(events(0, 3));
      Eventually.holds("a failed write", () -> faults.refused() > 0);
      journal.add(events(3, 3));
      faults.mend();
      Eventually.holds("all written", () -> log.all().size() == 6);
      assertThat(log.all()).isEqualTo(events(0, 6));
      assertThat(journal.dropped()).isZero();
    }
  }

  @Test
  void whatIsBeyondTheBoundIsDroppedAndCounted() throws Exception {
    try (EventJournal journal = new EventJournal(failing)) {
      hold(journal);
      journal.add(events(1, EventJournal.MAX_WAITING + 7));
      assertThat(journal.dropped()).isEqualTo(7);
      assertThat(journal.waiting()).isEqualTo(EventJournal.MAX_WAITING);
      faults.mend();
    }
    assertThat(log.all()).isEqualTo(events(0, EventJournal.MAX_WAITING + 1));
  }

  @Test
  void closingWritesTheRestAndBreaksNoWrite() throws Exception {
    EventJournal journal = new EventJournal(failing);
    hold(journal);
    journal.add(events(1, 600));
    Thread closing = Thread.ofVirtual().start(journal::close);
    Eventually.holds("the close waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(faults.waiting()).as("the write goes on").isEqualTo(1);
    faults.mend();
    assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    assertThat(log.all()).isEqualTo(events(0, 601));
    assertThat(journal.dropped()).isZero();
    journal.add(events(0, 2));
    assertThat(journal.dropped()).as("too late").isEqualTo(2);
  }

  @Test
  void closingDoesNotWaitForALogThatIsAway() throws Exception {
    faults.fail(ErrorKind.UNAVAILABLE);
    EventJournal journal = new EventJournal(failing);
    journal.add(events(0, 3));
    Eventually.holds("a failed write", () -> faults.refused() > 0);
    journal.close();
    assertThat(journal.dropped()).isEqualTo(3);
    assertThat(log.all()).isEmpty();
  }

  @Test
  void closingBreaksAWriteThatNeverEnds() throws Exception {
    EventJournal journal = new EventJournal(failing, Duration.ofMillis(50));
    hold(journal);
    journal.add(events(1, 4));
    journal.close();
    assertThat(faults.waiting()).isZero();
    assertThat(journal.dropped()).isEqualTo(5);
  }

  @Test
  void aRefusedEventCostsOnlyItself() {
    EventJournal journal = new EventJournal(new PickyLog(log));
    journal.add(List.of(event("a"), event(REFUSED), event("b")));
    journal.close();
    assertThat(log.all()).extracting(CameraEvent::topic).containsExactly("a", "b");
    assertThat(journal.dropped()).isEqualTo(1);
  }

  /** Takes everything but one topic. */
  private record PickyLog(EventLog log) implements EventLog {
    @Override
    public void append(List<CameraEvent> events) {
      if (events.stream().anyMatch(event -> event.topic().equals(REFUSED))) {
        throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not such a one");
      }
      log.append(events);
    }

    @Override
    public List<Entry> find(Query query) {
      return log.find(query);
    }

    @Override
    public void onAppend(Consumer<List<Entry>> listener) {
      log.onAppend(listener);
    }
  }
}
