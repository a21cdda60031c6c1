package kg.sakchy.gateway.webrtc;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Showing live streams by WebRTC.
 *
 * @param host address to listen on and to name in answers; until accounts exist, a loopback one
 * @param port of UDP and TCP; 0 takes one that is free
 * @param sessions most at a time
 * @param sessionsPerClient most at a time for one client
 */
public record WebRtcConfig(String host, int port, int sessions, int sessionsPerClient) {
  public static final WebRtcConfig DEFAULTS = new WebRtcConfig("127.0.0.1", 8189, 256, 64);

  private static final int MOST_SESSIONS = 10_000;

  public WebRtcConfig {
    check(!host.isBlank(), "webrtc.host: takes an address");
    check(port >= 0 && port <= 65_535, "webrtc.port: takes a number from 0 to 65535");
    check(
        sessions >= 1 && sessions <= MOST_SESSIONS,
        "webrtc.sessions: takes a number from 1 to " + MOST_SESSIONS);
    check(
        sessionsPerClient >= 1 && sessionsPerClient <= sessions,
        "webrtc.sessionsPerClient: takes a number from 1 to webrtc.sessions");
  }

  private static void check(boolean valid, String takes) {
    if (!valid) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, takes);
    }
  }
}
