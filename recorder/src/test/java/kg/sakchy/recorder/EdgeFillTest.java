package kg.sakchy.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gaps that are filled from the card of a camera, judged frame by frame by ffprobe. */
class EdgeFillTest {
  private static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");
  private static final StreamId GATE = StreamId.main(new CameraId("gate-1"));

  @TempDir Path directory;
  @TempDir Path scratch;

  private final CardCamera card = new CardCamera(T0);
  private Rig rig;
  private ScriptedStream live;

  @BeforeEach
  void start() {
    rig = Rig.filling(directory.resolve("spool"), card);
    live = rig.register("gate-1");
    live.connect();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Instant at(double seconds) {
    return T0.plusMillis(Math.round(seconds * 1_000));
  }

  /** When the picture was taken that arrives, live, so many seconds after the beginning. */
  private static Instant taken(double seconds) {
    return at(seconds).minus(CardCamera.DELAY);
  }

  /** The link is cut at 12 s for a minute; the camera is back since 24 s. */
  private void cutForAMinute() {
    live.play(Duration.ofSeconds(12));
    cut(Duration.ofSeconds(60));
    live.play(Duration.ofSeconds(24));
    rig.settle();
  }

  private void cut(Duration length) {
    live.interrupt(GapCause.NETWORK, "the link is cut");
    rig.settle();
    rig.clock.advance(length);
    live.connect();
  }

  private void awaitFills(int count) {
    Rig.await(
        count + " fills ended",
        () -> {
          double ended =
              rig.registry.find("sakchy.recorder.edge.fills").counters().stream()
                  .mapToDouble(counter -> counter.count())
                  .sum();
          return ended >= count && rig.gauge("sakchy.recorder.edge.running") == 0;
        });
  }

  /**
   * UTC of every picture of the archive, in the order of showing, each segment decoded; without the
   * group of pictures with which a filled segment begins again.
   */
  private List<Instant> pictures() throws IOException, InterruptedException {
    Judge judge = new Judge(scratch);
    List<Instant> shown = new ArrayList<>();
    Instant end = Instant.MIN;
    Segment previous = null;
    for (Segment segment :
        rig.recorder.segments(GATE, new TimeRange(T0, rig.clock.now().plusSeconds(1)), 1_000)) {
      if (previous != null && previous.endsWithTheBeginningOf(segment)) {
        Instant again = segment.range().start();
        shown.removeIf(picture -> !picture.isBefore(again.minusMillis(20)));
      } else {
        assertThat(segment.range().start()).isAfterOrEqualTo(end);
      }
      previous = segment;
      end = segment.range().end();
      List<Judge.Packet> packets = new ArrayList<>(judge.play(rig.recorder, segment));
      long first = packets.getFirst().pts();
      packets.sort(Comparator.comparingLong(Judge.Packet::pts));
      for (Judge.Packet packet : packets) {
        shown.add(segment.range().start().plus(MediaTime.duration(packet.pts() - first, 90_000)));
      }
    }
    shown.removeIf(picture -> picture.isAfter(rig.clock.now().minusSeconds(1))); // still coming
    return shown;
  }

  /** Asserts that no two pictures are nearer than a picture lasts; returns the longest hole. */
  private Duration longestHole() throws IOException, InterruptedException {
    List<Instant> shown = pictures();
    Duration longest = Duration.ZERO;
    for (int i = 1; i < shown.size(); i++) {
      Duration step = Duration.between(shown.get(i - 1), shown.get(i));
      assertThat(step)
          .as("from %s to %s", shown.get(i - 1), shown.get(i))
          .isGreaterThan(Duration.ofMillis(19));
      longest = step.compareTo(longest) > 0 ? step : longest;
    }
    return longest;
  }

  private List<Segment> filled() {
    return rig.stored().stream().filter(segment -> segment.time().isFilled()).toList();
  }

  private List<TimeRange> gaps() {
    return rig.gaps().stream().map(Gap::range).toList();
  }

  @Test
  void aGapIsFilledWithoutASeamAndLeavesTheLedger() throws Exception {
    card.holds(T0, at(1_000));
    cutForAMinute();
    awaitFills(1);
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofMillis(60));
    rig.uploaded();
    assertThat(filled()).isNotEmpty();
    assertThat(filled().getFirst().range().start()).isEqualTo(taken(12));
    assertThat(filled().getLast().range().end()).isEqualTo(taken(72));
    for (Segment segment : filled()) {
      assertThat(segment.time().cameraTime()).isEqualTo(segment.range().start());
      assertThat(segment.time().arrival()).isEqualTo(Instant.EPOCH.plusSeconds(3));
      assertThat(segment.time().uncertainty()).isGreaterThan(Duration.ofSeconds(1));
    }
    assertThat(rig.count("sakchy.recorder.edge.filled.seconds")).isEqualTo(60);
    assertThat(card.replays.get()).isEqualTo(1);
  }

