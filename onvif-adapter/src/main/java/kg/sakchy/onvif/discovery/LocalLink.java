package kg.sakchy.onvif.discovery;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network this machine has a leg in.
 *
 * @param networkInterface through which it is reached
 * @param address ours there; IPv4
 * @param prefixLength of the network, 0 to 32
 */
record LocalLink(NetworkInterface networkInterface, InetAddress address, int prefixLength) {

  /** The links a multicast may leave by: interfaces that are up and can; no loopback. */
  static List<LocalLink> all() {
    List<LocalLink> links = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) {
          addIpv4(each, links);
        }
      }
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    return links;
  }

  private static void addIpv4(NetworkInterface networkInterface, List<LocalLink> links) {
    for (InterfaceAddress each : networkInterface.getInterfaceAddresses()) {
      if (each.getAddress() instanceof Inet4Address address) {
        links.add(new LocalLink(networkInterface, address, each.getNetworkPrefixLength()));
      }
    }
  }

  /** Whether an address is of this network. */
  boolean contains(InetAddress other) {
    return sameNetwork(address, other, prefixLength);
  }

  /** Whether two addresses of one family agree in their first bits. */
  static boolean sameNetwork(InetAddress left, InetAddress right, int prefixLength) {
    byte[] a = left.getAddress();
    byte[] b = right.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < Math.min(prefixLength, a.length * 8); bit++) {
      int mask = 0x80 >> bit % 8;
      if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
