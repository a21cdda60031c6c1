package kg.sakchy.sim.onvif.device;

import kg.sakchy.sim.onvif.soap.Xml;

/**
 * The element Capabilities of each service, for GetServices and for the service's own
 * GetServiceCapabilities. Threads: pure functions.
 */
public final class ServiceCapabilities {
  private ServiceCapabilities() {}

  public static Xml media(Xml xml) {
    return xml.begin("trt:Capabilities", "SnapshotUri", "true", "Rotation", "false", "OSD", "false")
        .empty("trt:ProfileCapabilities", "MaximumNumberOfProfiles", "10")
        .empty(
            "trt:StreamingCapabilities",
            "RTPMulticast",
            "false",
            "RTP_TCP",
            "false",
            "RTP_RTSP_TCP",
            "true")
        .end();
  }

  public static Xml media2(Xml xml) {
    return xml.begin(
            "tr2:Capabilities",
            "SnapshotUri",
            "true",
            "Rotation",
            "false",
            "VideoSourceMode",
            "false",
            "OSD",
            "false",
            "Mask",
            "false")
        .empty(
            "tr2:ProfileCapabilities",
            "MaximumNumberOfProfiles",
            "10",
            "ConfigurationsSupported",
            "VideoSource VideoEncoder AudioSource AudioEncoder Metadata PTZ")
        .empty(
            "tr2:StreamingCapabilities",
            "RTSPStreaming",
            "true",
            "RTPMulticast",
            "false",
            "RTP_RTSP_TCP",
            "true")
        .end();
  }

  public static Xml ptz(Xml xml) {
    return xml.empty(
        "tptz:Capabilities",
        "EFlip",
        "false",
        "Reverse",
        "false",
        "GetCompatibleConfigurations",
        "true",
        "MoveStatus",
        "true",
        "StatusPosition",
        "true");
  }

  public static Xml imaging(Xml xml) {
    return xml.empty("timg:Capabilities", "ImageStabilization", "false", "Presets", "false");
  }

  public static Xml events(Xml xml) {
    return xml.empty(
        "tev:Capabilities",
        "WSSubscriptionPolicySupport",
        "true",
        "WSPausableSubscriptionManagerInterfaceSupport",
        "false",
        "MaxNotificationProducers",
        "10",
        "MaxPullPoints",
        "10",
        "PersistentNotificationStorage",
        "false");
  }

  public static Xml deviceIo(Xml xml, int digitalInputs) {
    return xml.empty(
        "tmd:Capabilities",
        "VideoSources",
        "1",
        "AudioSources",
        "1",
        "RelayOutputs",
        String.valueOf(digitalInputs),
        "DigitalInputs",
        String.valueOf(digitalInputs));
  }

  public static Xml recording(Xml xml) {
    return xml.empty(
        "trc:Capabilities",
        "DynamicRecordings",
        "false",
        "DynamicTracks",
        "false",
        "Encoding",
        "H264 H265 AAC G711",
        "MaxRecordings",
        "1",
        "MaxRecordingJobs",
        "1",
        "Options",
        "true");
  }

  public static Xml search(Xml xml) {
    return xml.empty("tse:Capabilities", "MetadataSearch", "false", "GeneralStartEvents", "true");
  }

  public static Xml analytics(Xml xml) {
    return xml.empty(
        "tan:Capabilities",
        "RuleSupport",
        "false",
        "AnalyticsModuleSupport",
        "false",
        "SupportedMetadata",
        "true");
  }

  public static Xml replay(Xml xml) {
    return xml.empty(
        "trp:Capabilities",
        "ReversePlayback",
        "false",
        "SessionTimeoutRange",
        "1 3600",
        "RTP_RTSP_TCP",
        "true");
  }
}
