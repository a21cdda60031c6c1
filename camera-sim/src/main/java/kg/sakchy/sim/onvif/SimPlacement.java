package kg.sakchy.sim.onvif;

/** Where a device is reached. */
public sealed interface SimPlacement {
  /** At the simulator's port, behind a path of its own: {@code /name/onvif/device_service}. */
  record Shared() implements SimPlacement {}

  /** At a port of its own, at {@code /onvif/device_service} as real devices are. */
  record Own(String host, int port) implements SimPlacement {}

  static SimPlacement shared() {
    return new Shared();
  }

  /** A free port of the loopback address. */
  static SimPlacement ownPort() {
    return new Own("127.0.0.1", 0);
  }

  /** An address of this machine, for example one of 127.0.0.0/8; port 0 takes a free one. */
  static SimPlacement at(String host, int port) {
    return new Own(host, port);
  }
}
