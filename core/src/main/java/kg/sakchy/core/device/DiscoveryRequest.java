package kg.sakchy.core.device;

import java.time.Duration;
import java.util.List;

/**
 * What to search.
 *
 * @param ranges {@code 192.0.2.0/24}, {@code 192.0.2.10-192.0.2.90} or single addresses to ask one
 *     by one; empty to ask all networks of this machine by multicast
 * @param duration how long to listen for answers
 */
public record DiscoveryRequest(List<String> ranges, Duration duration) {
  public DiscoveryRequest {
    ranges = List.copyOf(ranges);
  }
}
