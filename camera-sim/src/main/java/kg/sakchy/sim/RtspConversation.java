package kg.sakchy.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.rtsp.RtpInfo;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import kg.sakchy.media.rtsp.SessionHeader;
import kg.sakchy.media.rtsp.TransportHeader;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection (RFC 2326 §10). Threads: confined to the loop. */
final class RtspConversation {
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

  private final ServerContext server;
  private final RtspConnection connection;
  private final ReplayConversation replay;
  private @Nullable SimSession session;
  private @Nullable AccessCheck accessCheck;

  RtspConversation(ServerContext server, RtspConnection connection) {
    this.server = server;
    this.connection = connection;
    this.replay = new ReplayConversation(server, connection);
  }

  /** The viewer has read what was sent. */
  void writable() {
    ReplayPlayer player = session == null ? null : session.player();
    if (player != null) {
      player.pump();
    }
  }

  /** An interleaved packet came from the viewer. */
  void reported() {
    if (session != null) {
      session.camera().countReceiverReport();
      session.touch();
    }
  }

  void handle(RtspRequest request) {
    RequestTarget target = RequestTarget.parse(request.uri());
    SimCamera camera = server.camera(target.path());
    EdgeRecording recording = null;
    if (camera == null && target.path().endsWith(ReplayConversation.SUFFIX)) {
      String path = target.path();
      camera = server.camera(path.substring(0, path.length() - ReplayConversation.SUFFIX.length()));
      recording = camera == null ? null : camera.edge();
      camera = recording == null ? null : camera;
    }
    if (camera == null) {
      boolean general = request.method().equals("OPTIONS") && target.isServer();
      connection.answer(general ? options(request) : plain(request, RtspStatus.NOT_FOUND));
      return;
    }
    if (camera.offline()) {
      connection.close();
      return;
    }
    camera.opened(connection);
    if (camera.faults().isUnanswered(request.method())) {
      return;
    }
    RtspResponse refusal = refuse(request, camera);
    if (refusal != null) {
      connection.answer(refusal);
      return;
    }
    String required = request.headers().get("Require");
    if (required != null && !required.strip().equals(ReplayConversation.FEATURE)) {
      connection.answer(
          new RtspResponse(
              551,
              "Option not supported",
              headers(request).add("Unsupported", required),
              new byte[0]));
    } else if (recording != null) {
      dispatchReplay(request, camera, recording, target);
    } else {
      dispatch(request, camera, target);
    }
  }

  private void dispatchReplay(
      RtspRequest request, SimCamera camera, EdgeRecording recording, RequestTarget target) {
    SimSession own = session;
    boolean mustRequire = request.method().equals("SETUP") || request.method().equals("PLAY");
    if (mustRequire && request.headers().get("Require") == null) {
      connection.answer(plain(request, RtspStatus.BAD_REQUEST));
      return;
    }
    switch (request.method()) {
      case "DESCRIBE" -> connection.answer(replay.describe(headers(request), recording, target));
      case "SETUP" -> {
        SimSession known = own != null && own.player() != null ? own : null;
        connection.answer(replay.setUp(request, headers(request), camera, target, known));
      }
      case "PLAY" ->
          connection.answer(
              own == null
                  ? plain(request, RtspStatus.SESSION_NOT_FOUND)
                  : replay.play(request, headers(request), own, target));
      case "PAUSE" -> {
        ReplayPlayer player = own == null ? null : own.player();
        if (player != null) {
          player.pause();
        }
        connection.answer(
            plain(request, player == null ? RtspStatus.SESSION_NOT_FOUND : RtspStatus.OK));
      }
      default -> dispatch(request, camera, target);
    }
  }

  private @Nullable RtspResponse refuse(RtspRequest request, SimCamera camera) {
    if (accessCheck == null || !accessCheck.isFor(camera)) {
      accessCheck = AccessCheck.of(camera);
    }
    String challenge = accessCheck.challenge(request);
    if (challenge != null) {
      return new RtspResponse(
          RtspStatus.UNAUTHORIZED, headers(request).add("WWW-Authenticate", challenge));
    }
    String named = request.headers().get("Session");
    if (named == null) {
      return null;
    }
    SimSession known =
        SessionHeader.parse(named).map(header -> server.session(header.id())).orElse(null);
    if (known == null || known.camera() != camera) {
      return plain(request, RtspStatus.SESSION_NOT_FOUND);
    }
    session = known;
    known.touch();
    return null;
  }

  private void dispatch(RtspRequest request, SimCamera camera, RequestTarget target) {
    switch (request.method()) {
      case "OPTIONS" -> {
        countKeepAlive(request, camera);
        connection.answer(options(request));
      }
      case "DESCRIBE" -> connection.answer(describe(request, camera, target));
      case "SETUP" -> connection.answer(setUp(request, camera, target.track()));
      case "PLAY" -> play(request, camera);
      case "PAUSE" -> connection.answer(pause(request, camera));
      case "TEARDOWN" -> connection.answer(tearDown(request, camera));
      case "GET_PARAMETER", "SET_PARAMETER" -> {
        countKeepAlive(request, camera);
        connection.answer(plain(request, RtspStatus.OK));
      }
      default -> connection.answer(plain(request, RtspStatus.NOT_IMPLEMENTED));
    }
  }

