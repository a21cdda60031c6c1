package kg.sakchy.recorder.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.recorder.Clip;
import kg.sakchy.recorder.ScriptedStream;
import kg.sakchy.recorder.gap.GapTracker;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import kg.sakchy.recorder.spool.Spool;
import kg.sakchy.recorder.spool.SpoolGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that hangs: the camera's event loop goes on, memory is bounded, the loss has a name. */
class SlowDiskTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate-1"));

  @TempDir Path directory;

  @Test
  void whatDoesNotFitIntoTheBudgetIsAGapOfTheStorage() throws Exception {
    FakeClock clock = new FakeClock(Instant.parse("2026-05-01T10:00:00Z"));
    Instant start = clock.now();
    FaultSwitch disk = new FaultSwitch();
    List<Gap> gaps = new CopyOnWriteArrayList<>();
    Spool spool = new Spool(directory);
    SpoolGate gate =
        new SpoolGate(
            spool,
            64,
            0,
            () -> {
              disk.pass(); // every look at the disk waits while it hangs
              return Long.MAX_VALUE;
            },
            clock);
    MemoryBudget budget = new MemoryBudget(200_000);
    RecorderMetrics metrics = new RecorderMetrics(new SimpleMeterRegistry());
    IngestContext context =
        new IngestContext(RecordingConfig.DEFAULTS, clock, spool, gate, budget, gaps::add, metrics);
    GapTracker tracker = new GapTracker(STREAM, gaps::add, start, GapCause.OPERATOR, "begun");
    try (Lanes lanes = new Lanes(2)) {
      StreamRecorder recorder =
          new StreamRecorder(STREAM, context, lanes.lane(), Bytes.EMPTY, tracker);
      ScriptedStream camera = new ScriptedStream(STREAM, clock);
      recorder.start(camera);
      camera.connect(Clip.SCENE);
      camera.play(Duration.ofSeconds(5));
      recorder.growGap().get(10, TimeUnit.SECONDS);
      disk.hold();
      camera.play(Duration.ofMinutes(2));
      assertThat(budget.usedBytes()).isBetween(100_000L, 200_000L);
      assertThat(metrics.partsDropped.count()).isGreaterThan(100);
      disk.mend();
      recorder.growGap().get(10, TimeUnit.SECONDS);
      Instant back = clock.now();
      camera.play(Duration.ofSeconds(10));
      recorder.close().get(10, TimeUnit.SECONDS);
      assertThat(budget.usedBytes()).isZero();
      List<Gap> missing = gaps.stream().filter(gap -> gap.cause() == GapCause.STORAGE).toList();
      assertThat(missing.getLast().range().end())
          .isBetween(back.minusMillis(100), back.plusSeconds(2));
      assertThat(missing.getLast().detail()).contains("too slow");
      List<Segment> segments =
          spool.find(STREAM, new TimeRange(Instant.EPOCH, clock.now().plusSeconds(9)));
      assertThat(segments.getLast().range().end()).isAfter(back.plusSeconds(9));
      // Nothing of the gap is claimed by a segment, and nothing outside it is missing.
      assertThat(missing.getLast().range().start())
          .isEqualTo(segments.get(segments.size() - 2).range().end());
      assertThat(missing.getLast().range().end()).isEqualTo(segments.getLast().range().start());
    }
  }
}
