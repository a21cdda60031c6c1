package kg.sakchy.onvif.discovery;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A device that was found.
 *
 * @param key names it for ever: its endpoint reference, or its address if it has none
 * @param addresses of its device service, best first; at least one
 * @param answeredFrom where its answer came from
 * @param name what people called it
 * @param hardware its model
 * @param location where it is
 * @param profiles ONVIF profiles it claims, as {@code Streaming}, {@code T}
 * @param otherSubnet whether its best address is in none of this server's networks, so that it
 *     probably cannot be reached until somebody changes its address
 */
public record DiscoveredDevice(
    String key,
    List<URI> addresses,
    InetAddress answeredFrom,
    Optional<String> name,
    Optional<String> hardware,
    Optional<String> location,
    List<String> profiles,
    boolean otherSubnet) {
  public DiscoveredDevice {
    addresses = List.copyOf(addresses);
    profiles = List.copyOf(profiles);
  }
}
