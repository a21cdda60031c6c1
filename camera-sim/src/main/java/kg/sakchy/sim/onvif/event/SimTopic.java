package kg.sakchy.sim.onvif.event;

import java.util.Map;

/** Topics a simulated device declares, with the items of their messages. */
@SuppressWarnings("ImmutableEnumChecker") // the maps are made by Map.of
public enum SimTopic {
  /** ONVIF Imaging §5.3.1: something moves. */
  MOTION(
      "VideoSource/MotionAlarm",
      true,
      Map.of("Source", "tt:ReferenceToken"),
      Map.of("State", "xs:boolean")),
  /** ONVIF Analytics, Appendix A: something moves in the cells of a grid. */
  CELL_MOTION(
      "RuleEngine/CellMotionDetector/Motion",
      true,
      Map.of(
          "VideoSourceConfigurationToken",
          "tt:ReferenceToken",
          "VideoAnalyticsConfigurationToken",
          "tt:ReferenceToken",
          "Rule",
          "xs:string"),
      Map.of("IsMotion", "xs:boolean")),
  /** The camera was turned away or covered. */
  TAMPER(
      "VideoSource/GlobalSceneChange/ImagingService",
      true,
      Map.of("Source", "tt:ReferenceToken"),
      Map.of("State", "xs:boolean")),
  /** An object crossed a line. */
  LINE_CROSSED(
      "RuleEngine/LineDetector/Crossed",
      false,
      Map.of(
          "VideoSourceConfigurationToken",
          "tt:ReferenceToken",
          "VideoAnalyticsConfigurationToken",
          "tt:ReferenceToken",
          "Rule",
          "xs:string"),
      Map.of("ObjectId", "xs:integer")),
  /** ONVIF Device IO: a contact closed or opened. */
  DIGITAL_INPUT(
      "Device/Trigger/DigitalInput",
      true,
      Map.of("InputToken", "tt:ReferenceToken"),
      Map.of("LogicalState", "xs:boolean")),
  /** ONVIF Device IO: a relay was switched. */
  RELAY(
      "Device/Trigger/Relay",
      true,
      Map.of("RelayToken", "tt:ReferenceToken"),
      Map.of("LogicalState", "tt:RelayLogicalState")),
  /** A number plate was read; the plate is in the element item LicensePlateInfo. */
  LICENSE_PLATE(
      "RuleEngine/Recognition/LicensePlate",
      false,
      Map.of("VideoSource", "tt:ReferenceToken", "Rule", "xs:string"),
      Map.of("Likelihood", "xs:float")),
  /** A known face was seen. */
  FACE(
      "RuleEngine/Recognition/Face",
      false,
      Map.of("VideoSource", "tt:ReferenceToken", "Rule", "xs:string"),
      Map.of("Likelihood", "xs:float", "Label", "xs:string")),
  /** ONVIF Recording Search: the device records, or stopped to. */
  RECORDING_STATE(
      "RecordingHistory/Recording/State",
      true,
      Map.of("RecordingToken", "tt:ReferenceToken"),
      Map.of("IsRecording", "xs:boolean"));

  private final String path;
  private final boolean property;
  private final Map<String, String> source;
  private final Map<String, String> data;

  SimTopic(String path, boolean property, Map<String, String> source, Map<String, String> data) {
    this.path = path;
    this.property = property;
    this.source = source;
    this.data = data;
  }

  /** Without prefix: {@code VideoSource/MotionAlarm}. */
  public String path() {
    return path;
  }

  /** Whether it has a state that lasts. */
  public boolean property() {
    return property;
  }

  Map<String, String> source() {
    return source;
  }

  Map<String, String> data() {
    return data;
  }
}
