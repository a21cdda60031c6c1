package kg.sakchy.web.http;

import java.time.Duration;

/**
 * Memory and time guards of the web server.
 *
 * @param bodyBytes largest request body
 * @param headerBytes largest header section
 * @param requestLineBytes longest request line
 * @param idle a connection on which nothing moves for this long is closed
 * @param call longest an operation may take before its answer begins; also the longest a body may
 *     take to arrive
 * @param calls operations under way at a time; more are told to come back
 * @param downloads downloads under way at a time; more are told to come back
 * @param stall a download whose client takes nothing for this long is cut off
 * @param uploadBytes largest file that may be sent here
 * @param uploads files on their way here at a time; more are told to come back
 * @param unreadBytes answers that lie here, in all, until their clients take them
 * @param unreadBytesPerClient the same of one account, or one address without one
 * @param connections guards of connections, and of how often somebody asks
 * @param live guards of what stays open
 */
public record HttpLimits(
    int bodyBytes,
    int headerBytes,
    int requestLineBytes,
    Duration idle,
    Duration call,
    int calls,
    int downloads,
    Duration stall,
    int uploadBytes,
    int uploads,
    long unreadBytes,
    long unreadBytesPerClient,
    ConnectionLimits connections,
    LiveLimits live) {
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          64 * 1024,
          16 * 1024,
          8 * 1024,
          Duration.ofSeconds(90),
          Duration.ofSeconds(30),
          64,
          32,
          Duration.ofSeconds(60),
          8 * 1024 * 1024,
          2,
          256L << 20,
          64L << 20,
          ConnectionLimits.DEFAULTS,
          LiveLimits.DEFAULTS);

  /** The same with other guards of connections. */
  public HttpLimits with(ConnectionLimits others) {
    return new HttpLimits(
        bodyBytes,
        headerBytes,
        requestLineBytes,
        idle,
        call,
        calls,
        downloads,
        stall,
        uploadBytes,
        uploads,
        unreadBytes,
        unreadBytesPerClient,
        others,
        live);
  }
}
