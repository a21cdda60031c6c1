package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;

/** Whatever a datagram holds, it makes at most well-formed devices, and never an exception. */
class DiscoveryFuzzTest {
  @FuzzTest
  void anyDatagram(byte[] data) throws Exception {
    List<DiscoveryEvent> events = new ArrayList<>();
    EventRelay relay = new EventRelay(List.of(), events::add);
    relay.datagram(data, InetAddress.getByName("192.0.2.10"), "eth0");
    relay.finish(null);
    assertThat(events.getLast()).isInstanceOf(DiscoveryEvent.Finished.class);
    for (DiscoveryEvent event : events) {
      if (event instanceof DiscoveryEvent.Found(DiscoveredDevice device)) {
        assertThat(device.endpoint()).isNotEmpty().hasSizeLessThanOrEqualTo(512);
        assertThat(device.services()).isNotEmpty().hasSizeLessThanOrEqualTo(32);
      }
    }
  }
}
