package kg.sakchy.core.config;

/**
 * Serving cameras to players and other systems over RTSP.
 *
 * @param host address to listen on; empty: nothing listens. Beyond loopback only RTSPS listens
 *     there, unless {@code insecure}
 * @param port TCP port of RTSP; 0 takes a free one
 * @param tlsPort TCP port of RTSPS, when the server has a certificate; 0 takes a free one
 * @param insecure whether others may be served without encryption
 * @param connections most connections at a time
 */
public record RtspConfig(String host, int port, int tlsPort, boolean insecure, int connections) {
  public static final RtspConfig DEFAULTS = new RtspConfig("127.0.0.1", 8554, 8322, false, 2_000);

  public RtspConfig {
    ConfigChecks.port("rtsp.port", port);
    ConfigChecks.port("rtsp.tlsPort", tlsPort);
    ConfigChecks.between("rtsp.connections", connections, 1, 100_000);
  }

  /** The same on other ports. */
  public RtspConfig withPorts(int clear, int encrypted) {
    return new RtspConfig(host, clear, encrypted, insecure, connections);
  }

  /** Whether anybody is served. */
  public boolean listens() {
    return !host.isBlank();
  }
}
