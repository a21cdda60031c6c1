package kg.sakchy.gateway.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.transport.RtspChannel;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests and answers on one connection: numbers them, authenticates, waits for one answer at a
 * time, and answers what the camera asks.
 *
 * <p>A 401 is answered once with the credentials, and again only if the camera says that just the
 * nonce was too old; the caller sees the 401 that remains. Tolerated: answers without CSeq.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class Conversation {
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);
  private static final String USER_AGENT = "Sakchy";
  private static final String ANSWERED_METHODS = "OPTIONS, GET_PARAMETER, SET_PARAMETER";

  private final RtspChannel channel;
  private final VmsClock clock;
  private final @Nullable HttpAuthenticator authenticator;
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private @Nullable Exchange current;
  private @Nullable String session;
  private int cseq;
  private long deadline;
  private long answers;

  private record Exchange(
      String method, String uri, RtspHeaders fields, Duration timeout, Answer answer) {}

  Conversation(RtspChannel channel, @Nullable Credentials credentials, VmsClock clock) {
    this.channel = channel;
    this.clock = clock;
    authenticator = credentials == null ? null : new HttpAuthenticator(credentials);
  }

  /** Every further request names this session. */
  void session(String id) {
    session = id;
  }

  /** How many answers came so far. */
  long answers() {
    return answers;
  }

  /** Whether a request waits for its answer. */
  boolean isBusy() {
    return current != null;
  }

  /**
   * Sends a request as soon as the ones before it are answered.
   *
   * @param fields besides CSeq, User-Agent, Session and Authorization
   * @param timeout from its sending
   */
  void request(String method, String uri, RtspHeaders fields, Duration timeout, Answer answer) {
    waiting.add(new Exchange(method, uri, fields, timeout, answer));
    sendNext();
  }

  /** Sends a request without waiting for anything; for a farewell before the connection closes. */
  void announce(String method, String uri) {
    channel.send(new RtspRequest(method, uri, fields(method, uri, new RtspHeaders())));
  }

  /** Sends a last request, and calls {@code done} when it is answered or the time is over. */
  void farewell(String method, String uri, Duration timeout, Runnable done) {
    request(
        method,
        uri,
        new RtspHeaders(),
        timeout,
        new Answer() {
          @Override
          public void answered(RtspResponse response) {
            done.run();
          }

          @Override
          public void silent(Failure failure) {
            done.run();
          }
        });
  }

  private void sendNext() {
    if (current == null && !waiting.isEmpty()) {
      send(waiting.remove());
    }
  }

  private void send(Exchange exchange) {
    current = exchange;
    deadline = clock.nanoTime() + exchange.timeout().toNanos();
    log.debug("C: {}", exchange.method());
    channel.send(
        new RtspRequest(
            exchange.method(),
            exchange.uri(),
            fields(exchange.method(), exchange.uri(), exchange.fields())));
  }

  private RtspHeaders fields(String method, String uri, RtspHeaders more) {
    RtspHeaders fields =
        new RtspHeaders().add("CSeq", Integer.toString(++cseq)).add("User-Agent", USER_AGENT);
    if (session != null) {
      fields.add("Session", session);
    }
    String authorization = authenticator == null ? null : authenticator.authorization(method, uri);
    if (authorization != null) {
      fields.add("Authorization", authorization);
    }
    more.fields().forEach(field -> fields.add(field.name(), field.value()));
    return fields;
  }

  /** A message from the camera. */
  void message(RtspMessage message) {
    switch (message) {
      case RtspResponse response -> response(response);
      case RtspRequest request -> request(request);
    }
  }

  private void response(RtspResponse response) {
    Exchange exchange = current;
    int number = response.headers().cseq();
    log.debug("S: {} {}", response.status(), response.reason());
    if (exchange == null || (number >= 0 && number != cseq) || response.status() < 200) {
      return; // the late answer to a request that was given up, or a provisional one
    }
    answers++;
    current = null;
    if (response.status() == RtspStatus.UNAUTHORIZED) {
      if (authenticator != null
          && authenticator.challenge(response.headers().all("WWW-Authenticate"))) {
        send(exchange);
        return;
      }
    } else if (authenticator != null) {
      authenticator.accepted();
    }
    exchange.answer().answered(response);
    sendNext();
  }

  /** Some cameras ask whether we are alive, or announce things; all get an answer. */
  private void request(RtspRequest request) {
    if (!channel.isWritable()) {
      return; // it asks without reading our answers
    }
    boolean known =
        switch (request.method()) {
          case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER" -> true;
          default -> false;
        };
    RtspHeaders fields = new RtspHeaders();
    String number = request.headers().get("CSeq");
    if (number != null) {
      fields.add("CSeq", number);
    }
    fields.add("Public", ANSWERED_METHODS);
    channel.send(new RtspResponse(known ? RtspStatus.OK : RtspStatus.NOT_IMPLEMENTED, fields));
  }

  /** Gives up a request that was not answered in time. */
  void tick(long nowNanos) {
    Exchange exchange = current;
    if (exchange != null && nowNanos - deadline >= 0) {
      current = null;
      exchange
          .answer()
          .silent(
              Failure.camera(
                  ErrorKind.TIMEOUT,
                  "the camera did not answer "
                      + exchange.method()
                      + " within "
                      + exchange.timeout().toMillis() / 1000.0
                      + " s"));
      sendNext();
    }
  }
}
