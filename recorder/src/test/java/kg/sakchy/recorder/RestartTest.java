package kg.sakchy.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stop, a crash or a loss of power leaves, and what the next start makes of it. */
class RestartTest {
  @TempDir Path directory;

  @Test
  void aCleanStopIsAGapOfTheOperator() {
    Path spool = directory.resolve("spool");
    Rig rig = Rig.started(spool);
    ScriptedStream camera = rig.register("gate-1");
    camera.connect();
    camera.play(Duration.ofSeconds(5));
    rig.close();
    rig.clock.advance(Duration.ofMinutes(3));
    try (Rig next = rig.next(spool)) {
      ScriptedStream again = next.stream("gate-1");
      again.connect();
      again.play(Duration.ofSeconds(5));
      next.settle();
      assertThat(next.gaps()).hasSize(1);
      Gap gap = next.gaps().getFirst();
      assertThat(gap.cause()).isEqualTo(GapCause.OPERATOR);
      assertThat(gap.detail()).isEqualTo("the server was stopped");
      assertThat(gap.range().duration())
          .isBetween(Duration.ofSeconds(179), Duration.ofSeconds(182));
      assertThat(next.count("sakchy.recorder.segments.recovered")).isZero();
    }
  }

  @Test
  void aStartThatFailsBeforeRecordingDoesNotPassForACleanStop() {
    Path spool = directory.resolve("spool");
    try (Rig crashed = Rig.started(spool)) {
      crashed.settle();
    }
    Path stopped = spool.resolve("stopped");
    assertThat(stopped).exists();
    assertThat(stopped.toFile().delete()).isTrue(); // as a crash would leave it
    new Rig(spool, Rig.CONFIG).close();
    assertThat(stopped).doesNotExist();
  }

  @Test
  void aCrashLosesNoWholePartAndKeepsTheChain(@TempDir Path scratch) throws Exception {
    Judge judge = new Judge(scratch);
    Path crashed;
    Rig rig = Rig.started(directory.resolve("spool"));
    try (rig) {
      rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(28));
      rig.settle();
      crashed = rig.copyOfSpool(directory.resolve("crashed"));
    }
    Instant crash = rig.clock.now();
    assertThat(rig.stored()).isEmpty();
    Path open = only(crashed, ".open");
    Files.write(open, new byte[] {0, 0, 1, 2, 'm', 'o', 'o', 'f', 9}, StandardOpenOption.APPEND);
    rig.clock.advance(Duration.ofSeconds(20));
    try (Rig next = rig.next(crashed)) {
      ScriptedStream camera = next.stream("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(12));
      next.uploaded();
      assertThat(next.count("sakchy.recorder.segments.recovered")).isEqualTo(1);
      List<Segment> stored = next.stored();
      int last = stored.size() - 1;
      while (stored.get(last).range().start().isAfter(crash)) {
        last--;
      }
      Segment saved = stored.get(last);
      assertThat(judge.play(next.recorder, saved)).hasSize(saved.frames());
      assertThat(saved.range().end()).isBetween(crash.minusMillis(700), crash);
      assertThat(stored.get(last + 1).previousSha256()).isEqualTo(saved.sha256());
      assertThat(next.gaps()).hasSize(1);
      assertThat(next.gaps().getFirst().cause()).isEqualTo(GapCause.SERVER);
      assertThat(next.gaps().getFirst().range().start()).isEqualTo(saved.range().end());
    }
  }

  @Test
  void aSegmentThatIsIndexedAlreadyIsOnlyRemoved() throws Exception {
    Rig rig = Rig.started(directory.resolve("spool"));
    Path crashed;
    try (rig) {
      rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(12));
      rig.settle();
      crashed = rig.copyOfSpool(directory.resolve("crashed"));
      rig.storeFaults.mend();
      rig.uploaded();
    }
    int stored = rig.stored().size();
    Segment known = rig.stored().getFirst();
    try (Rig next = rig.next(crashed)) {
      Rig.await(
          "the known segment is gone",
          () -> next.files(".mp4").stream().noneMatch(file -> isOf(file, known)));
      next.uploaded();
      assertThat(next.stored()).hasSizeBetween(stored, stored + 1);
    }
  }

  @Test
  void damageByALossOfPowerIsFoundByTheHashAndMended(@TempDir Path scratch) throws Exception {
    Judge judge = new Judge(scratch);
    Path crashed;
    Rig rig = Rig.started(directory.resolve("spool"));
    try (rig) {
      rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(30));
      rig.settle();
      crashed = rig.copyOfSpool(directory.resolve("crashed"));
    }
    // The size is right, the row is there, but the last pages never reached the disk.
    Path damaged = files(crashed, ".mp4").getFirst();
    byte[] content = Files.readAllBytes(damaged);
    Arrays.fill(content, content.length / 2, content.length, (byte) 0);
    Files.write(damaged, content);
    assertThat(rig.stored()).isEmpty();
    try (Rig next = rig.next(crashed)) {
      next.uploaded();
      Segment mended = next.stored().getFirst();
      assertThat(mended.sizeBytes()).isBetween(1000L, (long) content.length / 2);
      assertThat(judge.play(next.recorder, mended)).hasSize(mended.frames());
    }
  }

  @Test
  void gapsKnownBeforeTheStopKeepTheirCause() {
    Path spool = directory.resolve("spool");
    Rig rig = Rig.started(spool);
    ScriptedStream camera = rig.register("gate-1");
    camera.connect();
    camera.play(Duration.ofSeconds(5));
    camera.interrupt(GapCause.CAMERA, "broken lens");
    rig.clock.advance(Duration.ofMinutes(10));
    rig.recorder.housekeep(true);
    rig.settle();
    rig.gaps();
    rig.close();
    rig.clock.advance(Duration.ofMinutes(1));
    try (Rig next = rig.next(spool)) {
      ScriptedStream again = next.stream("gate-1");
      again.connect();
      again.play(Duration.ofSeconds(5));
      next.settle();
      assertThat(next.gaps())
          .extracting(Gap::cause)
          .containsExactly(GapCause.CAMERA, GapCause.OPERATOR);
      assertThat(next.gaps().get(1).range().start()).isEqualTo(next.gaps().get(0).range().end());
    }
  }

  @Test
  void twoServersDoNotShareASpool() {
    try (Rig rig = Rig.started(directory)) {
      assertThatThrownBy(() -> rig.next(directory))
          .hasMessageContaining("another server uses the spool directory");
    }
  }

  @Test
  void theDatabaseMayBeAwayAtTheStart() {
    try (Rig rig = new Rig(directory, Rig.CONFIG)) {
      rig.databaseFaults.fail(ErrorKind.UNAVAILABLE);
      rig.recorder.start();
      Rig.await("it says so", () -> rig.recorder.problems().toString().contains("list of cameras"));
      rig.databaseFaults.mend();
      ScriptedStream camera = rig.register("gate-1");
      Rig.await("the list is read", () -> rig.recorder.problems().isEmpty());
      camera.connect();
      camera.play(Duration.ofSeconds(5));
      rig.settle();
      TimeRange all = new TimeRange(Instant.EPOCH, rig.clock.now().plusSeconds(9));
      assertThat(rig.recorder.segments(camera.id(), all, 10)).hasSize(1);
    }
  }

  private static boolean isOf(Path file, Segment segment) {
    return segment.key().value().endsWith(file.getFileName().toString());
  }

  private static Path only(Path directory, String ending) throws Exception {
    List<Path> found = files(directory, ending);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<Path> files(Path directory, String ending) throws Exception {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
