package kg.sakchy.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
  private static String words(@Nullable String header, long length) {
    return switch (ByteRange.parse(header, length)) {
      case ByteRange.Whole whole -> "whole";
      case ByteRange.Unsatisfiable none -> "none";
      case ByteRange.Part part -> part.first() + "-" + part.last();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0-0",
    "bytes=0-, 0-99",
    "bytes=10-19, 10-19",
    "Bytes= 10-19 , 10-19",
    "bytes=90-200, 90-99",
    "bytes=99-, 99-99",
    "bytes=100-, none",
    "bytes=-1, 99-99",
    "bytes=-100, 0-99",
    "bytes=-1000, 0-99",
    "bytes=-0, none",
    "bytes=-, whole",
    "bytes=, whole",
    "bytes=2-1, whole",
    "bytes=1-2x, whole",
    "bytes=--1, whole",
    "bytes=1, whole",
    "lines=1-2, whole",
    "bytes=0-9223372036854775808, 0-99",
    "bytes=99999999999999999999999-, none"
  })
  void followsTheSpecification(String header, String expected) {
    assertThat(words(header, 100)).isEqualTo(expected);
  }

  @Test
  void severalRangesAndNoneAreTheWhole() {
    assertThat(words("bytes=0-1,3-4", 100)).isEqualTo("whole");
    assertThat(words(null, 100)).isEqualTo("whole");
    assertThat(words("bytes=0-" + "9".repeat(200), 100)).isEqualTo("whole");
  }

  @Test
  void nothingOfAnEmptyFile() {
    assertThat(words("bytes=0-0", 0)).isEqualTo("none");
    assertThat(words("bytes=-5", 0)).isEqualTo("none");
  }

  @FuzzTest
  void aPartIsAlwaysInside(FuzzedDataProvider data) {
    long length = data.consumeLong(0, Long.MAX_VALUE);
    check(data.consumeRemainingAsString(), length);
  }

  @Test
  void noiseNeverLeavesTheFile() {
    Random random = new Random(11);
    String alphabet = "bytes=0123456789-, *";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder header = new StringBuilder(random.nextInt(3) == 0 ? "" : "bytes=");
      for (int letters = random.nextInt(24); letters > 0; letters--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      check(header.toString(), random.nextLong() & Long.MAX_VALUE >> random.nextInt(63));
    }
  }

  private static void check(String header, long length) {
    if (ByteRange.parse(header, length) instanceof ByteRange.Part part) {
      assertThat(part.first()).isBetween(0L, length - 1);
      assertThat(part.last()).isBetween(part.first(), length - 1);
      assertThat(part.length()).isPositive();
    }
  }
}
