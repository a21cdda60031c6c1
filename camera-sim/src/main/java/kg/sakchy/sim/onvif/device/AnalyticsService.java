package kg.sakchy.sim.onvif.device;

import kg.sakchy.sim.onvif.event.MetadataDocument;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** What a device of profile M says of its metadata (ONVIF Analytics §5.4). */
public final class AnalyticsService implements SoapService {
  private final DeviceState device;

  public AnalyticsService(DeviceState device) {
    this.device = device;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              ServiceCapabilities.analytics(new Xml().begin("tan:GetServiceCapabilitiesResponse"))
                  .end());
      case "GetSupportedMetadata" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tan:GetSupportedMetadataResponse")
                  .begin("tan:AnalyticsModule", "Type", "tt:ObjectDetection")
                  .raw(sample())
                  .end()
                  .end());
      default -> null;
    };
  }

  /** A frame as the stream has them, under the name it has here. */
  private String sample() {
    String document =
        MetadataDocument.vehicle(
            device.clock().now(),
            1,
            new MetadataDocument.Box(-0.1, 0.1, 0.1, -0.1),
            "Car",
            "01 KG 123 ABC");
    int from = document.indexOf("<tt:Frame");
    int to = document.indexOf("</tt:VideoAnalytics>");
    return document
        .substring(from, to)
        .replace("<tt:Frame", "<tan:SampleFrame")
        .replace("</tt:Frame>", "</tan:SampleFrame>");
  }
}
