package kg.sakchy.onvif.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCameras;
import kg.sakchy.onvif.recording.SearchReader.DataChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnvifEdgeRecordingsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final TimeRange GAP = range("09:10:00", "09:50:00");

  private final FakeClock clock = new FakeClock(NOW);
  private final TestSessions sessions = new TestSessions(clock);
  private ScriptedDevice device = ScriptedDevice.playing("", clock);

  @AfterEach
  void close() {
    sessions.close();
    device.close();
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(
        Instant.parse("2026-03-01T" + from + "Z"), Instant.parse("2026-03-01T" + to + "Z"));
  }

  private List<EdgeSpan> spans(String script) {
    device.close();
    device = ScriptedDevice.golden(script, clock);
    CameraId id = new CameraId("gate");
    InMemoryCameraRegistry registry = new InMemoryCameraRegistry(new InMemoryCameraDirectory());
    RegisteredCameras cameras = new RegisteredCameras(registry, sessions.all());
    registry.register(
        SampleDevices.camera(id.value(), 1),
        new CameraDevice(
            id,
            new DeviceAddress(device.address(), null, false),
            SampleDevices.identity(1),
            "P1",
            null,
            Set.of()),
        null);
    return new OnvifEdgeRecordings(cameras).spans(StreamId.main(id), GAP);
  }

  @Test
  void findsTheSpansThatReallyHoldData() {
    List<EdgeSpan> spans = spans("search-profile-g");
    device.assertPlayed();
    assertThat(spans)
        .extracting(EdgeSpan::range)
        .containsExactly(range("09:20:00", "09:30:20"), range("09:40:00", "09:50:00"));
    assertThat(spans.getFirst().clockOffset()).isEqualTo(Duration.ofSeconds(7));
    assertThat(spans.getFirst().replay().uri())
        .isEqualTo(URI.create("rtsp://127.0.0.1:554/replay?rec=R1&x=1"));
    assertThat(device.operations().stream().filter("EndSearch"::equals)).hasSize(2);
    assertThat(device.requests())
        .filteredOn(request -> request.operation().equals("FindEvents"))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.body())
                    .contains("<tse:StartPoint>2026-03-01T09:10:07Z</tse:StartPoint>")
                    .contains("<tt:IncludedRecordings>R1</tt:IncludedRecordings>"));
  }

  @Test
  void takesACameraThatCannotSearchStatesAtItsWord() {
    assertThat(spans("search-without-options")).extracting(EdgeSpan::range).containsExactly(GAP);
  }

  @Test
  void asksNoFurtherWhereThereIsNothing() {
    assertThat(spans("search-empty")).isEmpty();
    assertThat(device.operations()).doesNotContain("FindRecordings");
  }

  @Test
  void aCameraWithoutRecordingsIsToldApart() {
    assertThatThrownBy(() -> spans("events-motion"))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }

  @Test
  void spansBetweenChanges() {
    Instant from = GAP.start();
    Instant to = GAP.end();
    Instant a = from.plusSeconds(60);
    Instant b = from.plusSeconds(120);
    assertThat(RecordingSearch.between(List.of(new DataChange(a, false)), from, to))
        .containsExactly(new TimeRange(from, a));
    assertThat(RecordingSearch.between(List.of(new DataChange(a, true)), from, to))
        .containsExactly(new TimeRange(a, to));
    assertThat(
            RecordingSearch.between(
                List.of(
                    new DataChange(from.minusSeconds(9), true),
                    new DataChange(a, true),
                    new DataChange(b, false),
                    new DataChange(b, false)),
                from,
                to))
        .containsExactly(new TimeRange(from, b));
    assertThat(
            RecordingSearch.between(
                List.of(new DataChange(a, true), new DataChange(a, false)), from, to))
        .isEmpty();
  }
}
