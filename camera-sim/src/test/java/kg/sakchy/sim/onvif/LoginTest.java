package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kg.sakchy.core.auth.DigestAlgorithm;
import kg.sakchy.core.camera.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final String WHO = "<tds:GetDeviceInformation/>";
  private static final String PASSWORD = "p@:/<&";

  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);

  @AfterEach
  void stop() {
    sim.close();
  }

  private SimDevice device(SimLogin login) {
    return sim.addDevice(SimDeviceProfile.of("d").withLogin(login));
  }

  private static SoapClient client(SimDevice device) {
    return new SoapClient(device.uri());
  }

  @Test
  void takesTokensAndDigests() throws Exception {
    SimDevice device = device(SimLogin.of("admin", PASSWORD));
    client(device).token("admin", PASSWORD).device(WHO).ok();
    client(device).digest("admin", PASSWORD).device(WHO).ok();
    client(device).device("<tds:GetSystemDateAndTime/>").ok();
    SoapClient.Answer nobody = client(device).device(WHO);
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.challenges()).hasSize(1);
    SoapClient.Answer wrong = client(device).token("admin", "wrong").device(WHO);
    assertThat(wrong.status()).isEqualTo(400);
    wrong.fault("ter:NotAuthorized");
    assertThat(client(device).digest("admin", "wrong").device(WHO).status()).isEqualTo(401);
  }

  @Test
  void looksAtTheClock() throws Exception {
    SimDevice device =
        device(SimLogin.of("admin", PASSWORD).withClockWindow(Duration.ofSeconds(5)));
    device.clock().setOffset(Duration.ofMinutes(10));
    client(device).token("admin", PASSWORD).device(WHO).fault("ter:NotAuthorized");
    client(device).token("admin", PASSWORD).clockOffset(Duration.ofMinutes(10)).device(WHO).ok();
  }

  @Test
  void offersSeveralChallenges() throws Exception {
    SimDevice device =
        device(
            SimLogin.of("admin", PASSWORD)
                .withSchemes(SimLogin.Scheme.HTTP_DIGEST)
                .withAlgorithms(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256));
    device.quirks().on(SimQuirk.BASIC_CHALLENGE_FIRST, SimQuirk.QOP_AUTH_INT);
    assertThat(client(device).device(WHO).challenges())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("Basic");
    client(device).digest("admin", PASSWORD).device(WHO).ok();
    device.expireNonces();
    client(device).digest("admin", PASSWORD).device(WHO).ok();
    device.quirks().on(SimQuirk.REFUSAL_IS_HTML);
    SoapClient.Answer html = client(device).token("admin", PASSWORD).device(WHO);
    assertThat(html.status()).isEqualTo(401);
    assertThat(html.body()).contains("<html>");
  }

  @Test
  void aNonceForEachPath() throws Exception {
    SimDevice device =
        device(SimLogin.of("admin", PASSWORD).withSchemes(SimLogin.Scheme.HTTP_DIGEST));
    device.quirks().on(SimQuirk.NONCE_PER_PATH);
    SoapClient client = client(device).digest("admin", PASSWORD);
    client.device(WHO).ok();
    client.service("media", "<trt:GetProfiles/>").ok();
    assertThat(device.calls("GetProfiles")).isEqualTo(2);
  }

  @Test
  void levelsCount() throws Exception {
    SimDevice device =
        device(
            SimLogin.of("admin", PASSWORD)
                .withUsers(
                    new SimUser(new Credentials("boss", "1"), SimUser.Level.ADMINISTRATOR),
                    new SimUser(new Credentials("guest", "2"), SimUser.Level.USER)));
    client(device).token("guest", "2").device(WHO).ok();
    client(device).token("guest", "2").device("<tds:GetUsers/>").fault("ter:NotAuthorized");
    client(device).token("boss", "1").device("<tds:GetUsers/>").ok();
  }

  @Test
  void locksAndMissingAccounts() throws Exception {
    SimDevice device = device(SimLogin.of("admin", PASSWORD));
    device.quirks().on(SimQuirk.ACCOUNT_LOCKS);
    for (int i = 0; i < 5; i++) {
      client(device).token("admin", "wrong").device(WHO).fault("ter:NotAuthorized");
    }
    client(device).token("admin", PASSWORD).device(WHO).fault("ter:NotAuthorized");
    device.quirks().off(SimQuirk.ACCOUNT_LOCKS);
    client(device).token("admin", PASSWORD).device(WHO).ok();
    device.quirks().on(SimQuirk.NO_ONVIF_USER);
    client(device).token("admin", PASSWORD).device(WHO).fault("ter:NotAuthorized");
  }

  @Test
  void timeMayNeedALogin() throws Exception {
    SimDevice device = device(SimLogin.of("admin", PASSWORD));
    device.quirks().on(SimQuirk.TIME_NEEDS_LOGIN);
    assertThat(client(device).device("<tds:GetSystemDateAndTime/>").status()).isEqualTo(401);
  }

  @Test
  void aSecurityHeaderThatIsNotUnderstood() throws Exception {
    SimDevice device = device(SimLogin.none());
    device.quirks().on(SimQuirk.SECURITY_NOT_UNDERSTOOD);
    client(device).token("admin", "x").device(WHO).fault("s:MustUnderstand");
    client(device).device(WHO).ok();
  }
}
