package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that answer often, on several networks, from elsewhere, and without a name. */
class DeviceBookTest {
  private static final String ONE = "urn:uuid:5f5a69c2-e0ae-504f-829b-000000000001";

  private final List<DiscoveryEvent> events = new ArrayList<>();
  private EventRelay relay;

  @BeforeEach
  void here() throws Exception {
    NetworkInterface any = NetworkInterface.getByName("lo");
    relay =
        new EventRelay(
            List.of(
                new LocalLink(any, address("192.0.2.1"), 24),
                new LocalLink(any, address("10.0.0.1"), 16)),
            events::add);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(String reference, String addresses, String sender) {
    relay.datagram(SampleDatagrams.camera(reference, addresses), address(sender), "eth0");
  }

  private DiscoveredDevice last() {
    return ((DiscoveryEvent.Found) events.getLast()).device();
  }

  @Test
  void aDeviceIsTheSameHoweverOftenItAnswers() {
    answer(ONE, "http://192.0.2.10/o", "192.0.2.10");
    answer(ONE, "http://192.0.2.10/o", "192.0.2.10");
    answer(ONE.toUpperCase(java.util.Locale.ROOT), "http://192.0.2.10/o", "192.0.2.10");
    assertThat(events).hasSize(1);
    assertThat(last().otherSubnet()).isFalse();
    assertThat(last().networkInterface()).isEqualTo("eth0");
  }

  @Test
  void aDeviceOfAnotherSubnetIsShownAsSuch() {
    answer(ONE, "http://198.51.100.7/o", "198.51.100.7");
    assertThat(last().otherSubnet()).isTrue();
    assertThat(last().services()).containsExactly(URI.create("http://198.51.100.7/o"));
  }

  @Test
  void theAnswerThatNeedsNoRouterLeads() {
    answer(ONE, "http://198.51.100.7/o", "198.51.100.7");
    answer(ONE, "http://10.0.3.7/o", "10.0.3.7");
    assertThat(events).hasSize(2);
    assertThat(last().otherSubnet()).isFalse();
    assertThat(last().services())
        .containsExactly(URI.create("http://10.0.3.7/o"), URI.create("http://198.51.100.7/o"));
  }

  @Test
  void twoDevicesBehindOneAddressAreTwo() {
    answer(ONE, "http://192.0.2.10:8001/o", "192.0.2.10");
    answer(ONE.replace('1', '2'), "http://192.0.2.10:8002/o", "192.0.2.10");
    assertThat(events).hasSize(2);
  }

  @Test
  void aDeviceWithoutNameIsKnownByItsAddress() {
    answer("", "http://192.0.2.10/o", "192.0.2.10");
    answer("", "http://192.0.2.10/o", "192.0.2.10");
    answer("", "http://192.0.2.11/o", "192.0.2.11");
    assertThat(events).hasSize(2);
    assertThat(last().endpoint()).isEqualTo("http://192.0.2.11/o");
  }

  @Test
  void whatAnsweredTheProbeIsNotFoundAgainByItsPort() {
    answer(ONE, "http://192.0.2.10/o", "192.0.2.10");
    relay.answered(
        URI.create("http://192.0.2.10:8080/onvif/device_service"), address("192.0.2.10"));
    relay.answered(URI.create("http://192.0.2.11/onvif/device_service"), address("192.0.2.11"));
    relay.answered(
        URI.create("http://192.0.2.11:8080/onvif/device_service"), address("192.0.2.11"));
    assertThat(events).hasSize(2);
    assertThat(last().services())
        .containsExactly(URI.create("http://192.0.2.11/onvif/device_service"));
  }

  @Test
  void whoLeavesCanComeAgain() {
    answer(ONE, "http://192.0.2.10/o", "192.0.2.10");
    relay.datagram(SampleDatagrams.bye(ONE), address("192.0.2.10"), "eth0");
    answer(ONE, "http://192.0.2.77/o", "192.0.2.77");
    assertThat(events).hasSize(3);
    assertThat(events.get(1)).isEqualTo(new DiscoveryEvent.Left(ONE));
    assertThat(last().services()).containsExactly(URI.create("http://192.0.2.77/o"));
  }

  @Test
  void nothingIsToldAfterTheEnd() {
    relay.finish(null);
    answer(ONE, "http://192.0.2.10/o", "192.0.2.10");
    relay.finish("again");
    assertThat(events).containsExactly(new DiscoveryEvent.Finished(0, null));
  }

  @Test
  void liesDoNotFillTheMemory() {
    for (int i = 0; i < DeviceBook.MAX_DEVICES + 100; i++) {
      answer(String.format("urn:uuid:5f5a69c2-e0ae-504f-829b-%012x", i), "http://a/", "192.0.2.9");
    }
    assertThat(events).hasSize(DeviceBook.MAX_DEVICES);
  }
}