  @Test
  void whereNoKeyFrameFitsTheGroupBeforeComesAgain() throws Exception {
    card.holds(T0, at(1_000));
    live.play(Duration.ofMillis(12_400));
    cut(Duration.ofMillis(59_300));
    live.play(Duration.ofSeconds(24));
    rig.settle();
    awaitFills(1);
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofMillis(80));
    rig.uploaded();
    assertThat(filled().getFirst().range().start()).isEqualTo(taken(12));
  }

  @ParameterizedTest
  @CsvSource({"0, 32", "30, 50", "52, 1000"})
  void whatTheCardDoesNotHoldStaysInTheLedger(int from, int until) throws Exception {
    card.holds(at(from), at(until));
    cutForAMinute();
    awaitFills(1);
    List<TimeRange> left = new ArrayList<>();
    if (from > 12) {
      left.add(new TimeRange(taken(12), taken(from)));
    }
    if (until < 72) {
      left.add(new TimeRange(taken(until), taken(72)));
    }
    assertThat(gaps()).isEqualTo(left);
    assertThat(rig.gaps()).allMatch(gap -> gap.cause() == GapCause.NETWORK);
    longestHole();
  }

  @Test
  void aCameraThatHasNothingIsAskedThreeTimesAndNeverAgain() {
    cutForAMinute();
    awaitFills(1);
    assertThat(gaps()).containsExactly(new TimeRange(taken(12), taken(72)));
    for (int asked = 1; asked <= 3; asked++) {
      awaitFills(asked);
      assertThat(card.asked.get()).isEqualTo(asked);
      rig.clock.advance(Duration.ofHours(1));
    }
    rig.clock.advance(Duration.ofDays(2));
    assertThat(rig.gauge("sakchy.recorder.edge.given.up")).isEqualTo(1);
    rig.close();
    rig = rig.nextFilling(directory.resolve("spool"), card); // and a restart does not forget
    assertThat(rig.gauge("sakchy.recorder.edge.given.up")).isEqualTo(1);
    live = rig.stream("gate-1");
    live.connect();
    live.play(Duration.ofSeconds(1));
    cut(Duration.ofSeconds(6));
    card.holds(at(0), at(20)); // too late
    live.play(Duration.ofSeconds(24));
    awaitFills(1); // of the new gap alone
    assertThat(card.replays.get()).isZero();
    assertThat(rig.gaps()).anyMatch(gap -> gap.range().equals(new TimeRange(taken(12), taken(72))));
  }

  @Test
  void gapsThatSomebodyWantedAreLeftAlone() {
    card.holds(T0, at(1_000));
    live.play(Duration.ofSeconds(12));
    live.interrupt(GapCause.OPERATOR, "the address was changed");
    rig.settle();
    rig.clock.advance(Duration.ofSeconds(30));
    live.connect();
    live.play(Duration.ofSeconds(20));
    cut(Duration.ofSeconds(10));
    live.play(Duration.ofSeconds(20));
    rig.settle();
    awaitFills(1);
    assertThat(rig.gaps()).extracting(Gap::cause).containsExactly(GapCause.OPERATOR);
  }

  @ParameterizedTest
  @CsvSource({"PT1H, PT1H", "PT-1H, PT-59M-59.6S", "PT3S, PT2.7S", "PT0.2S, PT-1S"})
  void senderReportsTellTheCameraClockToTheFraction(String error, String told) throws Exception {
    card.holds(T0, at(1_000));
    card.clockError = Duration.parse(error);
    card.told = Duration.parse(told);
    live.report(taken(0).plus(card.clockError).minus(CardCamera.DELAY)); // coded before it is shown
    cutForAMinute();
    awaitFills(1);
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofMillis(60));
    rig.uploaded();
    Segment first = filled().getFirst();
    assertThat(first.time().cameraTime()).isEqualTo(first.range().start().plus(card.clockError));
    assertThat(first.time().uncertainty()).isLessThan(Duration.ofMillis(200));
  }

  @Test
  void whatTheCameraRepeatsOrSendsOutOfOrderIsTakenOnce() throws Exception {
    card.holds(T0, at(1_000));
    card.order =
        List.of(
            new TimeRange(at(10), at(20)),
            new TimeRange(at(17.5), at(30.3)),
            new TimeRange(at(12), at(14)),
            new TimeRange(at(30), at(40)),
            new TimeRange(at(45), at(50)),
            new TimeRange(at(40), at(45)),
            new TimeRange(at(50), at(80)));
    cutForAMinute();
    awaitFills(1);
    assertThat(gaps()).containsExactly(new TimeRange(taken(40), taken(45)));
    assertThat(longestHole()).isLessThan(Duration.ofMillis(5_100));
    card.order = null;
    rig.clock.advance(Duration.ofMinutes(11));
    awaitFills(2);
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofMillis(800)); // 30.3 to 31
  }

  @Test
  void anotherCodecConfigurationBeginsARun() throws Exception {
    card.holds(T0, at(1_000));
    card.smallerFrom = at(40);
    cutForAMinute();
    awaitFills(1);
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofMillis(60));
    rig.uploaded();
    assertThat(filled().stream().map(Segment::run).distinct()).hasSize(2);
    assertThat(filled().stream().map(Segment::width).distinct()).containsExactly(160, 128);
  }

  @Test
  void aReplayThatDiesIsTakenUpWhereItWas() throws Exception {
    card.holds(T0, at(1_000));
    card.diesAfter = 800;
    cutForAMinute();
    awaitFills(1);
    assertThat(gaps()).hasSize(1);
    assertThat(gaps().getFirst().start()).isBetween(at(40), at(43));
    rig.clock.advance(Duration.ofSeconds(61));
    awaitFills(2);
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofSeconds(1));
    assertThat(card.replays.get()).isEqualTo(2);
  }

  @Test
  void aCrashInTheMiddleLosesAndRepeatsNothing() throws Exception {
    card.holds(T0, at(1_000));
    card.free = 800;
    cutForAMinute();
    Rig.await(
        "the fill is on its way",
        () ->
            rig.recorder.edgeFill().orElseThrow().running().stream()
                .anyMatch(
                    fill -> fill.filledUntil() != null && fill.filledUntil().isAfter(at(40))));
    rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
    rig.databaseFaults.fail(ErrorKind.UNAVAILABLE);
    Path crashed = rig.copyOfSpool(directory.resolve("crashed"));
    card.free = Integer.MAX_VALUE;
    rig.close();
    rig.clock.advance(Duration.ofSeconds(20));
    rig = rig.nextFilling(crashed, card);
    live = rig.stream("gate-1");
    live.connect();
    live.play(Duration.ofSeconds(24));
    rig.settle();
    awaitFills(2); // the rest of the old gap, and the server's absence
    assertThat(gaps()).isEmpty();
    assertThat(longestHole()).isLessThan(Duration.ofMillis(1_050));
    rig.uploaded();
    List<Segment> inTheGap =
        rig.stored().stream()
            .filter(segment -> segment.range().overlaps(new TimeRange(taken(12), taken(72))))
            .toList();
    assertThat(inTheGap).hasSizeGreaterThan(3).allMatch(segment -> segment.time().isFilled());
  }

  @Test
  void liveRecordingGoesOnMeanwhile() {
    card.holds(T0, at(1_000));
    card.free = 800;
    cutForAMinute();
    Rig.await("the fill is on its way", () -> card.replays.get() == 1);
    double before = rig.count("sakchy.recorder.parts.written");
    live.play(Duration.ofSeconds(30));
    rig.settle();
    assertThat(rig.count("sakchy.recorder.parts.written") - before).isGreaterThan(55);
    assertThat(rig.recorder.edgeFill().orElseThrow().running()).hasSize(1);
    card.permits.release(10_000);
    awaitFills(1);
    assertThat(gaps()).isEmpty();
  }

  @Test
  void aCameraThatRecordsNothingIsAskedOnceADay() {
    card.refusal = new VmsException(ErrorKind.UNSUPPORTED, "the camera records nothing itself");
    cutForAMinute();
    awaitFills(1);
    cut(Duration.ofSeconds(30));
    live.play(Duration.ofSeconds(24));
    rig.clock.advance(Duration.ofHours(23));
    assertThat(card.asked.get()).isEqualTo(1);
    assertThat(rig.recorder.edgeFill().orElseThrow().lastProblem())
        .isEqualTo("gate-1/main: the camera records nothing itself");
    rig.clock.advance(Duration.ofHours(2));
    awaitFills(2);
    assertThat(card.asked.get()).isEqualTo(2);
  }

  @Test
  void nothingIsFetchedWhileTheStoreIsBehind() {
    card.holds(T0, at(1_000));
    rig.storeFaults.fail(ErrorKind.UNAVAILABLE);
    live.connect(Clip.SCENE.padded(30_000));
    for (int i = 0; i < 6; i++) {
      live.play(Duration.ofSeconds(4));
      rig.settle();
    }
    live.connect(Clip.SCENE);
    cutForAMinute();
    assertThat(card.asked.get()).isZero();
    rig.storeFaults.mend();
    awaitFills(1);
    assertThat(gaps()).isEmpty();
  }
}
