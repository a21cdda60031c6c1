package kg.sakchy.sim.onvif.device;

import java.util.List;
import kg.sakchy.sim.onvif.OnvifProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** What the device can do: GetServices, GetCapabilities (ONVIF Core §8.1). */
public final class CapabilityService implements SoapService {
  private final DeviceState device;

  public CapabilityService(DeviceState device) {
    this.device = device;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetServices" -> services(call);
      case "GetCapabilities" -> capabilities(call);
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              own(new Xml().begin("tds:GetServiceCapabilitiesResponse"), "tds:Capabilities").end());
      case "GetWsdlUrl" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetWsdlUrlResponse")
                  .leaf("tds:WsdlUrl", "https://www.onvif.org/")
                  .end());
      default -> null;
    };
  }

  private SoapAnswer services(SoapCall call) {
    call.body().require("IncludeCapability");
    boolean detailed = call.body().flag("IncludeCapability");
    Xml xml = new Xml().begin("tds:GetServicesResponse");
    for (Services service : Services.of(device)) {
      xml.begin("tds:Service")
          .leaf("tds:Namespace", service.namespace().uri())
          .leaf("tds:XAddr", Services.address(device, call.device(), service.path()));
      if (detailed) {
        xml.begin("tds:Capabilities");
        detail(xml, service.namespace());
        xml.end();
      }
      xml.begin("tds:Version")
          .leaf("tt:Major", service.major())
          .leaf("tt:Minor", service.minor())
          .end()
          .end();
    }
    return SoapAnswer.of(xml.end());
  }

  private void detail(Xml xml, Ns service) {
    switch (service) {
      case DEVICE -> own(xml, "tds:Capabilities");
      case MEDIA -> ServiceCapabilities.media(xml);
      case MEDIA2 -> ServiceCapabilities.media2(xml);
      case PTZ -> ServiceCapabilities.ptz(xml);
      case IMAGING -> ServiceCapabilities.imaging(xml);
      case EVENTS -> {
        if (!device.has(SimQuirk.NO_EVENT_CAPABILITIES)) {
          ServiceCapabilities.events(xml);
        }
      }
      case DEVICE_IO -> ServiceCapabilities.deviceIo(xml, device.profile().digitalInputs());
      case RECORDING -> ServiceCapabilities.recording(xml);
      case SEARCH -> ServiceCapabilities.search(xml);
      case REPLAY -> ServiceCapabilities.replay(xml);
      case ANALYTICS -> ServiceCapabilities.analytics(xml);
      case ENVELOPE, ADDRESSING, NOTIFICATION, TOPICS, ONVIF_TOPICS, ERROR, SCHEMA ->
          throw new IllegalArgumentException("no service: " + service);
    }
  }

  private Xml own(Xml xml, String element) {
    boolean digest = device.profile().login().schemes().contains(SimLogin.Scheme.HTTP_DIGEST);
    boolean token = device.profile().login().schemes().contains(SimLogin.Scheme.WS_USERNAME_TOKEN);
    return xml.begin(element)
        .empty(
            "tds:Network",
            "IPFilter",
            "false",
            "ZeroConfiguration",
            "false",
            "IPVersion6",
            "false",
            "DynDNS",
            "false",
            "NTP",
            "1")
        .empty(
            "tds:Security",
            "TLS1.2",
            "true",
            "UsernameToken",
            String.valueOf(token),
            "HttpDigest",
            String.valueOf(digest),
            "MaxUsers",
            "10")
        .empty(
            "tds:System",
            "DiscoveryResolve",
            "true",
            "DiscoveryBye",
            "true",
            "SystemBackup",
            "false",
            "FirmwareUpgrade",
            "false",
            "SystemLogging",
            "true")
        .empty("tds:Misc", "AuxiliaryCommands", String.join(" ", AuxiliaryCommands.of(device)))
        .end();
  }

  private SoapAnswer capabilities(SoapCall call) {
    String category = call.body().textAt("Category");
    boolean all = category == null || category.equals("All");
    Xml xml = new Xml().begin("tds:GetCapabilitiesResponse").begin("tds:Capabilities");
    if (all || "Device".equals(category)) {
      deviceCategory(xml, call);
    }
    if ((all || "Events".equals(category)) && !device.has(SimQuirk.NO_EVENT_CAPABILITIES)) {
      xml.begin("tt:Events")
          .leaf("tt:XAddr", Services.address(device, call.device(), Services.EVENT_PATH))
          .leaf("tt:WSSubscriptionPolicySupport", true)
          .leaf("tt:WSPullPointSupport", true)
          .leaf("tt:WSPausableSubscriptionManagerInterfaceSupport", false)
          .end();
    }
    // The schema wants them in this order.
    for (Ns namespace : List.of(Ns.IMAGING, Ns.MEDIA, Ns.PTZ)) {
      for (Services service : Services.of(device)) {
        if (service.namespace() == namespace) {
          categoryOf(xml, call, service, category);
        }
      }
    }
    if (all) {
      extension(xml, call);
    }
    return SoapAnswer.of(xml.end().end());
  }

  private void categoryOf(Xml xml, SoapCall call, Services service, @Nullable String category) {
    boolean all = category == null || category.equals("All");
    String address = Services.address(device, call.device(), service.path());
    if (service.namespace() == Ns.IMAGING && (all || "Imaging".equals(category))) {
      xml.begin("tt:Imaging").leaf("tt:XAddr", address).end();
    } else if (service.namespace() == Ns.MEDIA && (all || "Media".equals(category))) {
      xml.begin("tt:Media")
          .leaf("tt:XAddr", address)
          .begin("tt:StreamingCapabilities")
          .leaf("tt:RTPMulticast", false)
          .leaf("tt:RTP_TCP", true)
          .leaf("tt:RTP_RTSP_TCP", true)
          .end()
          .end();
    } else if (service.namespace() == Ns.PTZ && (all || "PTZ".equals(category))) {
      xml.begin("tt:PTZ").leaf("tt:XAddr", address).end();
    }
  }

  private void deviceCategory(Xml xml, SoapCall call) {
    xml.begin("tt:Device")
        .leaf("tt:XAddr", Services.address(device, call.device(), Services.DEVICE_PATH))
        .begin("tt:System")
        .leaf("tt:DiscoveryResolve", true)
        .leaf("tt:DiscoveryBye", true)
        .leaf("tt:RemoteDiscovery", false)
        .leaf("tt:SystemBackup", false)
        .leaf("tt:SystemLogging", true)
        .leaf("tt:FirmwareUpgrade", false)
        .begin("tt:SupportedVersions")
        .leaf("tt:Major", 22)
        .leaf("tt:Minor", 12)
        .end()
        .end()
        .begin("tt:IO")
        .leaf("tt:InputConnectors", device.profile().digitalInputs())
        .leaf("tt:RelayOutputs", device.profile().digitalInputs())
        .end()
        .end();
  }

  private void extension(Xml xml, SoapCall call) {
    xml.begin("tt:Extension")
        .begin("tt:DeviceIO")
        .leaf("tt:XAddr", Services.address(device, call.device(), "/onvif/deviceio_service"))
        .leaf("tt:VideoSources", 1)
        .leaf("tt:VideoOutputs", 0)
        .leaf("tt:AudioSources", 1)
        .leaf("tt:AudioOutputs", 0)
        .leaf("tt:RelayOutputs", device.profile().digitalInputs())
        .end();
    if (device.profile().has(OnvifProfile.G)) {
      xml.begin("tt:Recording")
          .leaf("tt:XAddr", Services.address(device, call.device(), "/onvif/recording_service"))
          .leaf("tt:ReceiverSource", false)
          .leaf("tt:MediaProfileSource", true)
          .leaf("tt:DynamicRecordings", false)
          .leaf("tt:DynamicTracks", false)
          .leaf("tt:MaxStringLength", 64)
          .end()
          .begin("tt:Search")
          .leaf("tt:XAddr", Services.address(device, call.device(), "/onvif/search_service"))
          .leaf("tt:MetadataSearch", false)
          .end()
          .begin("tt:Replay")
          .leaf("tt:XAddr", Services.address(device, call.device(), "/onvif/replay_service"))
          .end();
    }
    xml.end();
  }
}
