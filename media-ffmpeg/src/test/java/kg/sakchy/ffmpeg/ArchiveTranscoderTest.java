package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.stream.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTranscoderTest {
  /** Pictures that wait for others in the decoder. */
  private static final int HELD_BACK = 8;

  @TempDir Path folder;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final FfmpegLiveTranscoder live =
      new FfmpegLiveTranscoder(1, new FakeClock(Instant.EPOCH), metrics);
  private final ArchiveTranscoder transcoder = live.archive();
  private MediaFile hevc;

  @BeforeEach
  void read() {
    hevc = MediaFile.resource("h265-bframes.mp4", folder);
  }

  @AfterEach
  void close() {
    live.close();
  }

  private List<ArchiveTranscoder.Coded> coded(ArchiveTranscoder.Coding coding) {
    List<ArchiveTranscoder.Coded> made = new ArrayList<>();
    for (MuxSample sample : hevc.muxSamples()) {
      made.addAll(coding.push(sample.data(), sample.pts(), sample.keyFrame(), sample.keyFrame()));
    }
    return made;
  }

  @Test
  void eachPictureComesBackInOrderOnItsOwnTime() {
    try (ArchiveTranscoder.Coding coding = transcoder.open(hevc.format().video())) {
      List<ArchiveTranscoder.Coded> made = coded(coding);
      List<Long> times = hevc.muxSamples().stream().map(MuxSample::pts).sorted().toList();
      assertThat(made).hasSizeGreaterThan(times.size() - HELD_BACK);
      assertThat(made.stream().map(ArchiveTranscoder.Coded::pts))
          .containsExactlyElementsOf(times.subList(0, made.size()));
      assertThat(made.getFirst().keyFrame()).isTrue();
      assertThat(made.getFirst().format().codec()).isEqualTo(Codec.H264);
      try (VideoDecoder decoder = new VideoDecoder(made.getFirst().format())) {
        decoder.send(made.getFirst().data(), made.getFirst().pts(), true);
        decoder.end();
        assertThat(decoder.receive()).isTrue();
        assertThat(decoder.picture().height()).isEqualTo(180);
      }
    }
    assertThat(metrics.get("sakchy.transcode.cpu").functionCounter().count()).isPositive();
  }

  @Test
  void thereIsOneBoundForAll() {
    ArchiveTranscoder.Coding first = transcoder.open(hevc.format().video());
    assertThatThrownBy(() -> transcoder.open(hevc.format().video()))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE_EXHAUSTED));
    first.close();
    first.close();
    transcoder.open(hevc.format().video()).close();
    assertThat(metrics.get("sakchy.transcode.streams").gauge().value()).isZero();
  }

  @Test
  void afterItsEndNothingIsMade() {
    ArchiveTranscoder.Coding coding = transcoder.open(hevc.format().video());
    coding.close();
    assertThatThrownBy(() -> coded(coding))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }
}
