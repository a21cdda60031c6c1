package kg.sakchy.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.core.tls.HostNames;
import org.junit.jupiter.api.Test;

class OwnNamesTest {
  private static final OwnNames LOCAL = new OwnNames(HostNames.NONE, null);

  private static boolean isLocal(String host) {
    return LOCAL.include(host, null);
  }

  @Test
  void noHostIsNotLocal() {
    assertThat(LOCAL.include(null, null)).isFalse();
    assertThat(isLocal("x".repeat(10_000))).isFalse();
    assertThat(isLocal("localhost:")).isFalse();
    assertThat(isLocal("user@localhost")).isFalse();
    assertThat(isLocal("127.1")).isFalse();
    assertThat(isLocal("2130706433")).isFalse();
    assertThat(isLocal("[::ffff:127.0.0.1]")).isFalse();
    assertThat(isLocal("localhost:8080")).isTrue();
    assertThat(isLocal("127.0.0.9")).isTrue();
    assertThat(isLocal("[::1]:1")).isTrue();
  }

  @Test
  void namesOfTheConfigurationAndOfTheCertificateAreOurs() {
    OwnNames names =
        new OwnNames(
            HostNames.parse("vms.example.kg, 10.0.0.5, 2001:db8::5"),
            SampleCertificate.current("*.city.example.kg,192.0.2.7"));
    for (String own :
        new String[] {
          "vms.example.kg",
          "VMS.example.kg:8443",
          "10.0.0.5:80",
          "[2001:db8:0:0::5]:443",
          "osh.city.example.kg",
          "192.0.2.7"
        }) {
      assertThat(names.include(own, null)).as(own).isTrue();
    }
    for (String foreign :
        new String[] {
          "evil.example",
          "vms.example.kg.evil.example",
          "xvms.example.kg",
          "city.example.kg",
          "a.b.city.example.kg",
          "*.city.example.kg",
          "10.0.0.50",
          "10.0.0.5.evil.example",
          "[2001:db8::6]"
        }) {
      assertThat(names.include(foreign, null)).as(foreign).isFalse();
    }
  }

  /** Rebinding needs a name: an address in the request is no attack if it is where it came to. */
  @Test
  void theAddressThatWasReachedIsOurs() {
    SocketAddress local = SocketAddress.inetSocketAddress(8080, "10.1.2.3");
    assertThat(LOCAL.include("10.1.2.3:8080", local)).isTrue();
    assertThat(LOCAL.include("10.1.2.4:8080", local)).isFalse();
    assertThat(LOCAL.include("rebound.example:8080", local)).isFalse();
  }

  /** Whatever passes is a name under localhost or an address the platform too calls loopback. */
  @FuzzTest
  void onlyLoopbackPasses(byte[] input) throws Exception {
    String host = new String(input, StandardCharsets.UTF_8);
    if (isLocal(host)) {
      String name = host.replaceFirst(":\\d+$", "");
      if (!name.toLowerCase(java.util.Locale.ROOT).endsWith("localhost")) {
        assertThat(InetAddress.getByName(name).isLoopbackAddress()).isTrue();
      }
    }
  }
}