  private static void countKeepAlive(RtspRequest request, SimCamera camera) {
    if (request.headers().get("Session") != null) {
      camera.countKeepAlive();
    }
  }

  private static RtspResponse options(RtspRequest request) {
    return new RtspResponse(RtspStatus.OK, headers(request).add("Public", METHODS));
  }

  private static RtspResponse describe(
      RtspRequest request, SimCamera camera, RequestTarget target) {
    return new RtspResponse(
        RtspStatus.OK,
        RtspStatus.reason(RtspStatus.OK),
        headers(request)
            .add("Content-Type", "application/sdp")
            .add("Content-Base", target.base() + "/"),
        CameraDescription.of(camera).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private RtspResponse setUp(RtspRequest request, SimCamera camera, int track) {
    List<Integer> shown = CameraDescription.tracks(camera);
    int index = track < 0 && shown.size() == 1 ? shown.getFirst() : track;
    if (!shown.contains(index)) {
      return plain(
          request, track < 0 ? RtspStatus.AGGREGATE_OPERATION_NOT_ALLOWED : RtspStatus.NOT_FOUND);
    }
    SimSession own = session;
    if (camera.faults().isAudioNeedsVideo() && isAudioFirst(camera, index, own)) {
      return plain(request, RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE);
    }
    String wanted = request.headers().get("Transport");
    for (TransportHeader offer : TransportHeader.parseAll(wanted == null ? "" : wanted)) {
      TransportHeader agreed = agree(offer, camera, index);
      if (agreed != null) {
        if (own == null || own.camera() != camera) {
          own = server.begin(camera, connection);
          session = own;
        }
        own.setUp(index, delivery(agreed, camera));
        SessionHeader header = new SessionHeader(own.id(), server.options().sessionTimeout());
        return new RtspResponse(
            RtspStatus.OK,
            headers(request).add("Transport", agreed.format()).add("Session", header.format()));
      }
    }
    return plain(request, RtspStatus.UNSUPPORTED_TRANSPORT);
  }

  private static boolean isAudioFirst(SimCamera camera, int track, @Nullable SimSession session) {
    if (camera.feed().formats().get(track).codec().kind() != Codec.Kind.AUDIO) {
      return false;
    }
    for (int i = 0; i < camera.feed().formats().size(); i++) {
      if (camera.feed().formats().get(i).codec().kind() == Codec.Kind.VIDEO
          && session != null
          && session.hasTrack(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable TransportHeader agree(TransportHeader offer, SimCamera camera, int track) {
    int ssrc = camera.feed().clock(track).ssrc();
    if (offer.multicast()) {
      return null;
    }
    if (offer.tcp()) {
      PortPair channels =
          offer.interleaved() == null
              ? new PortPair(2 * track, 2 * track + 1)
              : offer.interleaved();
      return channels.rtp() > 255 || channels.rtcp() > 255
          ? null
          : TransportHeader.ofChannels(channels).answered(null, ssrc);
    }
    return offer.clientPort() == null ? null : offer.answered(server.udpPorts().numbers(), ssrc);
  }

  private TrackDelivery delivery(TransportHeader agreed, SimCamera camera) {
    if (agreed.interleaved() != null) {
      return new TrackDelivery.Interleaved(connection, agreed.interleaved(), camera.faults());
    }
    if (agreed.clientPort() == null) {
      throw new IllegalStateException("a transport that leads nowhere");
    }
    return new TrackDelivery.Datagrams(
        server.udpPorts(), connection.remoteAddress(), agreed.clientPort());
  }

  private void play(RtspRequest request, SimCamera camera) {
    SimSession own = session;
    if (own == null || own.isEmpty() || own.camera() != camera) {
      connection.answer(plain(request, RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE));
      return;
    }
    String base = RequestTarget.parse(request.uri()).base();
    List<RtpInfo.Track> tracks = new ArrayList<>();
    for (int track : own.tracks()) {
      Long ticks = camera.ticksNow(track);
      tracks.add(
          new RtpInfo.Track(
              base + "/" + RequestTarget.TRACK + track,
              OptionalInt.of(camera.nextSequence(track)),
              ticks == null ? OptionalLong.empty() : OptionalLong.of(ticks)));
    }
    camera.play(own);
    connection.answer(
        new RtspResponse(
            RtspStatus.OK,
            headers(request)
                .add("Session", own.id())
                .add("Range", "npt=now-")
                .add("RTP-Info", new RtpInfo(tracks).format())));
  }

  private RtspResponse pause(RtspRequest request, SimCamera camera) {
    if (session == null) {
      return plain(request, RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE);
    }
    camera.stop(session);
    return plain(request, RtspStatus.OK);
  }

  private RtspResponse tearDown(RtspRequest request, SimCamera camera) {
    if (session == null) {
      return plain(request, RtspStatus.SESSION_NOT_FOUND);
    }
    server.end(session);
    session = null;
    camera.countTeardown();
    return plain(request, RtspStatus.OK);
  }

  private static RtspResponse plain(RtspRequest request, int status) {
    return new RtspResponse(status, headers(request));
  }

  private static RtspHeaders headers(RtspRequest request) {
    String cseq = request.headers().get("CSeq");
    return new RtspHeaders()
        .add("CSeq", cseq == null ? "0" : cseq)
        .add("Server", "Sakchy camera-sim");
  }
}
