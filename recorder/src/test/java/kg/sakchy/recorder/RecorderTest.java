package kg.sakchy.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording when all is well. */
class RecorderTest {
  @TempDir Path directory;

  @Test
  void cutsSegmentsAtKeyFramesAndStoresThem() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(60));
      rig.uploaded();
      List<Segment> stored = rig.stored();
      assertThat(stored).hasSizeBetween(5, 9);
      for (int i = 1; i < stored.size(); i++) {
        Segment before = stored.get(i - 1);
        Segment segment = stored.get(i);
        assertThat(segment.range().start()).isEqualTo(before.range().end());
        assertThat(segment.previousSha256()).isEqualTo(before.sha256());
        assertThat(segment.run()).isEqualTo(before.run());
        assertThat(segment.sequence()).isEqualTo(i);
        assertThat(segment.decodeTicks() - before.decodeTicks()).isEqualTo(before.frames() * 3600L);
        assertThat(segment.range().duration())
            .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(11));
      }
      assertThat(stored.getFirst().previousSha256()).isEqualTo(Bytes.EMPTY);
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void everySegmentPlaysAndHoldsThePicturesTheCameraSent(@TempDir Path scratch) throws Exception {
    Judge judge = new Judge(scratch);
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(30));
      rig.uploaded();
      List<Judge.Packet> packets = new ArrayList<>();
      for (Segment segment : rig.stored()) {
        List<Judge.Packet> own = judge.play(rig.recorder, segment);
        assertThat(own).hasSize(segment.frames());
        assertThat(own.getFirst().keyFrame()).isTrue();
        packets.addAll(own);
      }
      for (int i = 0; i < packets.size(); i++) {
        Clip.Picture sent = Clip.SCENE.pictures.get(i % Clip.SCENE.pictures.size());
        assertThat(packets.get(i).dts()).isEqualTo(i * 3600L);
        assertThat(packets.get(i).pts() - packets.get(i).dts()).isEqualTo(sent.ptsFrames() * 3600L);
        assertThat(packets.get(i).keyFrame()).isEqualTo(sent.keyFrame());
      }
    }
  }

  @Test
  void keyFrameIndexLeadsToKeyFrames() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(30));
      rig.uploaded();
      Segment segment = rig.stored().get(1);
      assertThat(segment.keyFrames().size())
          .isEqualTo((int) segment.range().duration().toSeconds());
      for (int i = 0; i < segment.keyFrames().size(); i++) {
        assertThat(segment.keyFrames().ticks(i)).isEqualTo(i * 90_000L);
      }
    }
  }

  @Test
  void theOpenSegmentCanBeReadWhileItIsWritten(@TempDir Path scratch) throws Exception {
    Judge judge = new Judge(scratch);
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      Instant start = rig.clock.now();
      camera.connect();
      camera.play(Duration.ofSeconds(3));
      rig.settle();
      TimeRange all = new TimeRange(start, start.plusSeconds(3600));
      List<Segment> found = rig.recorder.segments(camera.id(), all, 100);
      Segment open = found.getLast();
      assertThat(open.state()).isEqualTo(Segment.State.WRITING);
      camera.play(Duration.ofSeconds(30));
      rig.uploaded();
      assertThat(judge.play(rig.recorder, open)).hasSize(open.frames());
      assertThat(rig.recorder.segments(camera.id(), all, 100))
          .filteredOn(segment -> segment.key().equals(open.key()))
          .extracting(Segment::state)
          .containsExactly(Segment.State.STORED);
    }
  }

  @Test
  void theTimelineIsOneStretchFromSpoolToStore() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      Instant start = rig.clock.now();
      camera.connect();
      camera.play(Duration.ofSeconds(35));
      rig.uploaded();
      var timeline =
          rig.recorder.timeline(camera.id(), new TimeRange(start, start.plusSeconds(100)));
      assertThat(timeline.recorded()).hasSize(1);
      assertThat(timeline.recorded().getFirst().start()).isEqualTo(start);
      assertThat(timeline.recorded().getFirst().duration())
          .isBetween(Duration.ofMillis(34_400), Duration.ofSeconds(35));
      assertThat(timeline.gaps()).isEmpty();
    }
  }

  @Test
  void registeringAndForgettingStartsAndStops() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      camera.play(Duration.ofSeconds(3));
      rig.cameras.delete(camera.id().camera());
      Rig.await("the stream is closed", () -> rig.live.streams.isEmpty());
      rig.uploaded();
      assertThat(rig.stored()).hasSize(1);
      assertThat(rig.stored().getFirst().frames()).isEqualTo(75);
      assertThat(rig.recorder.status(camera.id())).isEmpty();
      assertThat(rig.gaps()).extracting(Gap::kind).isEmpty();
    }
  }

  @Test
  void keepsTheCamerasOwnTimeBesideOurs() {
    try (Rig rig = Rig.started(directory)) {
      ScriptedStream camera = rig.register("gate-1");
      camera.connect();
      Instant wrong = Instant.parse("1999-12-31T23:59:59Z");
      camera.report(wrong);
      Instant first = rig.clock.now();
      camera.play(Duration.ofSeconds(20));
      rig.uploaded();
      Segment segment = rig.stored().getFirst();
      // Pictures sent ahead of their presentation show how early the first one was.
      assertThat(segment.range().start()).isBetween(first.minusMillis(100), first);
      assertThat(segment.time().arrival()).isEqualTo(first);
      int later = Clip.SCENE.pictures.getFirst().ptsFrames();
      assertThat(segment.time().cameraTime()).isEqualTo(wrong.plusMillis(40L * later));
      assertThat(segment.time().uncertainty()).isLessThan(Duration.ofMillis(200));
    }
  }
}
