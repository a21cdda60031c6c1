package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnvifTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.25Z, 2026-11-22T10:00:00.250Z",
    "2026-11-22T16:00:00+06:00, 2026-11-22T10:00:00Z",
    "2026-11-22T16:00:00+0600, 2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00, 2026-11-22T10:00:00Z",
    "2026-11-22T00:61:16Z, 2026-11-22T01:01:16Z",
    "2023-05-15T-07:10:32Z, 2023-05-15T07:10:32Z",
    "2010-01-01-00:00:00, 2010-01-01T00:00:00Z",
    "2026-1-2 3:04:05, 2026-01-02T03:04:05Z",
    "'  2026-11-22T10:00:60Z ', 2026-11-22T10:01:00Z",
  })
  void timesAsCamerasWriteThem(String written, String meant) {
    assertThat(OnvifTime.parse(written)).contains(Instant.parse(meant));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "now",
    "0000-00-00T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-22",
    "9999-01-01T00:00:00Z"
  })
  void whatIsNoTime(String written) {
    assertThat(OnvifTime.parse(written)).isEmpty();
  }

  @Test
  void durations() {
    assertThat(OnvifTime.duration("PT60S")).contains(Duration.ofMinutes(1));
    assertThat(OnvifTime.duration("P1DT2H3M4.5S"))
        .contains(Duration.ofDays(1).plusHours(2).plusMinutes(3).plusMillis(4_500));
    assertThat(OnvifTime.duration("-PT1S")).contains(Duration.ofSeconds(-1));
    assertThat(OnvifTime.duration("PT1093754.348S")).contains(Duration.ofMillis(1_093_754_348));
    assertThat(OnvifTime.duration("P")).isEmpty();
    assertThat(OnvifTime.duration("PT")).isEmpty();
    assertThat(OnvifTime.duration("60")).isEmpty();
  }

  private static SystemDateAndTime told(String fields) {
    String xml =
        "<r><SystemDateAndTime><DateTimeType>Manual</DateTimeType>"
            + fields
            + "</SystemDateAndTime></r>";
    return SystemDateAndTime.read(XmlCursor.open(xml.getBytes(StandardCharsets.UTF_8), null));
  }

  private static String time(String tag, int hour) {
    return "<"
        + tag
        + "><Time><Hour>"
        + hour
        + "</Hour><Minute>0</Minute><Second>0</Second></Time>"
        + "<Date><Year>2026</Year><Month>11</Month><Day>22</Day></Date></"
        + tag
        + ">";
  }

  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void utcIsBelievedFirst() {
    assertThat(told(time("UTCDateTime", 12) + time("LocalDateTime", 18)).offsets(TEN))
        .containsExactly(Duration.ofHours(2), Duration.ZERO);
  }

  @Test
  void localTimeInTheUtcFieldIsSeen() {
    String zone = "<TimeZone><TZ>CST-6:00:00</TZ></TimeZone>";
    List<Duration> offsets =
        told(zone + time("UTCDateTime", 16) + time("LocalDateTime", 16)).offsets(TEN);
    assertThat(offsets.getFirst()).isEqualTo(Duration.ZERO);
    assertThat(offsets).contains(Duration.ofHours(6));
  }

  @Test
  void withoutUtcLocalTimeAndZoneAreUsedWhicheverWayTheSignIs() {
    for (String zone : List.of("GMT+06:00", "KGT-6", "<+06>-6")) {
      String escaped = zone.replace("<", "&lt;").replace(">", "&gt;");
      assertThat(
              told("<TimeZone><TZ>" + escaped + "</TZ></TimeZone>" + time("LocalDateTime", 16))
                  .offsets(TEN)
                  .getFirst())
          .as(zone)
          .isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void neitherTimeTellsNothing() {
    assertThat(told("").offsets(TEN)).isEmpty();
    assertThat(told("<UTCDateTime/>").offsets(TEN)).isEmpty();
  }
}
