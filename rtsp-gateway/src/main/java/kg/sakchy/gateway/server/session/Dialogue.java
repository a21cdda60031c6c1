package kg.sakchy.gateway.server.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.server.access.Access;
import kg.sakchy.gateway.server.access.AccessCheck;
import kg.sakchy.gateway.server.access.AccessCheck.Verdict;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.gateway.server.playback.RecordedFormats;
import kg.sakchy.media.rtsp.PlayFields;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import kg.sakchy.media.rtsp.SessionHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection (RFC 2326 §10).
 *
 * <p>A session belongs to the connection that began it, and ends with it. Threads: {@link #handle}
 * and {@link #close} one after another, on threads that may block; {@link #report} and {@link
 * #sweep} on the connection's loop.
 */
final class Dialogue {
  private static final Logger log = LoggerFactory.getLogger(Dialogue.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
  private static final String REPLAY = "onvif-replay";

  /** Wrong proofs after which the connection ends. */
  private static final int MOST_FAILURES = 5;

  private static final int MOST_OFFERS = 8;
  private final ServerContext server;
  private final RtspConnection connection;
  private final Channel channel;
  private final boolean tls;
  private final InetAddress client;
  private final AccessCheck access;
  private final Offers offers;
  private final Map<StreamId, Offer> told = new HashMap<>();
  private final ConcurrentHashMap<String, ClientSession> sessions = new ConcurrentHashMap<>();
  private int failures;

  Dialogue(
      ServerContext server,
      RtspConnection connection,
      Channel channel,
      InetAddress client,
      boolean tls) {
    this.server = server;
    this.connection = connection;
    this.channel = channel;
    this.client = client;
    this.tls = tls;
    access = new AccessCheck(server.entrance(), server.clock(), client, tls);
    offers =
        new Offers(
            server.views(),
            new RecordedFormats(server.playback().archive(), server.clock()),
            server.limits().answer());
  }

  /** Answers a request. */
  void handle(RtspRequest request) {
    try {
      RtspResponse response = dispatch(request);
      if (response != null) {
        connection.send(response);
      }
      if (failures >= MOST_FAILURES) {
        connection.close();
      }
    } catch (VmsException e) {
      if (Answers.isOurs(e)) {
        log.warn("{} failed: {}", request.method(), e.toLogLine());
      }
      connection.send(Answers.of(request, e));
    } catch (RuntimeException e) { // the supervisor of requests
      log.error("{} failed", request.method(), e);
      connection.send(Answers.plain(request, RtspStatus.INTERNAL_SERVER_ERROR));
    }
  }

  private @Nullable RtspResponse dispatch(RtspRequest request) {
    String required = request.headers().get("Require");
    if (required != null && !required.strip().equals(REPLAY)) {
      return new RtspResponse(
          RtspStatus.OPTION_NOT_SUPPORTED, Answers.headers(request).add("Unsupported", required));
    }
    return switch (request.method()) {
      case "OPTIONS" -> {
        touch(request);
        yield new RtspResponse(RtspStatus.OK, Answers.headers(request).add("Public", METHODS));
      }
      case "DESCRIBE", "SETUP", "PLAY" -> seen(request);
      case "PAUSE", "TEARDOWN" -> ofSession(request);
      case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request);
      default -> Answers.plain(request, RtspStatus.NOT_IMPLEMENTED);
    };
  }

  private void touch(RtspRequest request) {
    ClientSession session = session(request);
    if (session != null) {
      session.touch();
    }
  }

  private @Nullable ClientSession session(RtspRequest request) {
    String field = request.headers().get("Session");
    return field == null
        ? null
        : SessionHeader.parse(field).map(header -> sessions.get(header.id())).orElse(null);
  }

  /** Requests that bring pictures: only for who may see them. */
  private @Nullable RtspResponse seen(RtspRequest request) {
    RequestTarget target = RequestTarget.parse(request.uri());
    StreamId stream = stream(target);
    return switch (access.judge(
        stream.camera(), target.token(), request.headers().get("Authorization"))) {
      case Verdict.Granted(Access granted) ->
          switch (request.method()) {
            case "DESCRIBE" -> describe(request, target, stream);
            case "SETUP" -> setUp(request, target, stream);
            default -> play(request, target, stream, granted);
          };
      case Verdict.Unknown unknown -> unknown(request, unknown);
      case Verdict.Hidden(Actor actor) -> refused(request, actor, stream, RtspStatus.NOT_FOUND);
      case Verdict.Denied(Actor actor) -> refused(request, actor, stream, RtspStatus.FORBIDDEN);
    };
  }

  private RtspResponse refused(RtspRequest request, Actor actor, StreamId stream, int status) {
    server.metrics().refused("access");
    server
        .entrance()
        .refused()
        .refused(actor, "rtsp " + request.method(), "camera " + stream.camera());
    return Answers.plain(request, status);
  }

  private RtspResponse unknown(RtspRequest request, Verdict.Unknown unknown) {
    if (unknown.failed()) {
      server.metrics().refused("access");
      failures++;
    }
    return new RtspResponse(
        RtspStatus.UNAUTHORIZED,
        Answers.headers(request).add("WWW-Authenticate", unknown.challenge()));
  }

  private static StreamId stream(RequestTarget target) {
    String[] parts = target.path().split("/", -1);
    try {
      if (parts.length == 1 || parts.length == 2) {
        return new StreamId(
            new CameraId(parts[0]), parts.length == 1 ? StreamName.MAIN : StreamName.of(parts[1]));
      }
    } catch (VmsException e) {
      // no such name can exist
    }
    throw new VmsException(ErrorKind.NOT_FOUND, "no stream has that address");
  }

  private RtspResponse describe(RtspRequest request, RequestTarget target, StreamId stream) {
    String accept = request.headers().get("Accept");
    if (accept != null && !accept.contains("application/sdp") && !accept.contains("*/*")) {
      return Answers.plain(request, RtspStatus.NOT_ACCEPTABLE);
    }
    PlayFields fields = PlayFields.of(request.headers());
    Instant at = fields.clock() == null ? null : fields.clock().start();
    Offer offer = offers.find(stream, at);
    remember(stream, offer);
    return new RtspResponse(
        RtspStatus.OK,
        RtspStatus.reason(RtspStatus.OK),
        Answers.headers(request)
            .add("Content-Type", "application/sdp")
            .add("Content-Base", target.base() + "/"),
        offer.sdp(stream.toString()).getBytes(StandardCharsets.UTF_8));
  }

  private void remember(StreamId stream, Offer offer) {
    if (told.size() >= MOST_OFFERS) {
      told.clear();
    }
    told.put(stream, offer);
  }

  private RtspResponse setUp(RtspRequest request, RequestTarget target, StreamId stream) {
    boolean named = request.headers().get("Session") != null;
    ClientSession session = session(request);
    if (named && (session == null || !session.stream().equals(stream))) {
      return Answers.plain(request, RtspStatus.SESSION_NOT_FOUND);
    }
    if (session == null) {
      if (sessions.size() >= server.limits().sessions()) {
        return Answers.plain(request, RtspStatus.NOT_ENOUGH_BANDWIDTH);
      }
      Offer offer = told.get(stream);
      if (offer == null) {
        offer = offers.find(stream, null);
        remember(stream, offer);
      }
      session =
          new ClientSession(
              newId(),
              stream,
              offer,
              server,
              new ClientSession.Place(connection, channel, client, tls));
    }
    RtspResponse response = session.setUp(request, target.track());
    if (response.isSuccess()) {
      sessions.put(session.id(), session);
    }
    return response;
  }

  private static String newId() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private @Nullable RtspResponse play(
      RtspRequest request, RequestTarget target, StreamId stream, Access granted) {
    ClientSession session = session(request);
    if (session == null || !session.stream().equals(stream)) {
      return Answers.plain(request, RtspStatus.SESSION_NOT_FOUND);
    }
    session.touch();
    return session.play(
        request, target.base(), PlayFields.of(request.headers()), granted, isReplay(request));
  }

  private static boolean isReplay(RtspRequest request) {
    return request.headers().get("Require") != null;
  }

  private RtspResponse ofSession(RtspRequest request) {
    ClientSession session = session(request);
    if (session == null) {
      return Answers.plain(request, RtspStatus.SESSION_NOT_FOUND);
    }
    session.touch();
    if (request.method().equals("PAUSE")) {
      session.pause();
    } else {
      sessions.remove(session.id());
      session.close();
    }
    RtspHeaders headers = Answers.headers(request);
    return new RtspResponse(RtspStatus.OK, headers.add("Session", session.id()));
  }

  /** Clients keep sessions alive by asking for nothing. */
  private RtspResponse parameter(RtspRequest request) {
    boolean named = request.headers().get("Session") != null;
    if (named && session(request) == null) {
      return Answers.plain(request, RtspStatus.SESSION_NOT_FOUND);
    }
    touch(request);
    return Answers.plain(
        request, request.body().length == 0 ? RtspStatus.OK : RtspStatus.PARAMETER_NOT_UNDERSTOOD);
  }

  /** A frame came from the client: an RTCP compound, if it is anything. */
  void report(int number, ByteBuffer payload) {
    for (ClientSession session : sessions.values()) {
      session.report(number, payload);
    }
  }

  /** Ends sessions that are silent, or whose right has ended; how many are left. */
  int sweep(long nowNanos) {
    for (ClientSession session : sessions.values()) {
      session.tell();
      if (session.isSilent(nowNanos)) {
        connection.close();
      } else if (session.isForbidden()) {
        server.metrics().refused("ended");
        channel.close(); // at once, with what waits to be sent
      }
    }
    return sessions.size();
  }

  /** The connection is gone. */
  void close() {
    sessions.values().forEach(ClientSession::close);
    sessions.clear();
  }
}
