package kg.sakchy.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.rtsp.RtpInfo;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import kg.sakchy.media.rtsp.SessionHeader;
import kg.sakchy.media.rtsp.TransportHeader;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SdpAttribute;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection that name a camera's recording (ONVIF Streaming §6);
 * interleaved TCP only. Threads: confined to the loop.
 */
final class ReplayConversation {
  /** Follows the path of a camera in the address of its recording. */
  static final String SUFFIX = "/replay";

  static final String FEATURE = "onvif-replay";

  private final ServerContext server;
  private final RtspConnection connection;

  ReplayConversation(ServerContext server, RtspConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  RtspResponse describe(RtspHeaders answer, EdgeRecording recording, RequestTarget target) {
    List<MediaDescription> media = new ArrayList<>();
    List<Packetizer> packetizers = server.replayPacketizers(recording);
    for (int i = 0; i < packetizers.size(); i++) {
      MediaDescription plain = packetizers.get(i).describe(RequestTarget.TRACK + i);
      List<SdpAttribute> attributes = new ArrayList<>(plain.attributes());
      attributes.add(new SdpAttribute("x-onvif-track", recording.trackToken(i)));
      media.add(
          new MediaDescription(
              plain.type(),
              plain.port(),
              plain.protocol(),
              plain.payloadTypes(),
              plain.connection(),
              attributes));
    }
    List<SdpAttribute> session = new ArrayList<>(List.of(new SdpAttribute("control", "*")));
    List<EdgeRecording.Span> spans = recording.spans();
    if (!spans.isEmpty()) {
      session.add(
          new SdpAttribute("range", new ClockRange(spans.getFirst().start(), null).format()));
    }
    String text =
        new SessionDescription(
                "- 1 1 IN IP4 127.0.0.1", "Recording", "IN IP4 0.0.0.0", session, media)
            .format();
    return new RtspResponse(
        RtspStatus.OK,
        RtspStatus.reason(RtspStatus.OK),
        answer.add("Content-Type", "application/sdp").add("Content-Base", target.base() + "/"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets a track up.
   *
   * @param session the one named, or null to begin one
   */
  RtspResponse setUp(
      RtspRequest request,
      RtspHeaders answer,
      SimCamera camera,
      RequestTarget target,
      @Nullable SimSession session) {
    EdgeRecording recording = camera.edge();
    List<TrackFormat> formats = recording == null ? List.of() : recording.formats();
    int track = target.track() < 0 && formats.size() == 1 ? 0 : target.track();
    if (recording == null || track < 0 || track >= formats.size()) {
      return new RtspResponse(RtspStatus.NOT_FOUND, answer);
    }
    String wanted = request.headers().get("Transport");
    for (TransportHeader offer : TransportHeader.parseAll(wanted == null ? "" : wanted)) {
      PortPair channels =
          offer.interleaved() == null
              ? new PortPair(2 * track, 2 * track + 1)
              : offer.interleaved();
      if (offer.tcp() && !offer.multicast() && channels.rtcp() <= 255) {
        SimSession own = session == null ? server.begin(camera, connection) : session;
        ReplayPlayer player = own.player();
        if (player == null) {
          player =
              new ReplayPlayer(
                  recording, connection, server.loop(), server.replayPacketizers(recording));
          own.replay(player);
        }
        player.setUp(track, channels.rtp());
        SessionHeader header = new SessionHeader(own.id(), server.options().sessionTimeout());
        return new RtspResponse(
            RtspStatus.OK,
            answer
                .add("Transport", TransportHeader.ofChannels(channels).format())
                .add("Session", header.format()));
      }
    }
    return new RtspResponse(RtspStatus.UNSUPPORTED_TRANSPORT, answer);
  }

  RtspResponse play(
      RtspRequest request, RtspHeaders answer, SimSession session, RequestTarget target) {
    ReplayPlayer player = session.player();
    ReplayRequest wanted = ReplayRequest.of(request.headers());
    if (player == null) {
      return new RtspResponse(RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE, answer);
    }
    if (wanted == null) {
      return new RtspResponse(457, "Invalid Range", answer, new byte[0]);
    }
    String scale = request.headers().get("Scale");
    if (scale != null && !scale.strip().matches("1(\\.0*)?")) {
      // Reverse playback is not among the capabilities.
      return new RtspResponse(RtspStatus.NOT_IMPLEMENTED, answer);
    }
    List<RtpInfo.Track> tracks = new ArrayList<>();
    for (int i = 0; i < player.recording().formats().size(); i++) {
      tracks.add(
          new RtpInfo.Track(
              target.base() + "/" + RequestTarget.TRACK + i,
              OptionalInt.of(player.packetizer(i).nextSequence()),
              OptionalLong.empty()));
    }
    player.play(wanted);
    answer.add("Session", session.id());
    ClockRange range = wanted.range();
    if (range != null) {
      answer.add("Range", range.format());
    }
    return new RtspResponse(RtspStatus.OK, answer.add("RTP-Info", new RtpInfo(tracks).format()));
  }
}
