package kg.sakchy.sim.onvif.device;

import java.util.List;
import java.util.regex.Pattern;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Host name, time servers, interfaces, protocols (ONVIF Core §8.2). */
public final class NetworkService implements SoapService {
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private final DeviceState device;
  private final DevicePorts ports;

  /** The ports a device has, for GetNetworkProtocols. */
  public interface DevicePorts {
    int http();

    /** 0 without HTTPS. */
    int https();
  }

  public NetworkService(DeviceState device, DevicePorts ports) {
    this.device = device;
    this.ports = ports;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetHostname" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetHostnameResponse")
                  .begin("tds:HostnameInformation")
                  .leaf("tt:FromDHCP", false)
                  .leaf("tt:Name", device.hostname())
                  .end()
                  .end());
      case "SetHostname" -> setHostname(call.body().require("Name"));
      case "GetNTP" -> ntp();
      case "SetNTP" -> setNtp(call.body());
      case "GetDNS" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetDNSResponse")
                  .begin("tds:DNSInformation")
                  .leaf("tt:FromDHCP", false)
                  .end()
                  .end());
      case "GetNetworkInterfaces" -> interfaces(call);
      case "GetNetworkProtocols" -> protocols();
      case "GetNetworkDefaultGateway" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetNetworkDefaultGatewayResponse")
                  .begin("tds:NetworkGateway")
                  .end()
                  .end());
      default -> null;
    };
  }

  private SoapAnswer setHostname(String name) {
    if (!HOST_NAME.matcher(name).matches()) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidHostname", "no host name");
    }
    device.setHostname(name);
    return SoapAnswer.empty("tds:SetHostnameResponse");
  }

  private SoapAnswer ntp() {
    Xml xml =
        new Xml()
            .begin("tds:GetNTPResponse")
            .begin("tds:NTPInformation")
            .leaf("tt:FromDHCP", false);
    for (String server : device.ntpServers()) {
      boolean address = server.matches("[0-9.]+");
      xml.begin("tt:NTPManual")
          .leaf("tt:Type", address ? "IPv4" : "DNS")
          .leaf(address ? "tt:IPv4Address" : "tt:DNSname", server)
          .end();
    }
    return SoapAnswer.of(xml.end().end());
  }

  private SoapAnswer setNtp(XmlElement body) {
    body.require("FromDHCP");
    List<XmlElement> servers = body.childrenNamed("NTPManual");
    if (servers.size() > 4) {
      throw SoapFault.sender("ter:InvalidArgVal", "too many servers");
    }
    device.ntpServers().clear();
    for (XmlElement server : servers) {
      device
          .ntpServers()
          .add(server.require(server.require("Type").equals("DNS") ? "DNSname" : "IPv4Address"));
    }
    return SoapAnswer.empty("tds:SetNTPResponse");
  }

  private SoapAnswer interfaces(SoapCall call) {
    return SoapAnswer.of(
        new Xml()
            .begin("tds:GetNetworkInterfacesResponse")
            .begin("tds:NetworkInterfaces", "token", "eth0")
            .leaf("tt:Enabled", true)
            .begin("tt:Info")
            .leaf("tt:Name", "eth0")
            .leaf("tt:HwAddress", device.hardwareAddress())
            .leaf("tt:MTU", 1_500)
            .end()
            .begin("tt:IPv4")
            .leaf("tt:Enabled", true)
            .begin("tt:Config")
            .begin("tt:Manual")
            .leaf("tt:Address", call.device().getHost())
            .leaf("tt:PrefixLength", 24)
            .end()
            .leaf("tt:DHCP", false)
            .end()
            .end()
            .end()
            .end());
  }

  private SoapAnswer protocols() {
    Xml xml = new Xml().begin("tds:GetNetworkProtocolsResponse");
    protocol(xml, "HTTP", ports.http(), true);
    protocol(xml, "HTTPS", ports.https() == 0 ? 443 : ports.https(), ports.https() != 0);
    int rtsp =
        device.profile().streams().isEmpty()
            ? 554
            : device.profile().streams().getFirst().uri().getPort();
    protocol(xml, "RTSP", rtsp, true);
    return SoapAnswer.of(xml.end());
  }

  private static void protocol(Xml xml, String name, int port, boolean on) {
    xml.begin("tds:NetworkProtocols")
        .leaf("tt:Name", name)
        .leaf("tt:Enabled", on)
        .leaf("tt:Port", port)
        .end();
  }
}
