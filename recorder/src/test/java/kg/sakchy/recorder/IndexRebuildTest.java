package kg.sakchy.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.FailingObjectStore;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryRecordingIndex;
import kg.sakchy.core.ObjectStoreContract;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.rebuild.IndexRebuild;
import kg.sakchy.recorder.rebuild.IndexRebuild.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of a recorder, made anew from what it stored. */
class IndexRebuildTest {
  private static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");
  private static final StreamId GATE = StreamId.main(new CameraId("gate-1"));

  @TempDir Path directory;
  @TempDir Path scratch;

  private final CardCamera card = new CardCamera(T0);
  private final InMemoryRecordingIndex anew = new InMemoryRecordingIndex();
  private Rig rig;

  @BeforeEach
  void recordAMinuteWithAFilledGap() {
    card.holds(T0, T0.plusSeconds(1_000));
    rig = Rig.filling(directory.resolve("spool"), card);
    ScriptedStream live = rig.register("gate-1");
    live.connect();
    live.play(Duration.ofSeconds(24));
    live.interrupt(GapCause.NETWORK, "the link is cut");
    rig.settle();
    rig.clock.advance(Duration.ofSeconds(20));
    live.connect();
    live.play(Duration.ofSeconds(36));
    rig.settle();
    Rig.await("the gap is filled", () -> rig.gaps().isEmpty());
    rig.close(); // everything is sealed and stored
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Progress rebuild() throws InterruptedException {
    return new IndexRebuild(rig.store, anew, scratch).run(progress -> {});
  }

  private List<Segment> all(InMemoryRecordingIndex index) {
    return index.find(GATE, new TimeRange(T0.minusSeconds(60), T0.plusSeconds(600)), 1_000);
  }

  @Test
  void everyRowComesBack() throws Exception {
    List<Segment> before = all(rig.index);
    assertThat(before).hasSizeGreaterThan(6).anyMatch(segment -> segment.time().isFilled());

    Progress progress = rebuild();

    assertThat(progress.added()).isEqualTo(before.size());
    assertThat(progress.damaged()).isEmpty();
    List<Segment> after = all(anew);
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("range", "packetsLost")
        .isEqualTo(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).range().start()).isEqualTo(before.get(i).range().start());
      assertThat(Duration.between(after.get(i).range().end(), before.get(i).range().end()).abs())
          .isLessThan(Duration.ofMillis(200));
    }
    try (var left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatIsKnownIsNotReadAgain() throws Exception {
    rebuild();
    Progress again = rebuild();
    assertThat(again.added()).isZero();
    assertThat(again.seen()).isEqualTo(all(anew).size());
    assertThat(all(anew)).hasSameSizeAs(all(rig.index));
  }

  @Test
  void foreignAndDamagedObjectsAreNamedAndLeftAlone() throws Exception {
    Segment first = all(rig.index).getFirst();
    byte[] whole = rig.store.open(first.key(), 0, first.sizeBytes()).readAllBytes();
    ObjectKey torn = Segment.key(GATE, T0.plusSeconds(500), 1, 0);
    put(torn, java.util.Arrays.copyOf(whole, whole.length - 7));
    ObjectKey renamed = Segment.key(GATE, T0.plusSeconds(501), 1, 0);
    put(renamed, whole);
    ObjectKey noise = Segment.key(GATE, T0.plusSeconds(502), 1, 0);
    put(noise, new byte[5_000]);
    put(new ObjectKey("v1/readme.txt"), new byte[] {1});

    Progress progress = rebuild();

    assertThat(progress.foreign()).isEqualTo(1);
    assertThat(progress.damaged())
        .hasSize(3)
        .anyMatch(line -> line.startsWith(torn.value()) && line.contains("whole up to byte"))
        .anyMatch(line -> line.startsWith(renamed.value()) && line.contains("it says that it is"))
        .anyMatch(line -> line.startsWith(noise.value()));
    assertThat(all(anew)).hasSameSizeAs(all(rig.index));
    assertThat(rig.store.stat(noise)).isPresent();
  }

  @Test
  void aStoreThatGoesAwayEndsItAndItGoesOnLater() throws Exception {
    FaultSwitch faults = new FaultSwitch();
    List<Long> pages = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new IndexRebuild(new FailingObjectStore(rig.store, faults), anew, scratch)
                    .run(
                        progress -> {
                          pages.add(progress.seen());
                          faults.fail(ErrorKind.UNAVAILABLE);
                        }))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
    assertThat(pages).hasSize(1);
    faults.mend();
    assertThat(rebuild().damaged()).isEmpty();
    assertThat(all(anew)).hasSameSizeAs(all(rig.index));
  }

  private void put(ObjectKey key, byte[] content) throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "object", ""), content);
    rig.store.put(key, file, ObjectStoreContract.sha256(content));
  }
}
