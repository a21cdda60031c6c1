package kg.sakchy.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayFieldsTest {
  private static PlayFields read(String name, String value) {
    return PlayFields.of(new RtspHeaders().add(name, value));
  }

  @Test
  void defaultsAreTheStandards() {
    assertThat(PlayFields.of(new RtspHeaders()))
        .isEqualTo(new PlayFields(null, false, 1, true, false, Duration.ZERO));
  }

  @Test
  void readsEveryField() {
    RtspHeaders headers =
        new RtspHeaders()
            .add("Range", "clock=20260301T120000.440Z-20260301T120001Z")
            .add("Scale", "-8.5")
            .add("Rate-Control", "No")
            .add("Frames", "intra/4000");
    assertThat(PlayFields.of(headers))
        .isEqualTo(
            new PlayFields(
                new ClockRange(
                    Instant.parse("2026-03-01T12:00:00.440Z"),
                    Instant.parse("2026-03-01T12:00:01Z")),
                true,
                -8.5,
                false,
                true,
                Duration.ofSeconds(4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"npt=0.000-", "npt=now-", "NPT = 0-", "npt=12:05:35.3-", "npt="})
  void normalPlayTimeMeansThePresent(String range) {
    PlayFields fields = read("Range", range);
    assertThat(fields.clock()).isNull();
    assertThat(fields.hasRange()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Range | clock=20260301T120000Z",
        "Range | clock=-20260301T120000Z",
        "Range | clock=20261301T120000Z-",
        "Range | clock=20260301T250000Z-",
        "Range | clock=20260301T120000-",
        "Range | clock=yesterday-",
        "Range | smpte=10:07:00-10:07:33",
        "Range | ''",
        "Scale | 0",
        "Scale | 0.001",
        "Scale | 1000",
        "Scale | NaN",
        "Scale | 1e3",
        "Scale | --1",
        "Rate-Control | maybe",
        "Frames | some",
        "Frames | intra/999999999",
      })
  void whatCannotBeUnderstoodIsRefused(String name, String value) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
  }

  @Test
  void rangesRoundTrip() {
    for (String text :
        new String[] {
          "clock=20260301T120000.440Z-",
          "clock=20260301T120000.000Z-20260301T130000.001Z",
          "clock=20260301T120000.000Z-20260301T110000.000Z"
        }) {
      assertThat(ClockRange.parse(text).orElseThrow().format()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "rtsp://h:8554/gate/main, rtsp://h:8554/gate/main, gate/main, -1, -",
        "rtsp://h/gate/main/track1, rtsp://h/gate/main, gate/main, 1, -",
        "rtsps://h/gate/main/?token=a.b, rtsps://h/gate/main, gate/main, -1, a.b",
        "rtsp://h/gate/main?x=1&token=a.b/track0, rtsp://h/gate/main, gate/main, 0, a.b",
        "rtsp://h/gate/main/track7?token=, rtsp://h/gate/main, gate/main, 7, ''",
        "/gate/sub, /gate/sub, gate/sub, -1, -",
        "*, *, '', -1, -",
        "rtsp://h:8554/, rtsp://h:8554, '', -1, -",
        "track3, track3, '', -1, -",
      })
  void targetsAsClientsWriteThem(String uri, String base, String path, int track, String token) {
    RequestTarget target = RequestTarget.parse(uri);
    assertThat(target.path()).isEqualTo(path);
    assertThat(target.track()).isEqualTo(track);
    assertThat(target.token()).isEqualTo(token);
    assertThat(target.base()).isEqualTo(base);
    assertThat(target.toString()).doesNotContain("token");
  }
}
