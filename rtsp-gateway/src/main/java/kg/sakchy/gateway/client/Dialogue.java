package kg.sakchy.gateway.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.track.TrackReceiver;
import kg.sakchy.gateway.track.TrackSource;
import kg.sakchy.gateway.transport.MediaPath;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import kg.sakchy.media.rtsp.SessionHeader;
import kg.sakchy.media.rtsp.TransportHeader;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a camera to play: OPTIONS, DESCRIBE, SETUP of each wanted track, PLAY (RFC 2326 §10).
 *
 * <p>Tracks receive from the moment their SETUP is answered, because some cameras send before they
 * answer PLAY. A track other than the video that cannot be set up is left out. Tolerated: cameras
 * that refuse OPTIONS, name no session, or name no transport in their answer.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class Dialogue {
  private static final Logger log = LoggerFactory.getLogger(Dialogue.class);

  private final URI uri;
  private final PlayRequest request;
  private final Duration timeout;
  private final Conversation conversation;
  private final TransportSetup.Source transports;
  private final Function<TrackSource, TrackReceiver> receivers;
  private final Outcome outcome;
  private final List<SessionTrack> tracks = new ArrayList<>();
  private String methods = "";
  private URI sessionUri;
  private Duration sessionTimeout = SessionHeader.DEFAULT_TIMEOUT;
  private boolean hasSession;
  private boolean over;

  /** Takes the result; one call. */
  interface Outcome {
    /** The camera agreed to play. */
    void playing();

    void ended(ConnectionEnd end);
  }

  /**
   * @param receivers makes the receiver of a track that was set up
   */
  Dialogue(
      PlayRequest request,
      Duration timeout,
      Conversation conversation,
      TransportSetup.Source transports,
      Function<TrackSource, TrackReceiver> receivers,
      Outcome outcome) {
    this.uri = request.uri();
    this.request = request;
    this.timeout = timeout;
    this.conversation = conversation;
    this.transports = transports;
    this.receivers = receivers;
    this.outcome = outcome;
    sessionUri = request.uri();
  }

  void start() {
    ask("OPTIONS", uri, new RtspHeaders(), this::options);
  }

  /** Nobody waits for the outcome any more. */
  void abandon() {
    over = true;
  }

  /** The tracks set up so far, video first. */
  List<SessionTrack> tracks() {
    return tracks;
  }

  /** Whether the camera keeps a session for us that TEARDOWN would end. */
  boolean hasSession() {
    return hasSession;
  }

  /** Address for requests about the whole session. */
  URI sessionUri() {
    return sessionUri;
  }

  /** After this time without a request the camera ends the session. */
  Duration sessionTimeout() {
    return sessionTimeout;
  }

  /** Whether the camera said that it takes a method. */
  boolean offers(String method) {
    return methods.contains(method);
  }

  private void options(RtspResponse response) {
    if (isRedirect(response)) {
      redirect(response);
    } else if (response.status() == RtspStatus.UNAUTHORIZED) {
      refused("OPTIONS", response);
    } else {
      String offered = response.headers().get("Public");
      methods = offered == null ? "" : offered.toUpperCase(Locale.ROOT);
      ask("DESCRIBE", uri, new RtspHeaders().add("Accept", "application/sdp"), this::described);
    }
  }

  private void described(RtspResponse response) {
    if (isRedirect(response)) {
      redirect(response);
      return;
    }
    if (!response.isSuccess()) {
      refused("DESCRIBE", response);
      return;
    }
    SessionDescription description = SessionDescription.parse(response.text());
    TrackSelection selection = TrackSelection.of(description, request.mode()::wants);
    if (selection.failure() != null) {
      fail(selection.failure());
      return;
    }
    URI base = response.baseUri(uri);
    sessionUri = description.aggregateUri(base);
    setup(selection.tracks(), 0, track -> description.controlUri(base, track.media()));
  }

  private void setup(List<TrackSource> wanted, int number, Function<TrackSource, URI> control) {
    if (number == wanted.size()) {
      play();
      return;
    }
    TrackSource track = wanted.get(number);
    URI trackUri = control.apply(track);
    Runnable next = () -> setup(wanted, number + 1, control);
    transports.prepare(
        transport -> {
          if (over) {
            transport.abandon();
            return;
          }
          ask(
              "SETUP",
              trackUri,
              request.mode().setupFields().add("Transport", transport.offer().format()),
              response -> setUp(track, transport, trackUri, response, next));
        },
        this::fail);
  }

  private void setUp(
      TrackSource track,
      TransportSetup transport,
      URI trackUri,
      RtspResponse response,
      Runnable next) {
    if (!response.isSuccess()) {
      transport.abandon();
      if (track.codec().kind() == Codec.Kind.VIDEO) {
        failSetup(trackUri, response);
      } else {
        log.warn("the camera refuses its {} track: {}", track.codec(), response.status());
        next.run();
      }
      return;
    }
    keepSession(response.headers().get("Session"));
    TrackReceiver receiver = receivers.apply(track);
    tracks.add(new SessionTrack(receiver, open(transport, response, receiver)));
    next.run();
  }

  private void failSetup(URI trackUri, RtspResponse response) {
    if (isRedirect(response)) {
      redirect(response);
    } else {
      fail(Refusals.of("SETUP", response, trackUri, request.source()));
    }
  }

  private MediaPath open(
      TransportSetup transport, RtspResponse response, MediaPath.Receiver receiver) {
    String agreed = response.headers().get("Transport");
    try {
      return transport.accept(
          agreed == null ? transport.offer() : TransportHeader.parse(agreed), receiver);
    } catch (VmsException e) {
      transport.abandon();
      throw e;
    }
  }

  private void keepSession(@Nullable String field) {
    if (field != null) {
      SessionHeader.parse(field)
          .ifPresent(
              session -> {
                hasSession = true;
                sessionTimeout = session.timeout();
                conversation.session(session.id());
              });
    }
  }

  private void play() {
    ask("PLAY", sessionUri, request.mode().playFields(), this::played);
  }

  private void played(RtspResponse response) {
    if (isRedirect(response)) {
      redirect(response);
    } else if (!response.isSuccess()) {
      refused("PLAY", response);
    } else {
      over = true;
      outcome.playing();
    }
  }

  private void ask(String method, URI target, RtspHeaders fields, Consumer<RtspResponse> then) {
    conversation.request(
        method,
        target.toString(),
        fields,
        timeout,
        new Answer() {
          @Override
          public void answered(RtspResponse response) {
            if (!over) {
              guarded(() -> then.accept(response));
            }
          }

          @Override
          public void silent(Failure failure) {
            fail(failure);
          }
        });
  }

  /** What the parsers say of an answer that makes no sense ends the dialogue. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (VmsException e) {
      fail(Failure.of(e));
    }
  }

  private static boolean isRedirect(RtspResponse response) {
    return response.status() >= 300 && response.status() < 400;
  }

  private void redirect(RtspResponse response) {
    String location = response.headers().get("Location");
    try {
      URI to = uri.resolve(new URI(location == null ? "" : location.strip()));
      if (location == null || to.getHost() == null) {
        throw new URISyntaxException("", "no address");
      }
      end(new ConnectionEnd.Redirected(to));
    } catch (URISyntaxException e) {
      fail(
          Failure.camera(
              ErrorKind.DATA_LOSS, "the camera sends us elsewhere without a usable address"));
    }
  }

  private void refused(String method, RtspResponse response) {
    fail(Refusals.of(method, response, uri, request.source()));
  }

  private void fail(Failure failure) {
    end(new ConnectionEnd.Failed(failure));
  }

  private void end(ConnectionEnd end) {
    if (!over) {
      over = true;
      outcome.ended(end);
    }
  }
}
