package kg.sakchy.core.device;

import org.jspecify.annotations.Nullable;

/** What happens during a search for cameras. */
public sealed interface DiscoveryEvent {
  /** A camera, or more about one that was told before. */
  record Found(DiscoveredDevice device) implements DiscoveryEvent {}

  /** A camera said goodbye. */
  record Left(String endpoint) implements DiscoveryEvent {}

  /**
   * How far the search is.
   *
   * @param asked addresses asked so far; 0 for a search by multicast
   * @param total addresses to ask
   */
  record Progress(int asked, int total) implements DiscoveryEvent {}

  /**
   * The last event.
   *
   * @param found how many different cameras
   * @param problem what kept the search from being whole, or null
   */
  record Finished(int found, @Nullable String problem) implements DiscoveryEvent {}
}
