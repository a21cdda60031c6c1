package kg.sakchy.recorder.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.FailingObjectStore;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryObjectStore;
import kg.sakchy.core.InMemoryRecordingIndex;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-05-31T12:00:00Z");
  private static final StreamId GATE = StreamId.main(new CameraId("gate"));
  private static final StreamId YARD = StreamId.main(new CameraId("yard"));

  @TempDir Path directory;

  private final InMemoryRecordingIndex index = new InMemoryRecordingIndex();
  private final FaultSwitch faults = new FaultSwitch();
  private InMemoryObjectStore memory = new InMemoryObjectStore();

  private Retention retention() {
    return new Retention(
        index,
        new FailingObjectStore(memory, faults),
        30,
        90,
        new RecorderMetrics(new SimpleMeterRegistry()));
  }

  private Segment store(StreamId stream, Instant start) throws Exception {
    Segment segment = SampleSegments.segment(stream, start, 60, 7, 0);
    put(memory, segment.key());
    index.add(segment);
    return segment;
  }

  private void put(ObjectStore store, ObjectKey key) throws Exception {
    Path file = directory.resolve("object");
    Files.write(file, new byte[1_000]);
    store.put(key, file, sha256(file));
  }

  private static Bytes sha256(Path file) throws Exception {
    return Bytes.copyOf(
        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void removesWhatIsOlderThanItsCameraWants() throws Exception {
    Segment old = store(GATE, NOW.minus(Duration.ofDays(8)));
    Segment young = store(GATE, NOW.minus(Duration.ofDays(6)));
    Segment kept = store(YARD, NOW.minus(Duration.ofDays(29)));
    retention().run(List.of(new KeepRule(GATE, 7), new KeepRule(YARD, 30)), NOW);
    assertThat(index.all()).extracting(Segment::key).containsExactly(kept.key(), young.key());
    assertThat(memory.stat(old.key())).isEmpty();
    assertThat(memory.size()).isEqualTo(2);
  }

  @Test
  void recordingsOfForgottenCamerasAgeOutByTheLongestRule() throws Exception {
    store(GATE, NOW.minus(Duration.ofDays(40)));
    store(GATE, NOW.minus(Duration.ofDays(61)));
    retention().run(List.of(new KeepRule(YARD, 60)), NOW);
    assertThat(index.all()).hasSize(1);
  }

  @Test
  void whatTheIndexDoesNotKnowStays() throws Exception {
    ObjectKey unknown = new ObjectKey("v1/gate/main/2020/01/01/1-a-0.mp4");
    put(memory, unknown);
    store(GATE, NOW.minus(Duration.ofDays(50)));
    retention().run(List.of(), NOW);
    assertThat(index.all()).isEmpty();
    assertThat(memory.stat(unknown)).isPresent();
  }

  @Test
  void aRowStaysMarkedUntilItsObjectIsGone() throws Exception {
    Segment old = store(GATE, NOW.minus(Duration.ofDays(50)));
    faults.fail(ErrorKind.UNAVAILABLE);
    Retention retention = retention();
    assertThatThrownBy(() -> retention.run(List.of(), NOW)).isInstanceOf(VmsException.class);
    index.markExpired(null, NOW, 10);
    assertThatThrownBy(() -> retention.run(List.of(), NOW)).isInstanceOf(VmsException.class);
    assertThat(index.marked(10)).hasSize(1);
    assertThat(memory.stat(old.key())).isPresent();
    faults.mend();
    retention.run(List.of(), NOW);
    assertThat(index.marked(10)).isEmpty();
    assertThat(memory.stat(old.key())).isEmpty();
  }

  @Test
  void aStoreThatRunsFullLosesItsOldest() throws Exception {
    memory = new InMemoryObjectStore(100_000);
    for (int i = 0; i < 95; i++) {
      store(i % 2 == 0 ? GATE : YARD, NOW.minus(Duration.ofMinutes(200 - i)));
    }
    long average = index.totals().sizeBytes() / 95;
    Retention retention = retention();
    retention.run(List.of(), NOW);
    long wanted = (5_000 + average - 1) / average;
    assertThat(95 - index.all().size()).isBetween((int) wanted, (int) wanted + 1);
    assertThat(index.all().getFirst().range().start()).isAfter(NOW.minus(Duration.ofMinutes(200)));
    assertThat(retention.removedUntil()).isAfter(NOW.minus(Duration.ofMinutes(200)));
  }

  @Test
  void aPassThatWouldRemoveMostStopsAndSaysSo() throws Exception {
    for (int i = 0; i < 600; i++) {
      store(GATE, NOW.minus(Duration.ofMinutes(700 - i)));
    }
    Retention retention = retention();
    Instant wrongClock = NOW.plus(Duration.ofDays(30)).minus(Duration.ofMinutes(200));
    retention.run(List.of(new KeepRule(GATE, 30)), wrongClock);
    assertThat(index.all()).hasSize(600);
    assertThat(index.marked(10)).isEmpty();
    assertThat(retention.alarm().orElseThrow()).contains("by their age");
    retention.run(List.of(new KeepRule(GATE, 30)), NOW);
    assertThat(retention.alarm()).isEmpty();
    retention.allowOnce();
    retention.run(List.of(new KeepRule(GATE, 30)), wrongClock);
    assertThat(index.all().size()).isLessThanOrEqualTo(100);
  }

  @Test
  void aDiskFilledByOthersDoesNotEatTheArchive() throws Exception {
    for (int i = 0; i < 600; i++) {
      store(GATE, NOW.minus(Duration.ofMinutes(700 - i)));
    }
    Retention retention =
        new Retention(
            index, new FullStore(), 30, 90, new RecorderMetrics(new SimpleMeterRegistry()));
    retention.run(List.of(new KeepRule(GATE, 30)), NOW);
    assertThat(index.all()).hasSize(600);
    assertThat(retention.alarm().orElseThrow()).contains("more than half");
  }
}
