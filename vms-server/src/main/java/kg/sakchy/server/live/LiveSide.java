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
import kg.sakchy.core.config.ListenAddress;
import kg.sakchy.core.config.RtspConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.ffmpeg.FfmpegLiveTranscoder;
import kg.sakchy.gateway.server.RtspServer;
import kg.sakchy.gateway.server.access.Entrance;
import kg.sakchy.gateway.server.session.ServerLimits;
import kg.sakchy.gateway.view.ViewedStreams;
import kg.sakchy.gateway.webrtc.WebRtcServer;
import kg.sakchy.web.WebPorts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What viewers of live pictures need.
 *
 * <p>Threads: opened and closed by one thread; the parts it hands out are safe for many.
 */
public final class LiveSide implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSide.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final FfmpegLiveTranscoder transcoder;
  private final ViewedStreams views;
  private final WebRtcServer webRtc;
  private final MediaTokens tokens;
  private final VmsClock clock;
  private final MeterRegistry metrics;

  private LiveSide(
      FfmpegLiveTranscoder transcoder,
      ViewedStreams views,
      WebRtcServer webRtc,
      MediaTokens tokens,
      VmsClock clock,
      MeterRegistry metrics) {
    this.transcoder = transcoder;
    this.views = views;
    this.webRtc = webRtc;
    this.tokens = tokens;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Puts the parts together.
   *
   * @param dataDir where the key of media addresses is kept
   * @throws VmsException FAILED_PRECONDITION when the port of WebRTC is taken
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
        transcoder,
        new ViewedStreams(cameras, streams, transcoder),
        webRtc,
        tokens,
        clock,
        metrics);
  }

  /**
   * Serves live and recorded pictures over RTSP, if that is wanted, to who may see them; with a
   * certificate over RTSPS too.
   *
   * @param certificate for TLS, or null to do without
   * @throws VmsException CONFLICT when a port is taken, FAILED_PRECONDITION when others would be
   *     served without encryption and nobody said that they may
   */
  public Optional<RtspServer> serveRtsp(
      RtspConfig config,
      @Nullable CurrentCertificate certificate,
      Archive archive,
      LastingActs acts,
      Entrance entrance) {
    if (!config.listens()) {
      return Optional.empty();
    }
    ServerLimits limits = ServerLimits.DEFAULTS.withConnections(config.connections());
    return Optional.of(
        RtspServer.start(
            new RtspServer.Options(
                clearHost(config, certificate != null),
                config.port(),
                certificate == null
                    ? null
                    : new RtspServer.Encrypted(config.host(), config.tlsPort(), certificate),
                0,
                limits),
            new RtspServer.Ports(views, archive, acts, entrance),
            clock,
            metrics));
  }

  /** Who may see pictures where the web server has no part. */
  public Entrance entrance(
      Authentication authentication, AccessPolicy policy, RefusedActs refused, VmsClock clock) {
    return new Entrance(authentication, new MediaAccess(policy, tokens, clock), refused);
  }

  /** Where RTSP may listen that is not encrypted. */
  private static String clearHost(RtspConfig config, boolean encrypted) {
    String host = config.host();
    if (ListenAddress.isLoopback("rtsp.host", host)) {
      return host;
    }
    if (config.insecure()) {
      LOG.warn("RTSP on {} is not encrypted: pictures can be seen on the way", host);
      return host;
    }
    if (encrypted) {
      return LOOPBACK;
    }
    throw new VmsException(
        ErrorKind.FAILED_PRECONDITION,
        "rtsp.host is "
            + host
            + ", but what is not encrypted is served on a loopback address only;"
            + " set tls.mode, or rtsp.host to 127.0.0.1, or rtsp.insecure if you must");
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
