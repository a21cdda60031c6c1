package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceAddressesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // claimed; sender; first; all
        "http://192.0.2.10/onvif/device_service | 192.0.2.10 |"
            + " http://192.0.2.10/onvif/device_service | 1",
        "http://[fe80::1]/o http://192.0.2.10/o | 192.0.2.10 | http://192.0.2.10/o                 "
            + "   | 2",
        "http://[fe80::1]/o http://[2001:db8::5]/o | 192.0.2.10 | http://[2001:db8::5]/o           "
            + "   | 3",
        "http://203.0.113.4/o http://192.0.2.11/o | 192.0.2.10 | http://192.0.2.11/o               "
            + "   | 3",
        "http://0.0.0.0:8080/o                  | 192.0.2.10 | http://192.0.2.10:8080/o            "
            + "   | 1",
        "http://127.0.0.1/o                     | 192.0.2.10 | http://192.0.2.10/o                 "
            + "   | 1",
        "http://127.0.0.1:81/o                  | 127.0.0.1  | http://127.0.0.1:81/o               "
            + "   | 1",
        // the last digit cut off: what answered stands behind it
        "http://192.0.2.1/o                     | 192.0.2.10 | http://192.0.2.1/o                  "
            + "   | 2",
        "ftp://192.0.2.10/o nonsense http://u:p@192.0.2.10/ | 192.0.2.10 |"
            + " http://192.0.2.10/onvif/device_service | 1",
        "https://cam.example/o http://198.51.100.1/o | 192.0.2.10 | https://cam.example/o          "
            + "   | 4",
      })
  void ordered(String claimed, String sender, URI first, int all) throws Exception {
    List<URI> order =
        DeviceAddresses.inOrder(List.of(claimed.split(" ", -1)), InetAddress.getByName(sender), 24);
    assertThat(order).first().isEqualTo(first);
    assertThat(order).hasSize(all).doesNotHaveDuplicates();
  }

  @Test
  void isBounded() throws Exception {
    List<String> many = Collections.nCopies(10_000, "http://192.0.2.1/" + "x".repeat(600));
    assertThat(DeviceAddresses.inOrder(many, InetAddress.getByName("192.0.2.10"), null))
        .containsExactly(URI.create("http://192.0.2.10/onvif/device_service"));
  }
}
