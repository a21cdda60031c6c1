package kg.sakchy.gateway.client;

import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session alive with requests that change nothing: GET_PARAMETER where the camera offers it
 * and takes it, else OPTIONS (RFC 2326 §10.8, §A.2). A camera that does not answer is no failure,
 * as long as its video comes; one that says it has no such session is.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class KeepAlive {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Conversation conversation;
  private final String uri;
  private final Duration timeout;
  private final long intervalNanos;
  private String method;
  private long sentAt;
  private boolean sessionLost;

  /**
   * @param getParameter whether the camera offers GET_PARAMETER
   * @param sessionTimeout a request is due after half of it
   * @param timeout for the answer
   */
  KeepAlive(
      Conversation conversation,
      String uri,
      boolean getParameter,
      Duration sessionTimeout,
      Duration timeout,
      long nowNanos) {
    this.conversation = conversation;
    this.uri = uri;
    this.timeout = timeout;
    method = getParameter ? "GET_PARAMETER" : "OPTIONS";
    Duration half = sessionTimeout.dividedBy(2);
    Duration interval = half.compareTo(LONGEST) > 0 ? LONGEST : half;
    intervalNanos = (interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval).toNanos();
    sentAt = nowNanos;
  }

  /** Sends a request if one is due. */
  void tick(long nowNanos) {
    if (nowNanos - sentAt >= intervalNanos) {
      send(nowNanos);
    }
  }

  /** Sends a request now, to see whether the camera still answers. */
  void send(long nowNanos) {
    sentAt = nowNanos;
    if (conversation.isBusy()) {
      return;
    }
    conversation.request(
        method,
        uri,
        new RtspHeaders(),
        timeout,
        new Answer() {
          @Override
          public void answered(RtspResponse response) {
            judge(response);
          }

          @Override
          public void silent(Failure failure) {
            // the watch over the video decides
          }
        });
  }

  private void judge(RtspResponse response) {
    if (response.status() == RtspStatus.SESSION_NOT_FOUND) {
      sessionLost = true;
    } else if (!response.isSuccess()) {
      method = "OPTIONS"; // announced, but not taken without a body, or not at all
    }
  }

  /** Why the session is over, or null. */
  @Nullable Failure failure() {
    return sessionLost
        ? Failure.camera(ErrorKind.UNAVAILABLE, "the camera ended the session")
        : null;
  }
}
