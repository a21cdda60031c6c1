package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import kg.sakchy.core.stream.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaServiceTest {
  private static final URI RTSP = URI.create("rtsp://127.0.0.1:8554/cam?x=1&y=2");

  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final SimDevice device =
      sim.addDevice(
          SimDeviceProfile.of(
                  "d",
                  SimStream.of("main", RTSP).withPicture(Codec.H265, 3_840, 2_160),
                  SimStream.of("sub", RTSP).withPicture(Codec.H264, 640, 360).withRate(10, 512, 20))
              .withPtz(PtzSpec.DOME_28X));
  private final SoapClient client = new SoapClient(device.uri());

  @AfterEach
  void stop() {
    sim.close();
  }

  @Test
  void media2ShowsWhatIsAskedFor() throws Exception {
    String profiles = "<tr2:GetProfiles>%s</tr2:GetProfiles>";
    assertThat(client.service("media2", profiles.formatted("")).ok().body())
        .doesNotContain("tr2:Configurations");
    SoapClient.Answer all =
        client.service("media2", profiles.formatted("<tr2:Type>All</tr2:Type>")).ok();
    assertThat(all.texts("tt:Encoding")).containsExactly("H265", "H264");
    assertThat(all.body()).contains("<tr2:PTZ token=").contains("GovLength=\"20\"");
    assertThat(
            client
                .service("media2", profiles.formatted("<tr2:Type>VideoEncoder</tr2:Type>"))
                .ok()
                .body())
        .doesNotContain("<tr2:PTZ");
  }

  @Test
  void media1KnowsNoH265() throws Exception {
    SoapClient.Answer answer = client.service("media", "<trt:GetProfiles/>").ok();
    assertThat(answer.texts("tt:Encoding")).containsExactly("H264");
    assertThat(answer.body()).contains("token=\"main\"").contains("<tt:PTZConfiguration token=");
  }

  @Test
  void givesAddresses() throws Exception {
    String stream =
        "<trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
            + "<tt:Protocol>%s</tt:Protocol></tt:Transport></trt:StreamSetup>"
            + "<trt:ProfileToken>sub</trt:ProfileToken></trt:GetStreamUri>";
    assertThat(client.service("media", stream.formatted("RTSP")).ok().text("tt:Uri"))
        .isEqualTo("rtsp://127.0.0.1:8554/cam?x=1&amp;y=2");
    client.service("media", stream.formatted("SCTP")).fault("ter:InvalidStreamSetup");
    String stream2 =
        "<tr2:GetStreamUri><tr2:Protocol>RTSP</tr2:Protocol><tr2:ProfileToken>%s"
            + "</tr2:ProfileToken></tr2:GetStreamUri>";
    client.service("media2", stream2.formatted("main")).ok();
    client.service("media2", stream2.formatted("none")).fault("ter:NoProfile");
    device.quirks().on(SimQuirk.XADDR_LAN, SimQuirk.NO_SNAPSHOT_URI);
    assertThat(client.service("media2", stream2.formatted("main")).ok().text("tr2:Uri"))
        .startsWith("rtsp://192.168.1.64:8554/cam");
    assertThat(
            client
                .service(
                    "media",
                    "<trt:GetSnapshotUri><trt:ProfileToken>sub</trt:ProfileToken>"
                        + "</trt:GetSnapshotUri>")
                .ok()
                .body())
        .doesNotContain("tt:Uri");
  }

  @Test
  void setsEncoders() throws Exception {
    String set =
        "<tr2:SetVideoEncoderConfiguration><tr2:Configuration token=\"VideoEncoder_main\""
            + " GovLength=\"25\"><tt:Name>x</tt:Name><tt:UseCount>1</tt:UseCount>"
            + "<tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>%d</tt:Width>"
            + "<tt:Height>720</tt:Height></tt:Resolution><tt:RateControl>"
            + "<tt:FrameRateLimit>12.5</tt:FrameRateLimit><tt:BitrateLimit>1024</tt:BitrateLimit>"
            + "</tt:RateControl><tt:Quality>3</tt:Quality></tr2:Configuration>"
            + "</tr2:SetVideoEncoderConfiguration>";
    client.service("media2", set.formatted(1_281)).fault("ter:ConfigModify");
    client.service("media2", set.formatted(1_280)).ok();
    SoapClient.Answer now =
        client
            .service(
                "media",
                "<trt:GetVideoEncoderConfiguration><trt:ConfigurationToken>VideoEncoder_main"
                    + "</trt:ConfigurationToken></trt:GetVideoEncoderConfiguration>")
            .ok();
    assertThat(now.text("tt:BitrateLimit")).isEqualTo("1024");
    assertThat(now.text("tt:GovLength")).isEqualTo("25");
    assertThat(
            client
                .service("media2", "<tr2:GetVideoEncoderConfigurationOptions/>")
                .ok()
                .texts("tt:Encoding"))
        .containsExactly("H264", "H265");
  }

  @Test
  void makesProfiles() throws Exception {
    String token =
        client
            .service(
                "media2",
                "<tr2:CreateProfile><tr2:Name>wall</tr2:Name><tr2:Configuration><tr2:Type>"
                    + "VideoEncoder</tr2:Type><tr2:Token>VideoEncoder_sub</tr2:Token>"
                    + "</tr2:Configuration></tr2:CreateProfile>")
            .ok()
            .text("tr2:Token");
    assertThat(client.service("media", "<trt:GetProfiles/>").ok().body())
        .contains("token=\"" + token + "\"");
    String delete = "<tr2:DeleteProfile><tr2:Token>%s</tr2:Token></tr2:DeleteProfile>";
    client.service("media2", delete.formatted(token)).ok();
    client.service("media2", delete.formatted("main")).fault("ter:DeletionOfFixedProfile");
  }

  @Test
  void habitsOfRealDevices() throws Exception {
    String all = "<tr2:GetProfiles><tr2:Type>All</tr2:Type></tr2:GetProfiles>";
    device.quirks().on(SimQuirk.MEDIA2_IN_WORDS_OF_MEDIA1);
    assertThat(client.service("media2", all).ok().body()).contains("trt:GetProfilesResponse");
    device.quirks().off(SimQuirk.MEDIA2_IN_WORDS_OF_MEDIA1).on(SimQuirk.MEDIA2_BROKEN);
    client.service("media2", all).fault("ter:ActionNotSupported");
    device.quirks().on(SimQuirk.MEDIA_NOT_IMPLEMENTED);
    client.service("media", "<trt:GetProfiles/>").fault("Optional action not implemented");
  }

  @Test
  void setsThePicture() throws Exception {
    String source = "<timg:VideoSourceToken>VideoSource_1</timg:VideoSourceToken>";
    client
        .service(
            "imaging",
            "<timg:SetImagingSettings>"
                + source
                + "<timg:ImagingSettings><tt:Exposure><tt:Mode>MANUAL</tt:Mode><tt:Iris>-5</tt:Iris>"
                + "</tt:Exposure><tt:IrCutFilter>OFF</tt:IrCutFilter></timg:ImagingSettings>"
                + "</timg:SetImagingSettings>")
        .ok();
    SoapClient.Answer answer =
        client
            .service("imaging", "<timg:GetImagingSettings>" + source + "</timg:GetImagingSettings>")
            .ok();
    assertThat(answer.text("tt:IrCutFilter")).isEqualTo("OFF");
    assertThat(answer.text("tt:Iris")).isEqualTo("-5.000000");
    client
        .service(
            "imaging",
            "<timg:Move>"
                + source
                + "<timg:Focus><tt:Absolute><tt:Position>0.25</tt:Position></tt:Absolute>"
                + "</timg:Focus></timg:Move>")
        .ok();
    assertThat(
            client
                .service("imaging", "<timg:GetStatus>" + source + "</timg:GetStatus>")
                .ok()
                .text("tt:Position"))
        .isEqualTo("0.250000");
  }
}
