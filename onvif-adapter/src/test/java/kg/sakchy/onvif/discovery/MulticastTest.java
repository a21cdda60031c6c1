package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Multicast on two networks at once, in namespaces of their own. */
class MulticastTest {
  private static void awaitReady(Process cameras) throws IOException {
    BufferedReader out = cameras.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).isEqualTo("ready");
  }

  private static List<String> lines(Process search) throws InterruptedException {
    List<String> lines = search.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(search.waitFor()).isZero();
    lines.forEach(System.out::println); // with milliseconds, for the curious
    return lines;
  }

  @Test
  void everyCameraOfEveryLegIsFound() throws Exception {
    try (NetworkNamespaces networks = new NetworkNamespaces()) {
      awaitReady(networks.java(networks.cameras(1), CamerasMain.class, "30", "0", "198.51.100."));
      // The second leg's cameras were set up for another network.
      awaitReady(networks.java(networks.cameras(2), CamerasMain.class, "2", "50", "192.0.2."));
      List<String> lines = lines(networks.java(networks.server(), SearchMain.class));
      assertThat(lines).filteredOn(line -> line.startsWith("found ")).hasSize(32);
      assertThat(lines).filteredOn(line -> line.contains(" elsewhere ")).hasSize(2);
      assertThat(lines.getLast()).startsWith("finished 32 null");
    }
  }

  @Test
  void aScanOfANetworkFindsWhoAnswersUnicast() throws Exception {
    try (NetworkNamespaces networks = new NetworkNamespaces()) {
      awaitReady(networks.java(networks.cameras(1), CamerasMain.class, "1", "0", "198.51.100."));
      List<String> lines =
          lines(networks.java(networks.server(), SearchMain.class, "198.51.100.0/24"));
      assertThat(lines).filteredOn(line -> line.startsWith("found ")).hasSize(1);
      assertThat(lines.getLast()).startsWith("finished 1 null");
    }
  }
}
