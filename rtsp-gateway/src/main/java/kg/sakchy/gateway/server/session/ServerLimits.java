package kg.sakchy.gateway.server.session;

import java.time.Duration;

/**
 * What clients may take of this server, together and each.
 *
 * @param connections most connections in all
 * @param perAddress most connections of one address
 * @param sessions most sessions of one connection
 * @param playbacks most sessions that play the archive at the same time
 * @param idle how long a connection without a session may be silent
 * @param session how long a session may be silent that is not sent anything over its connection
 * @param stuck how long a client may take nothing of what it is sent live
 * @param patience how long a client may take nothing of the archive
 * @param answer longest wait for a camera's first picture, for DESCRIBE and PLAY
 */
public record ServerLimits(
    int connections,
    int perAddress,
    int sessions,
    int playbacks,
    Duration idle,
    Duration session,
    Duration stuck,
    Duration patience,
    Duration answer) {
  public static final ServerLimits DEFAULTS =
      new ServerLimits(
          2_000,
          512,
          8,
          64,
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5));

  /** The same for another number of connections in all. */
  public ServerLimits withConnections(int most) {
    return new ServerLimits(
        most, perAddress, sessions, playbacks, idle, session, stuck, patience, answer);
  }
}
