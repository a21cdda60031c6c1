package kg.sakchy.onvif.discovery;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.onvif.discovery.DiscoveryMessage.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The devices one search has met, each once however often and on however many interfaces it
 * answered.
 *
 * <p>Threads: confined to the {@link EventRelay} that owns it.
 */
final class DeviceBook {
  /** Nobody has so many cameras on a segment; somebody may send so many lies. */
  static final int MAX_DEVICES = 10_000;

  private static final int MAX_SERVICES = 32;

  private final List<LocalLink> links;
  private final Map<String, DiscoveredDevice> devices = new HashMap<>();
  private final Set<InetAddress> senders = new HashSet<>();

  /**
   * @param links our networks
   */
  DeviceBook(List<LocalLink> links) {
    this.links = List.copyOf(links);
  }

  int size() {
    return devices.size();
  }

  /** Whether a device answered from there. */
  boolean hasHeard(InetAddress sender) {
    return senders.contains(sender);
  }

  /**
   * Takes an answer.
   *
   * @param heardBy name of our interface that heard it, or empty
   * @return the device, if there is something new about it
   */
  Optional<DiscoveredDevice> seen(Endpoint endpoint, InetAddress sender, String heardBy) {
    if (!endpoint.isOnvif()) {
      return Optional.empty();
    }
    List<URI> addresses =
        DeviceAddresses.inOrder(endpoint.addresses(), sender, prefixLength(sender));
    String key =
        endpoint.reference().isEmpty() ? addresses.getFirst().toString() : endpoint.reference();
    DeviceScopes scopes = endpoint.scopes();
    return put(
        new DiscoveredDevice(
            key,
            addresses,
            sender,
            scopes.name(),
            scopes.hardware(),
            scopes.location(),
            scopes.profiles(),
            heardBy,
            isElsewhere(addresses.getFirst(), sender)));
  }

  /** Takes a device that answers at an address and said no more. */
  Optional<DiscoveredDevice> answered(URI deviceService, InetAddress sender) {
    if (hasHeard(sender)) {
      return Optional.empty();
    }
    return put(
        new DiscoveredDevice(
            deviceService.toString(),
            List.of(deviceService),
            sender,
            "",
            "",
            "",
            Set.of(),
            "",
            false));
  }

  /** Forgets a device. */
  void left(String endpoint) {
    DiscoveredDevice device = devices.remove(endpoint);
    if (device != null) {
      senders.remove(device.sender());
    }
  }

  private Optional<DiscoveredDevice> put(DiscoveredDevice device) {
    DiscoveredDevice known = devices.get(device.endpoint());
    if (known == null && devices.size() >= MAX_DEVICES) {
      return Optional.empty();
    }
    senders.add(device.sender());
    DiscoveredDevice now = known == null ? device : merged(known, device);
    if (now.equals(known)) {
      return Optional.empty();
    }
    devices.put(now.endpoint(), now);
    return Optional.of(now);
  }

  /** The answer that needs no router leads; what the other knew besides is kept. */
  private static DiscoveredDevice merged(DiscoveredDevice known, DiscoveredDevice other) {
    boolean better = known.otherSubnet() && !other.otherSubnet();
    DiscoveredDevice first = better ? other : known;
    DiscoveredDevice second = better ? known : other;
    Set<URI> services = new LinkedHashSet<>(first.services());
    services.addAll(second.services());
    return new DiscoveredDevice(
        known.endpoint(),
        services.stream().limit(MAX_SERVICES).toList(),
        first.sender(),
        either(first.name(), second.name()),
        either(first.hardware(), second.hardware()),
        either(first.location(), second.location()),
        first.onvifProfiles().isEmpty() ? second.onvifProfiles() : first.onvifProfiles(),
        first.networkInterface(),
        first.otherSubnet());
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  private @Nullable Integer prefixLength(InetAddress sender) {
    return links.stream()
        .filter(link -> link.contains(sender))
        .findFirst()
        .map(LocalLink::prefixLength)
        .orElse(null);
  }

  /** Names may lead anywhere, and an answer from this machine came from no network. */
  private boolean isElsewhere(URI address, InetAddress sender) {
    InetAddress literal = DeviceAddresses.literal(address.getHost());
    return literal != null
        && !sender.isLoopbackAddress()
        && links.stream().noneMatch(link -> link.contains(literal));
  }
}
