package kg.sakchy.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LocalOnlyTest {
  @Test
  void noHostIsNotLocal() {
    assertThat(LocalOnly.isLocal(null)).isFalse();
    assertThat(LocalOnly.isLocal("x".repeat(10_000))).isFalse();
    assertThat(LocalOnly.isLocal("localhost:")).isFalse();
    assertThat(LocalOnly.isLocal("user@localhost")).isFalse();
    assertThat(LocalOnly.isLocal("127.1")).isFalse();
    assertThat(LocalOnly.isLocal("[::ffff:127.0.0.1]")).isFalse();
  }

  /** Whatever passes is a name under localhost or an address the platform too calls loopback. */
  @FuzzTest
  void onlyLoopbackPasses(byte[] input) throws Exception {
    String host = new String(input, StandardCharsets.UTF_8);
    if (LocalOnly.isLocal(host)) {
      String name = host.replaceFirst(":\\d+$", "");
      if (!name.toLowerCase(java.util.Locale.ROOT).endsWith("localhost")) {
        assertThat(InetAddress.getByName(name).isLoopbackAddress()).isTrue();
      }
    }
  }
}
