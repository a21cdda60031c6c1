package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kg.sakchy.core.device.DeviceDiscovery.Search;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.junit.jupiter.api.Test;

/** Scans of loopback addresses with real sockets; multicast is tested in networks of its own. */
class NetworkDiscoveryTest {
  private static final String REFERENCE = "urn:uuid:5f5a69c2-e0ae-504f-829b-0000000000%02d";

  private final BlockingQueue<DiscoveryEvent> events = new LinkedBlockingQueue<>();

  private static DiscoverySettings settings(int probePort, List<Integer> tcpPorts) {
    return new DiscoverySettings(
        probePort,
        1,
        Duration.ofMillis(10),
        Duration.ofMillis(300),
        tcpPorts,
        Duration.ofMillis(500),
        64,
        5_000);
  }

  private static NetworkDiscovery discovery(DiscoverySettings settings, DeviceKnock knock) {
    return new NetworkDiscovery(settings, List::of, knock, VmsClock.system());
  }

  private List<DiscoveryEvent> toTheEnd() throws InterruptedException {
    List<DiscoveryEvent> all = new ArrayList<>();
    do {
      DiscoveryEvent event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("another event after %s", all).isNotNull();
      all.add(event);
    } while (!(all.getLast() instanceof DiscoveryEvent.Finished));
    return all;
  }

  private static Stream<DiscoveredDevice> found(List<DiscoveryEvent> events) {
    return events.stream()
        .filter(DiscoveryEvent.Found.class::isInstance)
        .map(event -> ((DiscoveryEvent.Found) event).device());
  }

  private static DiscoveryRequest request(String... ranges) {
    return new DiscoveryRequest(List.of(ranges), Duration.ofSeconds(5));
  }

  /** Answers every probe that comes to an address, from that port or from another. */
  private static void answer(DatagramSocket socket, byte[] answer, boolean otherPort) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (DatagramSocket other = new DatagramSocket(0, socket.getLocalAddress())) {
                while (true) {
                  DatagramPacket probe = new DatagramPacket(new byte[4_096], 4_096);
                  socket.receive(probe);
                  String text =
                      new String(probe.getData(), 0, probe.getLength(), StandardCharsets.UTF_8);
                  if (text.contains("NetworkVideoTransmitter")) {
                    (otherPort ? other : socket)
                        .send(new DatagramPacket(answer, answer.length, probe.getSocketAddress()));
                  }
                }
              } catch (IOException e) {
                // closed by the test
              }
            });
  }

  @Test
  void aScanFindsDevicesByProbeAndByPort() throws Exception {
    try (DatagramSocket one = new DatagramSocket(0, InetAddress.getByName("127.0.9.1"));
        DatagramSocket two =
            new DatagramSocket(one.getLocalPort(), InetAddress.getByName("127.0.9.2"));
        ServerSocket three = new ServerSocket(0, 5, InetAddress.getByName("127.0.9.3"));
        ServerSocket four =
            new ServerSocket(three.getLocalPort(), 5, InetAddress.getByName("127.0.9.4"))) {
      String service = "http://%s/onvif/device_service ";
      answer(
          one,
          SampleDatagrams.camera(
              REFERENCE.formatted(1), service.formatted("0.0.0.0") + "x".repeat(30_000)),
          false);
      answer(
          two,
          SampleDatagrams.camera(REFERENCE.formatted(2), service.formatted("127.0.9.2")),
          true);
      DeviceKnock knock = address -> address.getHost().equals("127.0.9.3");
      discovery(settings(one.getLocalPort(), List.of(three.getLocalPort())), knock)
          .start(request("127.0.9.1-127.0.9.20"), events::add);
      List<DiscoveryEvent> all = toTheEnd();
      assertThat(four.isBound()).as("a web server that is no camera listens").isTrue();
      assertThat(found(all).flatMap(device -> device.services().stream().limit(1)))
          .containsExactlyInAnyOrder(
              URI.create("http://127.0.9.1/onvif/device_service"),
              URI.create("http://127.0.9.2/onvif/device_service"),
              URI.create("http://127.0.9.3:" + three.getLocalPort() + "/onvif/device_service"));
      assertThat(all).contains(new DiscoveryEvent.Progress(20, 20));
      assertThat(all.getLast()).isEqualTo(new DiscoveryEvent.Finished(3, null));
    }
  }

  @Test
  void aScanThatIsEndedEarlySaysSo() throws Exception {
    Search search =
        discovery(settings(9, List.of(9)), address -> false)
            .start(request("127.1.0.0/17"), events::add);
    search.close();
    search.close();
    assertThat(toTheEnd())
        .containsExactly(new DiscoveryEvent.Finished(0, "the search was ended early"));
  }

  @Test
  void withoutANetworkASearchSaysSo() throws Exception {
    discovery(settings(9, List.of()), address -> false).start(request(), events::add);
    assertThat(toTheEnd())
        .containsExactly(new DiscoveryEvent.Finished(0, "no network interface to search on"));
  }

  @Test
  void aRangeThatIsTooLargeIsRefusedAtOnce() {
    NetworkDiscovery discovery = discovery(settings(9, List.of()), address -> false);
    assertThatThrownBy(() -> discovery.start(request("10.0.0.0/8"), events::add))
        .isInstanceOf(VmsException.class);
    assertThat(events).isEmpty();
  }

  @Test
  void comingAndGoingIsHeard() throws Exception {
    int port;
    try (DatagramSocket free = new DatagramSocket(0)) {
      port = free.getLocalPort();
    }
    NetworkDiscovery discovery = discovery(settings(port, List.of()), address -> false);
    try (Search listening = discovery.listen(events::add);
        DatagramSocket device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThat(listening).isNotNull();
      InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      byte[] rubbish = "<html>".getBytes(StandardCharsets.UTF_8);
      byte[] hello = SampleDatagrams.hello(REFERENCE.formatted(1), "http://127.0.0.1/o");
      byte[] bye = SampleDatagrams.bye(REFERENCE.formatted(1));
      for (byte[] each : List.of(rubbish, hello, bye)) {
        device.send(new DatagramPacket(each, each.length, here));
      }
      assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(DiscoveryEvent.Found.class);
      assertThat(events.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new DiscoveryEvent.Left(REFERENCE.formatted(1)));
    }
  }
}
