package kg.sakchy.core.config;

/**
 * Serving cameras to players and other systems over RTSP.
 *
 * @param host address to listen on; empty: nothing listens. Clients of this machine are served as
 *     they are, others need a media token
 * @param port TCP port; 0 takes a free one
 * @param connections most connections at a time
 */
public record RtspConfig(String host, int port, int connections) {
  public static final RtspConfig DEFAULTS = new RtspConfig("127.0.0.1", 8554, 2_000);

  public RtspConfig {
    ConfigChecks.port("rtsp.port", port);
    ConfigChecks.between("rtsp.connections", connections, 1, 100_000);
  }

  /** Whether anybody is served. */
  public boolean listens() {
    return !host.isBlank();
  }
}
