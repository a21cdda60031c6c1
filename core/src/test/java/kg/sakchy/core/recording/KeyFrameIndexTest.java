package kg.sakchy.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;

class KeyFrameIndexTest {
  @Test
  void encodesCompactlyAndDecodesToTheSame() {
    KeyFrameIndex.Builder builder = new KeyFrameIndex.Builder();
    for (int i = 0; i < 30; i++) {
      builder.add(i * 180_000L, 1_500 + i * 500_000L);
    }
    KeyFrameIndex index = builder.build();
    Bytes stored = index.encode();
    assertThat(stored.size()).isLessThan(30 * 7);
    assertThat(KeyFrameIndex.decode(stored)).isEqualTo(index);
  }

  @Test
  void sizesOfPartsAreKeptWhereKnown() {
    KeyFrameIndex.Builder builder = new KeyFrameIndex.Builder();
    builder.add(0, 1_500);
    builder.add(180_000, 500_000, 61_000);
    KeyFrameIndex index = builder.build();
    assertThat(index.partSize(0)).isZero();
    assertThat(index.partSize(1)).isEqualTo(61_000);
    assertThat(KeyFrameIndex.decode(index.encode())).isEqualTo(index);
  }

  @Test
  void findsTheKeyFrameAroundATime() {
    KeyFrameIndex.Builder builder = new KeyFrameIndex.Builder();
    builder.add(0, 1_000);
    builder.add(180_000, 2_000);
    builder.add(360_000, 3_000);
    KeyFrameIndex index = builder.build();
    assertThat(index.floor(-5)).isZero();
    assertThat(index.floor(179_999)).isZero();
    assertThat(index.floor(180_000)).isEqualTo(1);
    assertThat(index.floor(1_000_000)).isEqualTo(2);
    assertThat(index.ceiling(0)).isZero();
    assertThat(index.ceiling(1)).isEqualTo(1);
    assertThat(index.ceiling(360_001)).isEqualTo(3);
  }

  @Test
  void garbageIsDataLossAndNeverALargeAllocation() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[random.nextInt(24)];
      random.nextBytes(garbage);
      try {
        KeyFrameIndex decoded = KeyFrameIndex.decode(Bytes.copyOf(garbage));
        assertThat(decoded.size()).isLessThan(24);
      } catch (VmsException expected) {
        assertThat(expected.kind()).isEqualTo(kg.sakchy.core.error.ErrorKind.DATA_LOSS);
      }
    }
  }

  @Test
  void entriesMustRise() {
    KeyFrameIndex.Builder builder = new KeyFrameIndex.Builder();
    builder.add(10, 10);
    assertThatThrownBy(() -> builder.add(10, 20)).isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> builder.add(20, 10)).isInstanceOf(VmsException.class);
  }
}
