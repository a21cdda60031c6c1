package kg.sakchy.onvif.discovery;

import java.util.List;

/** What a device says over WS-Discovery. */
sealed interface DiscoveryMessage {
  /** Answers to a Probe or a Resolve. */
  record Matches(List<Endpoint> endpoints) implements DiscoveryMessage {
    public Matches {
      endpoints = List.copyOf(endpoints);
    }
  }

  /** A device has come. */
  record Hello(Endpoint endpoint) implements DiscoveryMessage {}

  /** A device leaves. */
  record Bye(String endpointReference) implements DiscoveryMessage {}

  /**
   * A device as it describes itself; every text is the device's and bounded.
   *
   * @param reference its name for ever, in one spelling; empty if it sent none
   * @param types local names
   * @param scopes as sent
   * @param addresses XAddrs as sent
   */
  record Endpoint(
      String reference, List<String> types, DeviceScopes scopes, List<String> addresses) {
    public Endpoint {
      types = List.copyOf(types);
      addresses = List.copyOf(addresses);
    }

    /** Printers and desktops answer a Probe without types too. */
    boolean isOnvif() {
      return types.contains("NetworkVideoTransmitter")
          || types.contains("NetworkVideoStorage")
          || scopes.isOnvif();
    }
  }
}
