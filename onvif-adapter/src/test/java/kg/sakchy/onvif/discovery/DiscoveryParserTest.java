package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.discovery.DiscoveryMessage.Endpoint;
import kg.sakchy.onvif.discovery.ProbeMessage.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryParserTest {
  private static final String REFERENCE = "urn:uuid:5f5a69c2-e0ae-504f-829b-00FCBA5F9D2C";
  private static final String SAME = "urn:uuid:5f5a69c2-e0ae-504f-829b-00fcba5f9d2c";

  private static DiscoveryMessage parse(byte[] datagram) {
    return DiscoveryParser.parse(datagram).orElseThrow();
  }

  private static Endpoint only(byte[] datagram) {
    return ((DiscoveryMessage.Matches) parse(datagram)).endpoints().getFirst();
  }

  @Test
  void readsAMatch() {
    Endpoint endpoint =
        only(SampleDatagrams.camera(REFERENCE, "http://192.0.2.10/onvif/device_service"));
    assertThat(endpoint.reference()).isEqualTo(SAME);
    assertThat(endpoint.types()).containsExactly("NetworkVideoTransmitter", "Device");
    assertThat(endpoint.addresses()).containsExactly("http://192.0.2.10/onvif/device_service");
    DeviceScopes scopes = endpoint.scopes();
    assertThat(scopes.name()).isEqualTo("Gate north");
    assertThat(scopes.hardware()).isEqualTo("DOME-28");
    assertThat(scopes.location()).isEqualTo("city/osh");
    assertThat(scopes.profiles()).containsExactly("S", "T");
    assertThat(endpoint.isOnvif()).isTrue();
  }

  /** Devices wrap their lists: values carry white space and newlines. */
  @Test
  void readsValuesFullOfWhiteSpace() {
    Endpoint endpoint =
        only(
            SampleDatagrams.match(
                "\n   uuid:5f5a69c2-e0ae-504f-829b-00fcba5f9d2c\t\n",
                "\n tdn:NetworkVideoTransmitter\n   tds:Device\n",
                "\n  ONVIF://www.onvif.org/name/%D0%9E%D1%88\n\n",
                " http://192.0.2.10/o\n\thttp://[fe80::1]/o "));
    assertThat(endpoint.reference()).isEqualTo(SAME);
    assertThat(endpoint.types()).containsExactly("NetworkVideoTransmitter", "Device");
    assertThat(endpoint.scopes().name()).isEqualTo("Ош");
    assertThat(endpoint.addresses()).containsExactly("http://192.0.2.10/o", "http://[fe80::1]/o");
  }

  @Test
  void readsHelloAndBye() {
    assertThat(parse(SampleDatagrams.hello(REFERENCE, "http://192.0.2.10/o")))
        .isInstanceOfSatisfying(
            DiscoveryMessage.Hello.class,
            hello -> assertThat(hello.endpoint().reference()).isEqualTo(SAME));
    assertThat(parse(SampleDatagrams.bye(REFERENCE))).isEqualTo(new DiscoveryMessage.Bye(SAME));
  }

  @ParameterizedTest
  @CsvSource({
    "NetworkVideoTransmitter, , true",
    "tds:Device, onvif://www.onvif.org/type/ptz, true",
    "wsdp:Device, , false", // a printer
    "wprt:PrintDeviceType, ldap:///ou=engineering, false",
  })
  void tellsCamerasFromPrinters(String types, String scopes, boolean camera) {
    Endpoint endpoint =
        only(SampleDatagrams.match(REFERENCE, types, scopes == null ? "" : scopes, "http://a/"));
    assertThat(endpoint.isOnvif()).isEqualTo(camera);
  }

  @Test
  void ourOwnProbeIsNoAnswer() {
    assertThat(DiscoveryParser.parse(ProbeMessage.of(Types.VIDEO_TRANSMITTERS).toBytes()))
        .isEmpty();
    assertThat(DiscoveryParser.parse(ProbeMessage.of(Types.ANY).toBytes())).isEmpty();
  }

  @Test
  void aProbeNamesItsTypes() {
    assertThat(
            new String(ProbeMessage.of(Types.VIDEO_TRANSMITTERS).toBytes(), StandardCharsets.UTF_8))
        .contains("<d:Types>dn:NetworkVideoTransmitter</d:Types>")
        .contains(">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe<");
    assertThat(new String(ProbeMessage.of(Types.ANY).toBytes(), StandardCharsets.UTF_8))
        .contains("<d:Types></d:Types>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK",
        "<Envelope><Body><b></Body></Envelope>",
        "<!DOCTYPE Envelope [<!ENTITY b 'cc'>]><Envelope>&b;</Envelope>",
      })
  void refusesWhatIsNoXml(String text) {
    assertThatThrownBy(() -> DiscoveryParser.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(VmsException.class);
  }

  @Test
  void isBounded() {
    String many = "onvif://www.onvif.org/name/x ".repeat(1_500);
    Endpoint endpoint = only(SampleDatagrams.match("x".repeat(300), many, many, many));
    assertThat(endpoint.reference()).isEmpty();
    assertThat(endpoint.types()).hasSize(64);
    assertThat(endpoint.scopes().scopes()).hasSize(64);
    assertThat(endpoint.addresses()).hasSize(64);
    byte[] cut = SampleDatagrams.camera(REFERENCE, "http://192.0.2.10/o");
    assertThatThrownBy(() -> DiscoveryParser.parse(Arrays.copyOf(cut, cut.length / 2)))
        .isInstanceOf(VmsException.class);
  }
}
