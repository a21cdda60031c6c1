package kg.sakchy.onvif.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * The numbers of a search.
 *
 * @param probePort UDP port of WS-Discovery
 * @param repeats how often a probe is sent
 * @param repeatEvery the time between
 * @param unicastWait how long a scan waits for answers over UDP before it tries TCP
 * @param tcpPorts where device services listen; 443 is tried with TLS
 * @param connectTimeout of one attempt
 * @param connectsInFlight most attempts at a time
 * @param perSecond most datagrams, and most attempts to connect, a second
 */
record DiscoverySettings(
    int probePort,
    int repeats,
    Duration repeatEvery,
    Duration unicastWait,
    List<Integer> tcpPorts,
    Duration connectTimeout,
    int connectsInFlight,
    int perSecond) {
  static final DiscoverySettings STANDARD =
      new DiscoverySettings(
          3702,
          3,
          Duration.ofMillis(500),
          Duration.ofMillis(1_000),
          List.of(80, 8080, 8000, 2020, 8899, 443),
          Duration.ofMillis(800),
          400,
          800);

  /** The group of WS-Discovery over IPv4. */
  InetSocketAddress group() {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {(byte) 239, (byte) 255, (byte) 255, (byte) 250}),
          probePort);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
