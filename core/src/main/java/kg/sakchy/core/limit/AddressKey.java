package kg.sakchy.core.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What counts as one address: one of IPv4, or the 64 bits of an IPv6 network, whose owner has all
 * addresses in it. Threads: no state.
 */
public final class AddressKey {
  private static final int NETWORK_BYTES = 8;
  private static final int MAX_CHARS = 16;

  private AddressKey() {}

  /** The key of an address; of what is none, a part of the text itself. */
  public static String of(String address) {
    try {
      InetAddress literal = InetAddress.ofLiteral(address);
      return literal instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES))
          : literal.getHostAddress();
    } catch (IllegalArgumentException e) {
      return address.substring(0, Math.min(address.length(), MAX_CHARS));
    }
  }
}
