package kg.sakchy.media.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AsciiTextTest {
  @Test
  void writesNumbersAsTheLibraryDoes() {
    Random random = new Random(36);
    for (int i = 0; i < 10_000; i++) {
      assertWritten(random.nextLong() >>> random.nextInt(64));
    }
    for (long number : new long[] {0, 9, 10, 35, 36, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      assertWritten(number);
    }
  }

  private static void assertWritten(long number) {
    AsciiText out = new AsciiText(1).append('s').base36(number).append(',').decimal(number);
    String expected = "s" + Long.toString(number, 36) + "," + number;
    assertThat(out).hasToString(expected);
    assertThat(out.toBytes()).asString().isEqualTo(expected);
  }
}
