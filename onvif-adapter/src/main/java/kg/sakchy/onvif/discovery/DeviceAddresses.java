package kg.sakchy.onvif.discovery;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the addresses a device claims (XAddrs) in the order in which they are worth trying.
 *
 * <p>Devices claim {@code 0.0.0.0}, {@code 127.0.0.1}, addresses of networks they are not in, and
 * their own with the last digit cut off. The address the answer came from is the one that is known
 * to work, so it replaces the impossible ones and stands behind the others.
 */
final class DeviceAddresses {
  private static final int MAX_ADDRESSES = 16;
  private static final int MAX_LENGTH = 512;

  /** Of a sender outside all our networks nothing is known; most networks are no larger. */
  private static final int ASSUMED_PREFIX = 24;

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private DeviceAddresses() {}

  /**
   * The device services to try, best first; at least one.
   *
   * @param claimed XAddrs as sent
   * @param sender where the answer came from
   * @param prefixLength of the network the sender is in, or null if it is in none of ours
   */
  static List<URI> inOrder(
      List<String> claimed, InetAddress sender, @Nullable Integer prefixLength) {
    int prefix = prefixLength == null ? ASSUMED_PREFIX : prefixLength;
    List<URI> usable = new ArrayList<>();
    for (String each : claimed.subList(0, Math.min(claimed.size(), MAX_ADDRESSES))) {
      URI uri = parse(each);
      if (uri != null) {
        usable.add(isNowhere(uri.getHost(), sender) ? withHost(uri, sender) : uri);
      }
    }
    usable.sort(Comparator.comparingInt(uri -> rank(uri.getHost(), sender, prefix)));
    Set<URI> ordered = new LinkedHashSet<>(usable);
    usable.forEach(uri -> ordered.add(withHost(uri, sender)));
    if (ordered.isEmpty()) {
      ordered.add(withHost(URI.create("http://device/onvif/device_service"), sender));
    }
    return List.copyOf(ordered);
  }

  private static @Nullable URI parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean usable =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null;
      return usable ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isNowhere(String host, InetAddress sender) {
    InetAddress address = literal(host);
    return address != null
        && (address.isAnyLocalAddress()
            || (address.isLoopbackAddress() && !sender.isLoopbackAddress()));
  }

  private static int rank(String host, InetAddress sender, int prefix) {
    InetAddress address = literal(host);
    if (address == null) {
      return 2; // a name; somebody set it up
    }
    if (address.equals(sender)) {
      return 0;
    }
    if (address instanceof Inet6Address) {
      return address.isLinkLocalAddress() ? 5 : 4;
    }
    return LocalLink.sameNetwork(address, sender, prefix) ? 1 : 3;
  }

  /** The address if the text is one; names are never looked up here. */
  static @Nullable InetAddress literal(String host) {
    boolean ipv6 = host.startsWith("[");
    if (!ipv6 && !IPV4.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static URI withHost(URI uri, InetAddress host) {
    String literal =
        host instanceof Inet4Address ? host.getHostAddress() : "[" + host.getHostAddress() + "]";
    try {
      return new URI(
          uri.getScheme(), null, literal, uri.getPort(), uri.getPath(), uri.getQuery(), null);
    } catch (URISyntaxException e) {
      return uri;
    }
  }
}
