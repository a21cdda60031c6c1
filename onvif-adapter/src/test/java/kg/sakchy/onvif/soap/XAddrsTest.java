package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XAddrsTest {
  private static XAddrs at(String answered, AddressRule rule) {
    return new XAddrs(URI.create(answered), rule);
  }

  @ParameterizedTest
  @CsvSource({
    "http://192.0.2.10/onvif/Media, http://192.0.2.10/onvif/Media",
    "http://192.0.2.10:8081/e?x=1&y, http://192.0.2.10:8081/e?x=1&y",
    "http://0.0.0.0/onvif/Media, http://192.0.2.10/onvif/Media",
    "http://127.0.0.1:1024/event, http://192.0.2.10:1024/event",
    "http://192.0.2.1/onvif/Media, http://192.0.2.10/onvif/Media",
    "http://10.7.7.7/onvif/Media, http://192.0.2.10/onvif/Media",
    "/onvif/Media, http://192.0.2.10:8000/onvif/Media",
    "'  http://192.0.2.10/a b|c ', http://192.0.2.10/a%20b%7Cc",
  })
  void theHostThatAnswered(String given, String usable) {
    assertThat(
            at("http://192.0.2.10:8000/onvif/device_service", AddressRule.ANSWERING_HOST)
                .service(given))
        .isEqualTo(URI.create(usable));
  }

  @Test
  void behindPortForwarding() {
    XAddrs xaddrs = at("http://203.0.113.5:8081/d", AddressRule.ANSWERING_ENDPOINT);
    assertThat(xaddrs.service("http://192.168.1.64/onvif/Media"))
        .isEqualTo(URI.create("http://203.0.113.5:8081/onvif/Media"));
    assertThat(xaddrs.media("rtsp://192.168.1.64:554/Streaming/1"))
        .isEqualTo(URI.create("rtsp://203.0.113.5:554/Streaming/1"));
    assertThat(xaddrs.media("http://192.168.1.64/snap"))
        .isEqualTo(URI.create("http://203.0.113.5:8081/snap"));
  }

  @Test
  void asAnnouncedButNotNowhere() {
    XAddrs xaddrs = at("http://192.0.2.10/d", AddressRule.AS_ANNOUNCED);
    assertThat(xaddrs.service("http://198.51.100.9:81/m"))
        .isEqualTo(URI.create("http://198.51.100.9:81/m"));
    assertThat(xaddrs.media("rtsp://198.51.100.9/m"))
        .isEqualTo(URI.create("rtsp://198.51.100.9/m"));
    for (String nowhere :
        new String[] {"0.0.0.0", "127.0.0.1", "localhost", "192.0.2.1", "[::1]"}) {
      assertThat(xaddrs.service("http://" + nowhere + "/m")).hasHost("192.0.2.10");
      assertThat(xaddrs.media("rtsp://" + nowhere + "/m")).hasHost("192.0.2.10");
    }
  }

  @Test
  void httpsStaysHttps() {
    XAddrs xaddrs = at("https://192.0.2.10:8443/d", AddressRule.ANSWERING_HOST);
    assertThat(xaddrs.service("http://192.0.2.10/onvif/Media"))
        .isEqualTo(URI.create("https://192.0.2.10:8443/onvif/Media"));
    assertThat(xaddrs.service("https://192.0.2.10:9443/onvif/Media"))
        .isEqualTo(URI.create("https://192.0.2.10:9443/onvif/Media"));
  }

  @Test
  void whatIsNoAddressIsRefused() {
    XAddrs xaddrs = at("http://192.0.2.10/d", AddressRule.ANSWERING_HOST);
    assertThatThrownBy(() -> xaddrs.service("http://[broken/")).isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> xaddrs.media("stream1")).isInstanceOf(VmsException.class);
  }
}
