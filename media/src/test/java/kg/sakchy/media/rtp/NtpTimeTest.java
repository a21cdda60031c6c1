package kg.sakchy.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NtpTimeTest {
  @Test
  void knownMoments() {
    assertThat(new NtpTime(0x83AA_7E80_0000_0000L).toInstant()).isEqualTo(Instant.EPOCH);
    assertThat(new NtpTime(0x83AA_7E80_8000_0000L).toInstant())
        .isEqualTo(Instant.parse("1970-01-01T00:00:00.5Z"));
    assertThat(NtpTime.of(Instant.parse("2026-03-21T00:00:00Z")).bits() >>> 32)
        .isEqualTo(Instant.parse("2026-03-21T00:00:00Z").getEpochSecond() + 2_208_988_800L);
  }

  @Test
  void theEraAfter2036() {
    Instant later = Instant.parse("2040-06-01T12:00:00.25Z");
    assertThat(NtpTime.of(later).toInstant()).isEqualTo(later);
    assertThat(new NtpTime(1L).toInstant()).isEqualTo(Instant.parse("2036-02-07T06:28:16Z"));
  }

  @Test
  void toTheNanosecondAndBack() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
      assertThat(NtpTime.of(instant).toInstant()).isEqualTo(instant);
    }
  }

  @Test
  void zeroIsUnknown() {
    assertThat(new NtpTime(0).known()).isFalse();
    assertThat(new NtpTime(0x1234_5678_9abc_def0L).middle()).isEqualTo(0x5678_9abcL);
  }
}
