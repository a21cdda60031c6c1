package kg.sakchy.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.InitSegmentWriter;
import kg.sakchy.media.mp4.InitTrack;
import org.junit.jupiter.api.Test;

class LiveFragmentsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final long START = Presentation.LEAD_TICKS;
  private static final int AAC_FRAME = 1_024;
  private static final TrackFormat VIDEO = video();
  private static final TrackFormat SOUND =
      new TrackFormat.Audio(
          Codec.AAC, 16_000, Bytes.copyOf(new byte[] {0x14, 0x08}), 1, "mp4a.40.2");

  private final List<FragmentSample> pictures = new ArrayList<>();
  private final List<FragmentSample> sounds = new ArrayList<>();
  private SelectedTracks tracks = SelectedTracks.of(List.of(VIDEO), PlayableCodecs.ANY);
  private LiveFragments fragments = new LiveFragments(tracks, START);

  /** Of the clip of the tests beside. */
  private static TrackFormat video() {
    try (InputStream clip = LiveFragmentsTest.class.getResourceAsStream("/kg/sakchy/web/run.mp4")) {
      return InitSegment.parse(ByteBuffer.wrap(clip.readAllBytes()))
          .video()
          .map(InitTrack::format)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void withSound() {
    tracks = SelectedTracks.of(List.of(VIDEO, SOUND), PlayableCodecs.ANY);
    fragments = new LiveFragments(tracks, START);
  }

  private void picture(long pts, long dts, long arrivalMillis) {
    fragments.add(unit(0, pts, dts, arrivalMillis));
  }

  private void sound(long ticks, long arrivalMillis) {
    fragments.add(unit(1, ticks, ticks, arrivalMillis));
  }

  private static AccessUnit unit(int track, long pts, long dts, long arrivalMillis) {
    return new AccessUnit(
        track,
        pts,
        dts,
        dts == 0,
        new byte[] {0, 0, 0, 1, 9},
        NOON.plusMillis(arrivalMillis),
        arrivalMillis * 1_000_000);
  }

  /** Ends the fragment, and sorts what is in it. */
  private void end() {
    Fragment fragment = fragments.end();
    InitSegment init =
        InitSegment.parse(ByteBuffer.wrap(InitSegmentWriter.write(tracks.formats())));
    for (FragmentSample sample :
        FragmentSamples.list(ByteBuffer.wrap(fragment.toByteArray()), init)) {
      (sample.track() == 1 ? pictures : sounds).add(sample);
    }
  }

  /** Pictures so many milliseconds apart, a fragment each. */
  private void spaced(int... millis) {
    long at = 0;
    picture(0, 0, 0);
    end();
    for (int apart : millis) {
      at += apart;
      picture(at * 90, at * 90, at);
      end();
    }
  }

  private void assertNoGaps() {
    for (int i = 1; i < pictures.size(); i++) {
      FragmentSample before = pictures.get(i - 1);
      assertThat(pictures.get(i).dts() - before.dts())
          .as("picture %d", i)
          .isPositive()
          .isLessThan(2 * before.duration());
    }
  }

  @Test
  void ratesThatVaryLeaveNoGap() {
    spaced(40, 40, 40, 200, 200, 40, 33, 66, 900, 40, 40, 5_000, 40);
    assertNoGaps();
  }

  @Test
  void aSteadyCameraKeepsItsTimesToTheTick() {
    spaced(40, 40, 40, 40, 40);
    assertThat(pictures)
        .extracting(FragmentSample::dts)
        .containsExactly(
            START, START + 3_600, START + 7_200, START + 10_800, START + 14_400, START + 18_000);
    assertThat(pictures).extracting(FragmentSample::duration).containsOnly(3_600L);
    assertThat(fragments.lastUtc()).isEqualTo(NOON.plusMillis(200));
  }

  @Test
  void picturesOutOfOrderKeepTheirOffsets() {
    picture(7_200, 0, 0);
    picture(18_000, 3_600, 40);
    picture(10_800, 7_200, 80);
    picture(14_400, 10_800, 120);
    end();
    assertThat(pictures)
        .extracting(sample -> sample.pts() - sample.dts())
        .containsExactly(7_200L, 14_400L, 3_600L, 3_600L);
    assertThat(pictures.getFirst().pts()).isEqualTo(START);
  }

  @Test
  void soundIsLaidByItsArrival() {
    withSound();
    picture(0, 0, 0);
    sound(500_000, 20);
    end();
    sound(500_000 + AAC_FRAME, 84);
    end();
    assertThat(sounds)
        .extracting(FragmentSample::dts)
        .containsExactly(16_000L + 320, 16_000L + 320 + AAC_FRAME);
  }

  @Test
  void senderReportsMoveSoundToItsPictures() {
    withSound();
    picture(0, 0, 0);
    sound(500_000, 300); // it was taken with the picture, and came late
    fragments.report(new SenderReport(0, 90_000, NOON.plusSeconds(1), NOON, 0));
    fragments.report(new SenderReport(1, 516_000, NOON.plusSeconds(1), NOON, 0));
    sound(500_000 + 8 * AAC_FRAME, 812);
    end();
    assertThat(sounds.getLast().dts()).isEqualTo(16_000L + 8 * AAC_FRAME);
  }

  @Test
  void soundThatDoesNotComeIsNoticed() {
    withSound();
    picture(0, 0, 0);
    sound(0, 0);
    end();
    picture(90_000, 90_000, 1_000);
    end();
    assertThat(fragments.soundIsMissing()).isFalse();
    picture(180_000, 180_000, 2_000);
    end();
    assertThat(fragments.soundIsMissing()).isTrue();
  }

  @Test
  void theFrameWithTheLeastDelayTellsTheTime() {
    picture(0, 0, 90);
    picture(3_600, 3_600, 130);
    picture(7_200, 7_200, 100);
    end();
    assertThat(Duration.between(NOON, fragments.lastUtc())).isEqualTo(Duration.ofMillis(100));
  }
}
