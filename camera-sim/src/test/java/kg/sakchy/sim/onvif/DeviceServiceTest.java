package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import kg.sakchy.core.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceServiceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final FakeClock clock = new FakeClock(NOW);
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS.withClock(clock));
  private final SimDevice device =
      sim.addDevice(
          SimDeviceProfile.of("school-1", SimStream.of("main", URI.create("rtsp://127.0.0.1/x")))
              .withIdentity(
                  SimIdentity.of("school-1").withMaker("Кыргыз & Co", "Dome <28>", "1.2.3"))
              .withPtz(PtzSpec.DOME_28X));
  private final SoapClient client = new SoapClient(device.uri());

  @AfterEach
  void stop() {
    sim.close();
  }

  @Test
  void listsItsServices() throws Exception {
    SoapClient.Answer answer =
        client
            .device(
                "<tds:GetServices><tds:IncludeCapability>true</tds:IncludeCapability>"
                    + "</tds:GetServices>")
            .ok();
    assertThat(answer.texts("tds:Namespace"))
        .contains(
            "http://www.onvif.org/ver10/device/wsdl",
            "http://www.onvif.org/ver20/media/wsdl",
            "http://www.onvif.org/ver20/ptz/wsdl")
        .doesNotContain("http://www.onvif.org/ver10/search/wsdl");
    assertThat(answer.text("tds:XAddr")).isEqualTo(device.uri().toString());
    assertThat(client.device("<tds:GetCapabilities/>").ok().body()).contains("<tt:PTZ>");
  }

  @Test
  void saysWhoItIs() throws Exception {
    SoapClient.Answer answer = client.device("<tds:GetDeviceInformation/>").ok();
    assertThat(answer.text("tds:Manufacturer")).isEqualTo("Кыргыз &amp; Co");
    assertThat(answer.text("tds:Model")).isEqualTo("Dome &lt;28&gt;");
  }

  @Test
  void tellsAndTakesTheTime() throws Exception {
    device.clock().setOffset(Duration.ofSeconds(-90));
    SoapClient.Answer answer = client.device("<tds:GetSystemDateAndTime/>").ok();
    assertThat(answer.texts("tt:Minute")).containsExactly("58", "58");
    assertThat(answer.texts("tt:Hour")).containsExactly("11", "17");
    client
        .device(
            "<tds:SetSystemDateAndTime><tds:DateTimeType>Manual</tds:DateTimeType>"
                + "<tds:DaylightSavings>false</tds:DaylightSavings><tds:UTCDateTime><tt:Time>"
                + "<tt:Hour>12</tt:Hour><tt:Minute>0</tt:Minute><tt:Second>5</tt:Second></tt:Time>"
                + "<tt:Date><tt:Year>2026</tt:Year><tt:Month>3</tt:Month><tt:Day>1</tt:Day>"
                + "</tt:Date></tds:UTCDateTime></tds:SetSystemDateAndTime>")
        .ok();
    assertThat(device.clock().offset()).isEqualTo(Duration.ofSeconds(5));
    client
        .device(
            "<tds:SetSystemDateAndTime><tds:DateTimeType>NTP</tds:DateTimeType>"
                + "<tds:DaylightSavings>false</tds:DaylightSavings></tds:SetSystemDateAndTime>")
        .ok();
    assertThat(device.clock().offset()).isZero();
  }

  @Test
  void localTimeInTheWrongField() throws Exception {
    device.quirks().on(SimQuirk.LOCAL_TIME_AS_UTC);
    LocalDateTime local = LocalDateTime.ofInstant(NOW, ZoneOffset.ofHours(6));
    assertThat(client.device("<tds:GetSystemDateAndTime/>").ok().texts("tt:Hour"))
        .containsOnly(String.valueOf(local.getHour()));
    device.quirks().off(SimQuirk.LOCAL_TIME_AS_UTC).on(SimQuirk.NO_UTC_TIME);
    assertThat(client.device("<tds:GetSystemDateAndTime/>").ok().body())
        .doesNotContain("UTCDateTime")
        .contains("LocalDateTime");
  }

  @Test
  void carriesOutAuxiliaryCommands() throws Exception {
    String command =
        "<tds:SendAuxiliaryCommand><tds:AuxiliaryCommand>%s</tds:AuxiliaryCommand>"
            + "</tds:SendAuxiliaryCommand>";
    client.device(command.formatted("tt:Wiper|On")).ok();
    client.device(command.formatted("tt:Lift|On")).fault("ter:AuxiliaryDataNotSupported");
    assertThat(device.auxiliaryCommands()).containsExactly("tt:Wiper|On");
  }

  @Test
  void keepsAccounts() throws Exception {
    client
        .device(
            "<tds:CreateUsers><tds:User><tt:Username>vms</tt:Username><tt:Password>a@:/&lt;&amp;"
                + "</tt:Password><tt:UserLevel>Operator</tt:UserLevel></tds:User></tds:CreateUsers>")
        .ok();
    assertThat(client.device("<tds:GetUsers/>").ok().texts("tt:Username")).containsExactly("vms");
    client
        .device("<tds:DeleteUsers><tds:Username>nobody</tds:Username></tds:DeleteUsers>")
        .fault("ter:UsernameMissing");
  }

  @Test
  void findsClientsThatCheat() throws Exception {
    client.device("<tds:GetServices/>").fault("ter:InvalidArgs");
    client.device("<tds:Nonsense/>").fault("ter:ActionNotSupported");
    client
        .device("<trt:GetProfiles xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\"/>")
        .fault("ter:ActionNotSupported");
    client.header("<x:Foo xmlns:x=\"urn:x\" s:mustUnderstand=\"1\"/>");
    client.device("<tds:GetDeviceInformation/>").fault("s:MustUnderstand");
    client.device("<!DOCTYPE x []>").fault("ter:WellFormed");
  }

  @Test
  void addressesThatLeadNowhere() throws Exception {
    String request =
        "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>";
    device.quirks().on(SimQuirk.XADDR_LAN);
    assertThat(client.device(request).ok().text("tds:XAddr")).startsWith("http://192.168.1.64:");
    device.quirks().off(SimQuirk.XADDR_LAN).on(SimQuirk.XADDR_CUT);
    assertThat(client.device(request).ok().text("tds:XAddr")).startsWith("http://127.0.0.:");
  }

  @Test
  void livesAtAPortOfItsOwnToo() throws Exception {
    SimDevice own = sim.addDevice(SimDeviceProfile.of("own"), SimPlacement.at("127.0.0.7", 0));
    assertThat(own.uri().getPath()).isEqualTo("/onvif/device_service");
    new SoapClient(own.uri()).device("<tds:GetDeviceInformation/>").ok();
    own.cutNetwork();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> new SoapClient(own.uri()).device("<tds:GetDeviceInformation/>"))
        .isInstanceOf(java.io.IOException.class);
    own.restoreNetwork();
    new SoapClient(own.uri()).device("<tds:GetDeviceInformation/>").ok();
  }
}
