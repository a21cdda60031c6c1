package kg.sakchy.web.http;

import java.time.Duration;

/**
 * Memory and time guards of what stays open: event streams and sockets.
 *
 * @param eventStreams event streams at a time; more are told to come back
 * @param sockets sockets at a time; more are told to come back
 * @param backlogBytes what a client may leave unread before it is cut off
 * @param mediaBacklogBytes media on its way to a client before no more is sent to it for a while
 * @param heartbeat pause between signs of life; a socket that answers three of them with silence is
 *     closed
 * @param messageBytes largest message a socket takes
 * @param messagesPerSecond messages a socket takes in the long run; for a moment twice as many
 * @param waiting requests at a time that wait for what is not there yet; more are told to come back
 */
public record LiveLimits(
    int eventStreams,
    int sockets,
    int backlogBytes,
    int mediaBacklogBytes,
    Duration heartbeat,
    int messageBytes,
    int messagesPerSecond,
    int waiting) {
  public static final LiveLimits DEFAULTS =
      new LiveLimits(64, 320, 256 * 1024, 256 * 1024, Duration.ofSeconds(15), 4096, 60, 512);
}
