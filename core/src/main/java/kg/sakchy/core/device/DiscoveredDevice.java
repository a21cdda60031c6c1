package kg.sakchy.core.device;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A camera that made itself known on the network.
 *
 * @param endpoint its endpoint reference, trimmed; devices are the same when it is
 * @param services addresses of its device service, the best first
 * @param sender the address its answer came from
 * @param name from its scopes, decoded; empty when it says nothing
 * @param hardware model from its scopes; empty when it says nothing
 * @param location from its scopes; empty when it says nothing
 * @param onvifProfiles letters from its scopes
 * @param networkInterface ours that heard it, or empty for an answer to a scan
 * @param otherSubnet whether none of its addresses is in a subnet of that interface
 */
public record DiscoveredDevice(
    String endpoint,
    List<URI> services,
    InetAddress sender,
    String name,
    String hardware,
    String location,
    Set<String> onvifProfiles,
    String networkInterface,
    boolean otherSubnet) {
  public DiscoveredDevice {
    services = List.copyOf(services);
    onvifProfiles = Set.copyOf(onvifProfiles);
  }
}
