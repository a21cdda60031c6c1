package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class SegmentIndexBoxTest {
  private static final int HEADER = 40;

  @Test
  void aSubsegmentIsItsKeyFramesPartAndTheRest() {
    ByteBuffer box =
        sidx(
            List.of(
                new SegmentIndexBox.Subsegment(100, 1_000, 400),
                new SegmentIndexBox.Subsegment(90_100, 500, 0),
                new SegmentIndexBox.Subsegment(180_100, 300, 300)),
            270_100);
    assertThat(box.getInt(12)).as("track").isEqualTo(7);
    assertThat(box.getInt(16)).as("timescale").isEqualTo(90_000);
    assertThat(box.getLong(20)).as("earliest presentation time").isEqualTo(100);
    assertThat(box.getLong(28)).as("first offset").isZero();
    assertThat(box.getShort(38)).as("references").isEqualTo((short) 4);
    assertReference(box, 0, 400, 90_000, true);
    assertReference(box, 1, 600, 0, false);
    assertReference(box, 2, 500, 90_000, true);
    assertReference(box, 3, 300, 90_000, true);
    assertThat(box.remaining()).isEqualTo(HEADER + 4 * 12);
  }

  @Test
  void longGapsTakeACoarserTimescaleWithoutDrift() {
    long day = 86_400L * 90_000;
    ByteBuffer box =
        sidx(
            List.of(
                new SegmentIndexBox.Subsegment(0, 10, 0),
                new SegmentIndexBox.Subsegment(day + 89, 10, 0),
                new SegmentIndexBox.Subsegment(day + 90, 10, 0)),
            day + 180);
    assertThat(box.getInt(16)).isEqualTo(1_000);
    assertReference(box, 0, 10, 86_400_000, true);
    assertReference(box, 1, 10, 1, true);
    assertReference(box, 2, 10, 1, true);
  }

  @Test
  void neighboursAreMergedUntilTheyFit() {
    List<SegmentIndexBox.Subsegment> many = new ArrayList<>();
    for (int i = 0; i < 65_537; i++) {
      many.add(new SegmentIndexBox.Subsegment(i * 100L, 10, 4));
    }
    ByteBuffer box = sidx(many, 6_553_700);
    assertThat(box.getShort(38) & 0xFFFF).isEqualTo(32_769);
    assertReference(box, 0, 20, 200, true);
    assertReference(box, 32_768, 10, 100, true);
  }

  @Test
  void moreThanABoxCanHoldIsUnsupported() {
    List<SegmentIndexBox.Subsegment> large =
        List.of(new SegmentIndexBox.Subsegment(0, 1L << 31, 0));
    assertThatThrownBy(() -> sidx(large, 100))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }

  private static ByteBuffer sidx(List<SegmentIndexBox.Subsegment> subsegments, long end) {
    return ByteBuffer.wrap(SegmentIndexBox.encode(7, subsegments, end));
  }

  private static void assertReference(
      ByteBuffer box, int i, int size, int duration, boolean keyFrame) {
    int at = HEADER + 12 * i;
    assertThat(box.getInt(at)).isEqualTo(size);
    assertThat(box.getInt(at + 4)).isEqualTo(duration);
    assertThat(box.getInt(at + 8)).isEqualTo(keyFrame ? 0x9000_0000 : 0);
  }
}
