package kg.sakchy.onvif.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.onvif.event.Notification.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStatesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final CameraId CAMERA = new CameraId("gate");

  private final FakeClock clock = new FakeClock(NOW);
  private final EventStates states = new EventStates(CAMERA, clock);

  private Optional<CameraEvent> motion(String value, @Nullable Operation operation) {
    return states.take(
        new Notification(
            "VideoSource/MotionAlarm",
            NOW,
            operation,
            Map.of("Source", "1"),
            Map.of("State", value)),
        Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "tns1:RuleEngine/CellMotionDetector/Motion//., RuleEngine/CellMotionDetector/Motion, MOTION",
    "tns1:VideoSource/tns1:MotionAlarm, VideoSource/MotionAlarm, MOTION",
    "tnsaxis:CameraApplicationPlatform/VMD/Camera1Profile1,"
        + " CameraApplicationPlatform/VMD/Camera1Profile1, MOTION",
    "tns1:RuleEngine/TamperDetector/Tamper, RuleEngine/TamperDetector/Tamper, TAMPER",
    "tns1:VideoSource/ImageTooDark/ImagingService, VideoSource/ImageTooDark/ImagingService, TAMPER",
    "tns1:VideoSource/GlobalSceneChange/AnalyticsService,"
        + " VideoSource/GlobalSceneChange/AnalyticsService, TAMPER",
    "tns1:RuleEngine/LineDetector/Crossed, RuleEngine/LineDetector/Crossed, LINE_CROSSING",
    "tns1:RuleEngine/FieldDetector/ObjectsInside, RuleEngine/FieldDetector/ObjectsInside, FIELD",
    "tns1:Device/Trigger/DigitalInput, Device/Trigger/DigitalInput, DIGITAL_INPUT",
    "tnsaxis:Device/tnsaxis:IO/Port, Device/IO/Port, DIGITAL_INPUT",
    "tns1:RuleEngine/Recognition/LicensePlate, RuleEngine/Recognition/LicensePlate, PLATE",
    "tns1:RuleEngine/MyRuleDetector/FaceDetect, RuleEngine/MyRuleDetector/FaceDetect, FACE",
    "tns1:RuleEngine/MyRuleDetector/PeopleDetect, RuleEngine/MyRuleDetector/PeopleDetect, OBJECT",
    "tns1:RuleEngine/CountAggregation/Counter, RuleEngine/CountAggregation/Counter, COUNTING",
    "tns1:RecordingHistory/Recording/State, RecordingHistory/Recording/State, EDGE_RECORDING",
    "tns1:Device/HardwareFailure/StorageFailure, Device/HardwareFailure/StorageFailure, STORAGE",
    "tns1:Device/HardwareFailure/FanFailure, Device/HardwareFailure/FanFailure, DEVICE",
    "tns1:Monitoring/ProcessorUsage, Monitoring/ProcessorUsage, DEVICE",
    "tnsvendor:Something/Else, Something/Else, OTHER",
    "'  tns1:A / * ', A, OTHER",
  })
  void topics(String raw, String plain, EventKind kind) {
    assertThat(Topics.plain(raw)).isEqualTo(plain);
    assertThat(Topics.kind(plain)).isEqualTo(kind);
  }

  @Test
  void onlyChangesAreEvents() {
    assertThat(motion("false", Operation.INITIALIZED)).isEmpty();
    assertThat(motion("true", Operation.CHANGED)).isPresent();
    assertThat(motion("1", Operation.CHANGED)).isEmpty();
    assertThat(motion("TRUE", Operation.INITIALIZED)).isEmpty(); // after a new subscription
    assertThat(motion("Inactive", Operation.CHANGED).orElseThrow().state())
        .isEqualTo(State.INACTIVE);
    assertThat(motion("off", null)).isEmpty();
    assertThat(motion("on", null).orElseThrow().state()).isEqualTo(State.ACTIVE);
    assertThat(motion("", Operation.DELETED).orElseThrow().state()).isEqualTo(State.INACTIVE);
  }

  @Test
  void whatIsNeverEndedEndsByItself() {
    motion("true", Operation.CHANGED);
    assertThat(states.awaitsExpiry()).isTrue();
    clock.advance(Duration.ofSeconds(40));
    motion("true", Operation.CHANGED);
    clock.advance(Duration.ofSeconds(59));
    assertThat(states.expired()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(states.expired()).extracting(CameraEvent::state).containsExactly(State.INACTIVE);
    assertThat(states.expired()).isEmpty();
    assertThat(states.awaitsExpiry()).isFalse();
  }

  @Test
  void whoTellsEndsIsBelieved() {
    motion("true", Operation.CHANGED);
    motion("false", Operation.CHANGED);
    motion("true", Operation.CHANGED);
    clock.advance(Duration.ofHours(3));
    assertThat(states.expired()).isEmpty();
  }

  @Test
  void aTimeThatCannotBeIsReplacedByTheArrival() {
    Notification old =
        new Notification(
            "VideoSource/MotionAlarm",
            Instant.parse("2010-01-01T00:00:00Z"),
            Operation.CHANGED,
            Map.of(),
            Map.of("State", "true"));
    CameraEvent event = states.take(old, Duration.ZERO).orElseThrow();
    assertThat(event.at()).isEqualTo(NOW);
    assertThat(event.cameraTime()).isEqualTo(Instant.parse("2010-01-01T00:00:00Z"));
  }

  @Test
  void manySourcesDoNotFillTheMemory() {
    for (int i = 0; i < 5_000; i++) {
      states.take(
          new Notification(
              "VideoSource/MotionAlarm",
              NOW,
              Operation.CHANGED,
              Map.of("Source", "s" + i),
              Map.of("State", "true")),
          Duration.ZERO);
    }
    clock.advance(Duration.ofHours(1));
    assertThat(states.expired()).hasSize(512);
  }

  @Test
  void leasesAreReadByTheirDifference() {
    Instant t = Instant.parse("2010-01-01T00:00:00Z"); // the camera's clock is of no matter
    Duration asked = Duration.ofMinutes(5);
    assertThat(Lease.of(asked, t, t.plusSeconds(60), 0))
        .isEqualTo(new Lease(Duration.ofSeconds(60), false, 30_000_000_000L));
    assertThat(Lease.of(asked, t, t, 0)).isEqualTo(new Lease(asked, true, 150_000_000_000L));
    assertThat(Lease.of(asked, t, t.plusSeconds(999_999), 0).absurd()).isTrue();
    assertThat(Lease.of(asked, null, t, 0).absurd()).isTrue();
    assertThat(Lease.of(asked, t, t.plusSeconds(7_200), 0).renewAtNanos())
        .isEqualTo(600_000_000_000L);
  }

  @Test
  void metadataTellsPlatesFacesAndVehiclesOnce() {
    MetadataEvents metadata = new MetadataEvents(CAMERA, clock, () -> false);
    List<CameraEvent> events =
        metadata.take(
            document("01KG123ABC").getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(5));
    assertThat(events)
        .extracting(CameraEvent::kind)
        .containsExactly(
            EventKind.PLATE, EventKind.FACE, EventKind.OBJECT, EventKind.LINE_CROSSING);
    CameraEvent plate = events.getFirst();
    assertThat(plate.at()).isEqualTo(Instant.parse("2026-03-01T09:59:55Z"));
    assertThat(plate.data())
        .containsEntry("PlateNumber", "01KG123ABC")
        .containsEntry("VehicleType", "Car");
    assertThat(plate.source()).containsEntry("ObjectId", "12");
    assertThat(events.get(2).data())
        .containsEntry("class", "Human")
        .containsEntry("likelihood", "0.8");
    assertThat(
            metadata.take(document("01KG123ABC").getBytes(StandardCharsets.UTF_8), Duration.ZERO))
        .hasSize(1); // the event without state; objects are known
    assertThat(
            metadata.take(document("01KG123ABD").getBytes(StandardCharsets.UTF_8), Duration.ZERO))
        .extracting(CameraEvent::kind)
        .containsExactly(EventKind.PLATE, EventKind.LINE_CROSSING);
  }

  private static String document(String plate) {
    return """
    <tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:wsnt="b-2" xmlns:tns1="t">
     <tt:VideoAnalytics><tt:Frame UtcTime="2026-03-01T10:00:00Z">
      <tt:Transformation><tt:Scale x="1" y="1"/></tt:Transformation>
      <tt:Object ObjectId="12"><tt:Appearance>
        <tt:Shape><tt:BoundingBox left="0" top="1" right="1" bottom="0"/></tt:Shape>
        <tt:Class><tt:Type Likelihood="0.9">LicensePlate</tt:Type></tt:Class>
        <tt:VehicleInfo><tt:Type Likelihood="0.7">Car</tt:Type></tt:VehicleInfo>
        <tt:LicensePlateInfo><tt:PlateNumber Likelihood="0.95">%s</tt:PlateNumber></tt:LicensePlateInfo>
      </tt:Appearance></tt:Object>
      <tt:Object ObjectId="13"><tt:Appearance><tt:HumanFace><tt:Gender>x</tt:Gender></tt:HumanFace></tt:Appearance></tt:Object>
      <tt:Object ObjectId="14"><tt:Appearance><tt:Class><tt:ClassCandidate><tt:Type>Human</tt:Type><tt:Likelihood>0.8</tt:Likelihood></tt:ClassCandidate></tt:Class></tt:Appearance></tt:Object>
      <tt:Object ObjectId="15"><tt:Appearance><tt:Shape/></tt:Appearance></tt:Object>
     </tt:Frame></tt:VideoAnalytics>
     <tt:Event><wsnt:NotificationMessage><wsnt:Topic>tns1:RuleEngine/LineDetector/Crossed</wsnt:Topic>
      <wsnt:Message><tt:Message UtcTime="2026-03-01T10:00:00Z"><tt:Data><tt:SimpleItem Name="ObjectId" Value="12"/></tt:Data></tt:Message></wsnt:Message>
     </wsnt:NotificationMessage></tt:Event>
    </tt:MetadataStream>\
    """
        .formatted(plate);
  }
}
