package kg.sakchy.server.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.config.RtspConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.ffmpeg.FfmpegLiveTranscoder;
import kg.sakchy.gateway.server.RtspServer;
import kg.sakchy.gateway.server.access.Entrance;
import kg.sakchy.gateway.server.session.ServerLimits;
import kg.sakchy.gateway.view.ViewedStreams;
import kg.sakchy.gateway.webrtc.WebRtcServer;
import kg.sakchy.web.WebPorts;

/**
 * What viewers of live pictures need.
 *
 * <p>Threads: opened and closed by one thread; the parts it hands out are safe for many.
 */
public final class LiveSide implements AutoCloseable {
  private final FfmpegLiveTranscoder transcoder;
  private final ViewedStreams views;
  private final WebRtcServer webRtc;
  private final MediaTokens tokens;

  private LiveSide(
      FfmpegLiveTranscoder transcoder,
      ViewedStreams views,
      WebRtcServer webRtc,
      MediaTokens tokens) {
    this.transcoder = transcoder;
    this.views = views;
    this.webRtc = webRtc;
    this.tokens = tokens;
  }

  /**
   * Puts the parts together.
   *
   * @param dataDir where the key of media addresses is kept
   * @throws kg.sakchy.core.error.VmsException FAILED_PRECONDITION when the port of WebRTC is taken
   */
  public static LiveSide open(
      VmsConfig config,
      CameraDirectory cameras,
      LiveStreams streams,
      Path dataDir,
      VmsClock clock,
      MeterRegistry metrics) {
    MediaTokens tokens = new MediaTokens(SigningKey.in(dataDir.resolve("media-token.key")), clock);
    WebRtcServer webRtc = WebRtcServer.open(config.webrtc(), clock, metrics);
    FfmpegLiveTranscoder transcoder =
        new FfmpegLiveTranscoder(config.live().transcoders(), clock, metrics);
    return new LiveSide(
        transcoder, new ViewedStreams(cameras, streams, transcoder), webRtc, tokens);
  }

  /**
   * Serves live and recorded pictures over RTSP, if that is wanted, to who may see them.
   *
   * @throws kg.sakchy.core.error.VmsException CONFLICT when the port is taken
   */
  public Optional<RtspServer> serveRtsp(
      RtspConfig config,
      Archive archive,
      LastingActs acts,
      Entrance entrance,
      VmsClock clock,
      MeterRegistry metrics) {
    if (!config.listens()) {
      return Optional.empty();
    }
    ServerLimits limits = ServerLimits.DEFAULTS.withConnections(config.connections());
    return Optional.of(
        RtspServer.start(
            new RtspServer.Options(config.host(), config.port(), 0, null, 0, limits),
            new RtspServer.Ports(views, archive, acts, entrance),
            clock,
            metrics));
  }

  /** Who may see pictures where the web server has no part. */
  public Entrance entrance(
      Authentication authentication, AccessPolicy policy, RefusedActs refused, VmsClock clock) {
    return new Entrance(authentication, new MediaAccess(policy, tokens, clock), refused);
  }

  /** What the web server shows of it. */
  public WebPorts.Live ports() {
    return new WebPorts.Live(views, transcoder.archive(), tokens, webRtc);
  }

  @Override
  public void close() {
    webRtc.close();
    transcoder.close();
  }
}
