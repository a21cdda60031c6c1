package kg.sakchy.onvif.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;

/** Whatever a camera sends as an event, it becomes bounded events or is refused. */
class EventFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int MOST_ITEMS = 64;
  private static final int LONGEST = 256;

  private final FakeClock clock = new FakeClock(NOW);

  @FuzzTest
  void notify(byte[] data) {
    EventStates states = new EventStates(new CameraId("gate"), clock);
    try {
      for (Notification message : NotificationReader.readNotify(data)) {
        states.take(message, Duration.ofSeconds(7)).ifPresent(EventFuzzTest::check);
      }
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  @FuzzTest
  void metadata(byte[] data) {
    MetadataEvents metadata = new MetadataEvents(new CameraId("gate"), clock, () -> false);
    try {
      List<CameraEvent> first = metadata.take(data, Duration.ZERO);
      first.forEach(EventFuzzTest::check);
      assertThat(metadata.take(data, Duration.ZERO)).hasSizeLessThanOrEqualTo(first.size() + 1);
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  private static void check(CameraEvent event) {
    assertThat(event.topic().length()).isLessThanOrEqualTo(LONGEST);
    assertThat(event.source().size()).isLessThanOrEqualTo(MOST_ITEMS);
    assertThat(event.data().size()).isLessThanOrEqualTo(MOST_ITEMS);
    assertThat(event.data().values())
        .allSatisfy(value -> assertThat(value.length()).isLessThanOrEqualTo(LONGEST));
    assertThat(Duration.between(event.at(), NOW).abs()).isLessThanOrEqualTo(CameraTimes.PLAUSIBLE);
  }
}
