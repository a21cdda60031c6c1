package kg.sakchy.recorder.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartCollectorTest {
  private static final StreamFormat FORMAT =
      new StreamFormat(
          List.of(
              new TrackFormat.Video(Codec.H264, 90_000, Bytes.EMPTY, 160, 96, "avc1.640015"),
              new TrackFormat.Audio(Codec.AAC, 16_000, Bytes.EMPTY, 1, "mp4a.40.2"),
              new TrackFormat.Metadata(Codec.ONVIF_METADATA, 90_000, Bytes.EMPTY)));

  private final PartCollector collector = new PartCollector(Duration.ofMillis(500));
  private final List<RawPart> parts = new ArrayList<>();

  PartCollectorTest() {
    collector.format(FORMAT);
  }

  private void add(int track, long dts, boolean key) {
    add(track, dts, key, 100);
  }

  private void add(int track, long dts, boolean key, int bytes) {
    keep(collector.add(new AccessUnit(track, dts, dts, key, new byte[bytes], Instant.EPOCH, 0)));
  }

  private void keep(@Nullable RawPart part) {
    if (part != null) {
      parts.add(part);
    }
  }

  @Test
  void aPartIsNeverLongerThanTheLimitAndKnowsItsEnd() {
    for (int i = 0; i < 100; i++) {
      add(0, i * 3_600L, i % 50 == 0);
    }
    for (RawPart part : parts) {
      assertThat(part.nextDts() - part.first().dts()).isBetween(1L, 45_000L);
    }
    assertThat(parts).hasSize(9);
    assertThat(parts.get(0).units()).hasSize(12);
    assertThat(parts.stream().filter(RawPart::keyFrame)).hasSize(2);
    assertThat(parts.stream().mapToInt(part -> part.units().size()).sum()).isEqualTo(98);
  }

  @Test
  void aKeyFrameAlwaysBeginsAPart() {
    add(0, 0, true);
    add(0, 3_600, false);
    add(0, 7_200, true);
    add(0, 10_800, false);
    keep(collector.flush());
    assertThat(parts).hasSize(2).allMatch(RawPart::keyFrame);
    assertThat(parts.get(1).nextDts()).isEqualTo(RawPart.UNKNOWN);
  }

  @Test
  void streamsOfKeyFramesAloneSharePartsToo() {
    for (int i = 0; i < 26; i++) {
      add(0, i * 3_600L, true);
    }
    assertThat(parts).hasSize(2).allMatch(part -> part.units().size() == 12);
  }

  @Test
  void timeThatDoesNotRiseEndsAPart() {
    add(0, 36_000, true);
    add(0, 39_600, false);
    add(0, 3_600, false);
    keep(collector.flush());
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).nextDts()).isEqualTo(RawPart.UNKNOWN);
    assertThat(parts.get(1).keyFrame()).isFalse();
  }

  @Test
  void soundGoesWithThePicturesAndMetadataStaysOut() {
    add(1, 5, true);
    add(0, 0, true);
    add(1, 1_029, true);
    add(2, 77, true);
    add(7, 77, true);
    add(0, 3_600, false);
    keep(collector.flush());
    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().units()).extracting(AccessUnit::track).containsExactly(0, 1, 0);
  }

  @Test
  void timeStampsThatStandStillDoNotFillTheMemory() {
    add(0, 0, true, 1 << 20);
    for (int i = 1; i <= 20; i++) {
      add(0, i, false, 1 << 20);
    }
    assertThat(parts).isNotEmpty().allMatch(part -> part.bytes() <= 9L << 20);
  }

  @Test
  void soundWithoutEndDoesNotFillTheMemory() {
    add(0, 0, true);
    for (int i = 0; i < 100_000; i++) {
      add(1, i, true, 1_000);
    }
    keep(collector.flush());
    assertThat(parts.getFirst().bytes()).isLessThan(9L << 20);
  }

  @Test
  void lossIsAddedUpWithThePlaceOfTheFirst() {
    add(0, 0, true);
    collector.loss(new PacketLoss(1, 4, "sound lost", Instant.EPOCH));
    add(0, 3_600, false);
    collector.loss(new PacketLoss(0, 2, "first", Instant.EPOCH));
    add(0, 7_200, false);
    collector.loss(new PacketLoss(0, 3, "second", Instant.EPOCH));
    keep(collector.flush());
    assertThat(parts.getFirst().loss()).isEqualTo(new RawPart.Loss(2, 5, 9, "first"));
  }

  @Test
  void unitsBeforeTheFormatAreNothing() {
    PartCollector fresh = new PartCollector(Duration.ofMillis(500));
    fresh.add(new AccessUnit(0, 0, 0, true, new byte[9], Instant.EPOCH, 0));
    assertThat(fresh.flush()).isNull();
  }
}
