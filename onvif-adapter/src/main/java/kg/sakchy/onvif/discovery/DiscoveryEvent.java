package kg.sakchy.onvif.discovery;

/** What a search or the listening for announcements has to tell. */
public sealed interface DiscoveryEvent {
  /** A device that was not known to this search. */
  record Found(DiscoveredDevice device) implements DiscoveryEvent {}

  /** More or something better is known of a device, such as an address that is nearer. */
  record Changed(DiscoveredDevice device) implements DiscoveryEvent {}

  /** A device said goodbye. */
  record Left(String key) implements DiscoveryEvent {}

  /**
   * How far a search is.
   *
   * @param done steps behind it: addresses of a scan, or probes sent
   * @param total all steps
   */
  record Progress(int done, int total) implements DiscoveryEvent {}

  /**
   * The last event of a search.
   *
   * @param found how many devices
   * @param cancelled whether it was ended early
   */
  record Finished(int found, boolean cancelled) implements DiscoveryEvent {}
}
