package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadAnswerTest {
  private static final String WHO = "<tds:GetDeviceInformation/>";

  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final SimDevice device = sim.addDevice(SimDeviceProfile.of("d"));
  private final SoapClient client = new SoapClient(device.uri());

  @AfterEach
  void stop() {
    sim.close();
  }

  @Test
  void answersBadlyOnDemand() throws Exception {
    device.answerBadly(SimBadAnswer.HTML);
    assertThat(client.device(WHO).body()).contains("<html>");
    device.answerBadly(SimBadAnswer.ENTITY_BOMB);
    assertThat(client.device(WHO).body()).contains("<!ENTITY e9");
    device.answerBadly(SimBadAnswer.HUGE);
    assertThat(client.device(WHO).body().length()).isGreaterThan(10_000_000);
    device.answerBadly(SimBadAnswer.DEEP);
    assertThat(client.device(WHO).body()).contains("<tt:x><tt:x>");
    device.answerBadly(SimBadAnswer.OTHER_CAMERA);
    assertThat(client.device(WHO).text("tds:SerialNumber")).isEqualTo("OTHER-1");
    device.answerBadly(SimBadAnswer.WRONG_CHARSET);
    assertThat(client.device(WHO).body()).contains("\ufffd");
    device.answerBadly(SimBadAnswer.EMPTY_500);
    assertThat(client.device(WHO).status()).isEqualTo(500);
    device.answerBadly(SimBadAnswer.TRUNCATED);
    assertThatThrownBy(() -> client.device(WHO)).isInstanceOf(IOException.class);
    device.answerBadly(SimBadAnswer.CLOSE);
    assertThatThrownBy(() -> client.device(WHO)).isInstanceOf(IOException.class);
    device.answerBadly(null);
    device.answerBadly("GetDeviceInformation", SimBadAnswer.HTML);
    assertThat(client.device(WHO).body()).contains("<html>");
    client.device("<tds:GetScopes/>").ok();
  }

  @Test
  void anAnswerWithoutEndKeepsUpWithTheReader() throws Exception {
    device.answerBadly(SimBadAnswer.ENDLESS);
    try (Socket socket = new Socket(device.uri().getHost(), device.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + device.uri().getPath()
                      + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(20 << 20)).hasSize(20 << 20);
    }
  }

  @Test
  void faultsInOddForms() throws Exception {
    String nonsense = "<tds:Nonsense/>";
    device.quirks().on(SimQuirk.FAULTS_ARE_OK);
    assertThat(client.device(nonsense).status()).isEqualTo(200);
    device.quirks().on(SimQuirk.OLD_FAULTS);
    assertThat(client.device(nonsense).body()).contains("SOAP-ENV:Fault");
    device.quirks().on(SimQuirk.FAULTS_ARE_HTML);
    assertThat(client.device(nonsense).status()).isEqualTo(500);
    device.quirks().on(SimQuirk.ONVIF_OFF);
    assertThat(client.device(WHO).status()).isEqualTo(404);
    device.quirks().off(SimQuirk.ONVIF_OFF).on(SimQuirk.TLS_ON_HTTP);
    assertThatThrownBy(() -> client.device(WHO)).isInstanceOf(IOException.class);
  }
}
