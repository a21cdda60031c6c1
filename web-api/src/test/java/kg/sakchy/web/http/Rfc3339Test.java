package kg.sakchy.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T13:00:00+06:00, 2026-11-22T07:00:00Z",
    "2026-11-22t13:00:00z, 2026-11-22T13:00:00Z",
    "2026-11-22 13:00:00.5Z, 2026-11-22T13:00:00.500Z",
    "2026-11-22T13:00:00.123456789-01:30, 2026-11-22T14:30:00.123456789Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2024-02-29T00:00:00-00:00, 2024-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
  })
  void readsMoments(String text, String utc) {
    assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse(utc));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-22",
        "2026-11-22T13:00Z",
        "2026-11-22T13:00:00",
        "2026-11-22T13:00:00+0600",
        "2026-11-22T13:00:00+06",
        "2026-13-22T13:00:00Z",
        "2026-02-29T13:00:00Z",
        "2026-11-22T24:00:01Z",
        "2026-11-22T13:61:00Z",
        "2026-11-22T13:00:61Z",
        "2026-11-22T13:00:00+19:00",
        "2026-11-22T13:00:00.Z",
        "2026-11-22T13:00:00.1234567890Z",
        "+12026-11-22T13:00:00Z",
        "2026-11-22T13:00:00Z ",
        "٢٠٢٦-11-22T13:00:00Z",
        "1763809200"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Rfc3339.parse(text))
        .isInstanceOf(VmsException.class)
        .hasMessageContaining("2026-11-22T13:00:00+06:00");
  }

  @Test
  void namesOfFilesHaveNoSeparators() {
    assertThat(Rfc3339.compact(Instant.parse("2026-11-22T07:08:09.9Z")))
        .isEqualTo("20261122T070809Z");
  }

  @FuzzTest
  void aMomentThatIsReadIsWrittenAndReadAgain(byte[] input) {
    String text = new String(input, java.nio.charset.StandardCharsets.UTF_8);
    try {
      Instant moment = Rfc3339.parse(text);
      if (moment.atOffset(java.time.ZoneOffset.UTC).getYear() >= 0
          && moment.atOffset(java.time.ZoneOffset.UTC).getYear() <= 9999) {
        assertThat(Rfc3339.parse(Rfc3339.format(moment))).isEqualTo(moment);
      }
    } catch (VmsException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
    }
  }
}
