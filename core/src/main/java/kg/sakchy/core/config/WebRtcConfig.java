package kg.sakchy.core.config;

/**
 * Showing live streams by WebRTC.
 *
 * @param host address to listen on and to name in answers, so one of the machine and not all
 * @param port of UDP and TCP; 0 takes one that is free
 * @param sessions most at a time
 * @param sessionsPerClient most at a time for one client
 */
public record WebRtcConfig(String host, int port, int sessions, int sessionsPerClient) {
  public static final WebRtcConfig DEFAULTS = new WebRtcConfig("127.0.0.1", 8189, 256, 64);

  private static final int MOST_SESSIONS = 10_000;

  public WebRtcConfig {
    ConfigChecks.check(!host.isBlank(), "webrtc.host", "an address");
    ConfigChecks.port("webrtc.port", port);
    ConfigChecks.between("webrtc.sessions", sessions, 1, MOST_SESSIONS);
    ConfigChecks.between("webrtc.sessionsPerClient", sessionsPerClient, 1, sessions);
  }
}
