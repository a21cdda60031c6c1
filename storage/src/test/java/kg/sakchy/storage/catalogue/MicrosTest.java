package kg.sakchy.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2026-11-22T23:59:59.999999999Z, 1795391999999999",
    "2026-11-22T23:59:59.999Z, 1795391999999000",
    "1969-12-31T23:59:59.999999999Z, -1",
    "1969-12-31T23:59:59Z, -1000000",
  })
  void cutsOffWhatIsFiner(Instant instant, long micros) {
    assertThat(Micros.of(instant)).isEqualTo(micros);
    assertThat(Micros.of(Micros.instant(micros))).isEqualTo(micros);
    assertThat(Micros.instant(micros)).isBeforeOrEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0", "PT0.0000019S, 1", "PT1H, 3600000000"})
  void cutsDurationsToo(Duration duration, long micros) {
    assertThat(Micros.of(duration)).isEqualTo(micros);
    assertThat(Micros.of(Micros.duration(micros))).isEqualTo(micros);
  }
}
