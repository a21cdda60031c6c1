package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static VmsException startFailure(HttpConfig config) {
    return catchThrowableOfType(VmsException.class, () -> TestServer.start(config).close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "8.8.8.8"})
  void listensOnLoopbackOnly(String host) {
    VmsException failure = startFailure(HttpConfig.at(host, 0));
    assertThat(failure.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION);
    assertThat(failure).hasMessageContaining("http.host").hasMessageContaining("127.0.0.1");
  }

  @Test
  void aTakenPortIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      VmsException failure = startFailure(HttpConfig.at("127.0.0.1", taken.getLocalPort()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION);
      assertThat(failure)
          .hasMessageContaining("" + taken.getLocalPort())
          .hasMessageContaining("http.port");
    }
  }

  @Test
  void theIpv6LoopbackWillDo() {
    try (TestServer server = TestServer.start(HttpConfig.at("localhost", 0))) {
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void closingTwiceAndRestartingOnThePortWork() {
    TestServer first = TestServer.start();
    int port = first.port();
    first.close();
    first.close();
    try (TestServer second = TestServer.start(HttpConfig.at("127.0.0.1", port))) {
      assertThat(second.get("/healthz").statusCode()).isEqualTo(200);
    }
  }
}
