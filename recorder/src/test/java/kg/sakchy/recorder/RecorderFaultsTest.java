package kg.sakchy.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording when cameras, clocks, the disk, the database or the store do what they should not. */
class RecorderFaultsTest {
  @TempDir Path directory;

  @Test
  void anInterruptionIsAGapFromTheLastFrameToTheNext() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(5));
      Instant away = rig.clock.now();
      camera.interrupt(GapCause.NETWORK, "the camera cannot be reached");
      rig.clock.advance(Duration.ofSeconds(42));
      Instant back = rig.clock.now();
      camera.connect();
      camera.play(Duration.ofSeconds(5));
      camera.interrupt(GapCause.CAMERA, "silent");
      rig.uploaded();
      assertThat(rig.stored()).hasSize(2);
      assertThat(rig.stored().get(1).run()).isNotEqualTo(rig.stored().get(0).run());
      assertThat(rig.gaps()).hasSize(1);
      Gap gap = rig.gaps().getFirst();
      assertThat(gap.kind()).isEqualTo(Gap.Kind.MISSING);
      assertThat(gap.cause()).isEqualTo(GapCause.NETWORK);
      assertThat(gap.detail()).isEqualTo("the camera cannot be reached");
      assertThat(gap.range().start()).isBetween(away.minusMillis(100), away.plusMillis(200));
      assertThat(gap.range().end()).isBetween(back.minusMillis(100), back);
      assertNothingUnexplained(rig, camera, back.plusSeconds(4));
    }
  }

  @Test
  void anOpenGapGrowsInTheLedger() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(5));
      camera.interrupt(GapCause.CAMERA, "silent");
      for (int minutes = 1; minutes <= 3; minutes++) {
        rig.clock.advance(Duration.ofMinutes(1));
        rig.recorder.housekeep(true);
        Instant now = rig.clock.now();
        Rig.await(
            "the gap has grown",
            () -> rig.gaps().size() == 1 && rig.gaps().getFirst().range().end().equals(now));
      }
      assertThat(rig.recorder.status(camera.id()).orElseThrow().problem()).isEqualTo("silent");
      assertThat(rig.recorder.status(camera.id()).orElseThrow().state())
          .isEqualTo(RecordingStatus.State.WAITING);
    }
  }

  @Test
  void theStoreMayBeAwayForLong() {
    try (Rig rig = Rig.started(directory)) {
      rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofMinutes(5));
      rig.settle();
      Rig.await("the problem is seen", () -> !rig.recorder.problems().isEmpty());
      assertThat(rig.stored()).isEmpty();
      assertThat(rig.recorder.status(camera.id()).orElseThrow().problem())
          .contains("segments wait in the spool");
      rig.storeFaults.mend();
      rig.uploaded();
      assertThat(rig.stored()).hasSizeGreaterThan(25);
      assertThat(rig.recorder.problems()).isEmpty();
      assertNothingUnexplained(rig, camera, rig.clock.now().minusSeconds(1));
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void wrongKeysAreSaidInWords() {
    try (Rig rig = Rig.started(directory)) {
      rig.storeFaults.fail(ErrorKind.UNAUTHENTICATED);
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(20));
      Rig.await(
          "the problem is seen",
          () -> rig.recorder.problems().toString().contains("refuses the keys"));
      rig.storeFaults.fail(ErrorKind.FAILED_PRECONDITION);
      Rig.await(
          "the problem is seen",
          () -> rig.recorder.problems().toString().contains("is not set up"));
    }
  }

  @Test
  void theDatabaseMayBeAwayAndGapsWaitInTheJournal(@TempDir Path copy) throws Exception {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(5));
      rig.databaseFaults.fail(ErrorKind.UNAVAILABLE);
      camera.interrupt(GapCause.NETWORK, "no route");
      rig.clock.advance(Duration.ofSeconds(30));
      camera.connect();
      camera.play(Duration.ofSeconds(30));
      rig.settle();
      Rig.await("the gap is in the journal", () -> !rig.files("gaps.journal").isEmpty());
      assertThat(rig.ledger.all()).isEmpty();
      Path crashed = rig.copyOfSpool(copy.resolve("spool"));
      rig.databaseFaults.mend();
      try (Rig next = rig.next(crashed)) {
        next.uploaded();
        assertThat(next.gaps())
            .extracting(Gap::cause, Gap::detail)
            .containsExactly(tuple(GapCause.NETWORK, "no route"));
        assertThat(next.stored().getLast().range().end()).isAfter(rig.clock.now().minusSeconds(11));
      }
    }
  }

  @Test
  void aFullSpoolIsAGapAndRecordingResumes() {
    try (Rig rig = Rig.started(directory)) {
      rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
      ScriptedStream camera = rig.register("gate-1");
      camera.connect(big());
      // 64 MiB at about 1 MB a second, in steps so that the gate sees the time pass
      for (int i = 0; i < 90; i++) {
        camera.play(Duration.ofSeconds(1));
        rig.settle();
      }
      assertThat(rig.gauge("sakchy.recorder.spool")).isBetween(60.0 * (1 << 20), 70.0 * (1 << 20));
      assertThat(rig.recorder.problems().toString()).contains("the spool is full");
      rig.storeFaults.mend();
      Rig.await("the spool is empty", () -> rig.files(".mp4").isEmpty());
      for (int i = 0; i < 10; i++) {
        camera.play(Duration.ofSeconds(1));
        rig.settle();
      }
      assertThat(rig.gaps()).hasSize(1);
      assertThat(rig.gaps().getFirst().cause()).isEqualTo(GapCause.STORAGE);
      assertThat(rig.gaps().getFirst().detail()).contains("the spool is full");
      rig.uploaded();
      assertNothingUnexplained(rig, camera, rig.clock.now().minusSeconds(2));
    }
  }

  /** The scene with pictures made large by a NAL unit of filler (H.264 type 12). */
  private static Clip big() {
    return Clip.SCENE.padded(40_000);
  }

  @Test
  void theClockIsSetForwardByAnHour() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(8));
      Instant before = rig.clock.now();
      rig.clock.step(Duration.ofHours(1));
      camera.play(Duration.ofSeconds(8));
      rig.settle();
      camera.interrupt(GapCause.CAMERA, "end");
      rig.uploaded();
      assertThat(rig.gaps()).hasSize(1);
      Gap gap = rig.gaps().getFirst();
      assertThat(gap.cause()).isEqualTo(GapCause.CLOCK);
      assertThat(gap.kind()).isEqualTo(Gap.Kind.MISSING);
      assertThat(gap.range().start()).isBetween(before.minusSeconds(1), before.plusSeconds(2));
      assertThat(gap.range().duration())
          .isBetween(Duration.ofHours(1).minusSeconds(1), Duration.ofHours(1).plusSeconds(1));
      assertThat(frames(rig)).isEqualTo(16 * 25);
      assertThat(rig.stored().getLast().run()).isNotEqualTo(rig.stored().getFirst().run());
    }
  }

  @Test
  void theClockIsSetBackByAnHour() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(8));
      rig.clock.step(Duration.ofHours(-1));
      Instant after = rig.clock.now();
      camera.play(Duration.ofSeconds(8));
      rig.settle();
      camera.interrupt(GapCause.CAMERA, "end");
      rig.uploaded();
      assertThat(rig.gaps()).hasSize(1);
      Gap gap = rig.gaps().getFirst();
      assertThat(gap.cause()).isEqualTo(GapCause.CLOCK);
      assertThat(gap.kind()).isEqualTo(Gap.Kind.DAMAGED);
      assertThat(gap.range().start()).isBetween(after.minusSeconds(1), after.plusSeconds(2));
      assertThat(frames(rig)).isEqualTo(16 * 25);
      // Later gaps are seen again, although the old end of the recording is in the future.
      rig.clock.advance(Duration.ofSeconds(30));
      camera.connect();
      camera.play(Duration.ofSeconds(2));
      rig.settle();
      assertThat(rig.gaps())
          .filteredOn(later -> later.cause() == GapCause.CAMERA)
          .hasSize(1)
          .allMatch(later -> later.range().duration().toSeconds() >= 29);
    }
  }

  @Test
  void aClockSetWhileTheCameraIsAwayIsNoticedToo() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(8));
      camera.interrupt(GapCause.CAMERA, "away");
      rig.clock.step(Duration.ofHours(-1));
      rig.clock.advance(Duration.ofSeconds(10));
      camera.connect();
      camera.play(Duration.ofSeconds(8));
      rig.settle();
      assertThat(rig.gaps()).extracting(Gap::cause).contains(GapCause.CLOCK);
      List<Segment> segments = rig.recorder.segments(camera.id(), everything(rig), 10);
      assertThat(segments.stream().mapToInt(Segment::frames).sum()).isBetween(385, 400);
    }
  }

  @Test
  void aCameraThatSends21Of25FramesIsMeasuredByTheClock() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.frameTime = Duration.ofNanos(1_000_000_000L / 21);
      camera.ticksPerFrame = 90_000 / 21;
      camera.connect();
      Instant start = rig.clock.now();
      camera.play(Duration.ofSeconds(60));
      camera.interrupt(GapCause.CAMERA, "end");
      rig.uploaded();
      assertThat(rig.stored().getLast().range().end())
          .isBetween(start.plusMillis(59_800), start.plusMillis(60_200));
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void aCameraWhoseTicksRunSlowIsAnchoredAgainAndAgain() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.frameTime = Duration.ofNanos(1_000_000_000L / 21); // and the ticks say 25 a second
      camera.connect();
      Instant start = rig.clock.now();
      camera.play(Duration.ofMinutes(2));
      rig.settle();
      List<Segment> segments = rig.recorder.segments(camera.id(), everything(rig), 100);
      assertThat(segments.getLast().range().end())
          .isBetween(start.plusSeconds(116), start.plusSeconds(121));
      for (int i = 1; i < segments.size(); i++) {
        Duration hole =
            Duration.between(segments.get(i - 1).range().end(), segments.get(i).range().start());
        assertThat(hole.abs()).isLessThan(Duration.ofMillis(2_500));
      }
      assertThat(segments.stream().mapToInt(Segment::frames).sum()).isGreaterThan(120 * 21 - 15);
      assertNothingUnexplained(rig, camera, start.plusSeconds(110));
    }
  }

  @Test
  void aJumpOfRtpTimeCostsNoPicture() {
    for (Duration jump : List.of(Duration.ofHours(7), Duration.ofHours(-7))) {
      Path spool = directory.resolve(jump.isNegative() ? "back" : "ahead");
      try (Rig rig = Rig.started(spool)) {
        ScriptedStream camera = rig.register("gate-1");
        Instant start = rig.clock.now();
        camera.connect();
        camera.play(Duration.ofMillis(5_400));
        camera.jump(jump);
        camera.play(Duration.ofMillis(5_600));
        camera.interrupt(GapCause.CAMERA, "end");
        rig.uploaded();
        assertThat(frames(rig)).as("jump by %s", jump).isEqualTo(11 * 25);
        assertThat(rig.stored().getLast().run()).isNotEqualTo(rig.stored().getFirst().run());
        assertThat(rig.stored().getLast().range().end())
            .isBetween(start.plusMillis(10_800), start.plusMillis(11_200));
        assertThat(rig.gaps()).isEmpty();
      }
    }
  }

  @Test
  void aChangeOfResolutionBeginsANewRunWithoutAGap() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(5));
      camera.connect(Clip.SMALLER);
      camera.play(Duration.ofSeconds(5));
      camera.interrupt(GapCause.CAMERA, "end");
      rig.uploaded();
      List<Segment> stored = rig.stored();
      assertThat(stored.getFirst().width()).isEqualTo(160);
      assertThat(stored.getLast().width()).isEqualTo(128);
      assertThat(stored.getLast().init()).isNotEqualTo(stored.getFirst().init());
      assertThat(frames(rig)).isEqualTo(250);
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void lossIsADamagedStretchUntilTheNextKeyFrame() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      Instant start = rig.clock.now();
      camera.connect();
      camera.play(Duration.ofMillis(3_400));
      camera.lose(3);
      camera.play(Duration.ofSeconds(1));
      camera.lose(2);
      camera.play(Duration.ofSeconds(20));
      rig.uploaded();
      assertThat(rig.gaps()).hasSize(1);
      Gap gap = rig.gaps().getFirst();
      assertThat(gap.kind()).isEqualTo(Gap.Kind.DAMAGED);
      assertThat(gap.range().start()).isBetween(start.plusMillis(3_200), start.plusMillis(3_520));
      assertThat(gap.range().end()).isBetween(start.plusMillis(4_900), start.plusMillis(5_100));
      assertThat(gap.detail()).isEqualTo("packets lost; 5 packets in all");
      assertThat(rig.stored().stream().mapToLong(Segment::packetsLost).sum()).isEqualTo(5);
    }
  }

  @Test
  void aFormatThatCannotBeMuxedIsTheCamerasGap() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect(Clip.SCENE.withoutConfiguration());
      camera.play(Duration.ofSeconds(5));
      rig.settle();
      rig.recorder.housekeep(true);
      Rig.await("the gap is noted", () -> rig.gaps().size() == 1);
      assertThat(rig.gaps().getFirst().cause()).isEqualTo(GapCause.CAMERA);
      camera.connect(Clip.SCENE);
      camera.play(Duration.ofSeconds(5));
      rig.settle();
      assertThat(rig.recorder.status(camera.id()).orElseThrow().problem()).isNull();
    }
  }

  private static int frames(Rig rig) {
    return rig.stored().stream().mapToInt(Segment::frames).sum();
  }

  private static TimeRange everything(Rig rig) {
    return new TimeRange(Instant.EPOCH, rig.clock.now().plus(Duration.ofDays(1)));
  }

  /** Invariant 4, looked at from outside: each second is recorded or in the ledger. */
  private static void assertNothingUnexplained(Rig rig, ScriptedStream camera, Instant until) {
    Camera registered = rig.cameras.find(camera.id().camera()).orElseThrow();
    Instant since = Objects.requireNonNull(registered.recordingSince());
    var timeline = rig.recorder.timeline(camera.id(), new TimeRange(since, until));
    Instant explained = since;
    List<TimeRange> ranges = new ArrayList<>(timeline.recorded());
    timeline.gaps().forEach(gap -> ranges.add(gap.range()));
    ranges.sort(Comparator.comparing(TimeRange::start));
    for (TimeRange range : ranges) {
      assertThat(range.start()).isBeforeOrEqualTo(explained.plusSeconds(2));
      explained = range.end().isAfter(explained) ? range.end() : explained;
    }
    assertThat(explained).isAfterOrEqualTo(until.minusSeconds(2));
  }
}
