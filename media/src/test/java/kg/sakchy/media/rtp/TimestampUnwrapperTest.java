package kg.sakchy.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampUnwrapperTest {
  private static final long WRAP = 1L << 32;

  private final TimestampUnwrapper unwrapper = new TimestampUnwrapper(10 * 90_000);

  @Test
  void followsTheLineOverManyWraps() {
    long line = WRAP - 1_000;
    for (int i = 0; i < 100; i++) {
      assertThat(unwrapper.unwrap(line & (WRAP - 1))).isEqualTo(line);
      line += 800_000_000L;
    }
  }

  @Test
  void goesBackForReorderedFramesEvenOverTheWrap() {
    assertThat(unwrapper.unwrap(WRAP - 3_600)).isEqualTo(WRAP - 3_600);
    assertThat(unwrapper.unwrap(7_200)).isEqualTo(WRAP + 7_200);
    assertThat(unwrapper.unwrap(WRAP - 1)).isEqualTo(WRAP - 1);
    assertThat(unwrapper.jumped()).isFalse();
  }

  @Test
  void reportsAJumpOnceAndGoesOnFromThere() {
    unwrapper.unwrap(1_000);
    assertThat(unwrapper.unwrap(1_000 + 900_001)).isEqualTo(901_001);
    assertThat(unwrapper.jumped()).isTrue();
    unwrapper.unwrap(904_601);
    assertThat(unwrapper.jumped()).isFalse();
    assertThat(unwrapper.unwrap(0)).isZero();
    assertThat(unwrapper.jumped()).isTrue();
  }

  @Test
  void peekDoesNotMove() {
    assertThat(unwrapper.peek(5)).isEqualTo(5);
    unwrapper.unwrap(WRAP - 10);
    assertThat(unwrapper.peek(20)).isEqualTo(WRAP + 20);
    assertThat(unwrapper.unwrap(WRAP - 5)).isEqualTo(WRAP - 5);
  }

  @Test
  void resetBeginsANewLine() {
    unwrapper.unwrap(WRAP - 1);
    unwrapper.unwrap(WRAP - 1 + 10);
    unwrapper.reset();
    assertThat(unwrapper.unwrap(77)).isEqualTo(77);
    assertThat(unwrapper.jumped()).isFalse();
  }
}
