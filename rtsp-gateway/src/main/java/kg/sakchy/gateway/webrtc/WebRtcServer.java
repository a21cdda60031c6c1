package kg.sakchy.gateway.webrtc;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.config.ListenAddress;
import kg.sakchy.core.config.WebRtcConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.transport.EventLoops;
import kg.sakchy.gateway.webrtc.dtls.DtlsIdentity;
import kg.sakchy.gateway.webrtc.ice.IceCredentials;
import kg.sakchy.gateway.webrtc.ice.IceLite;
import kg.sakchy.gateway.webrtc.ice.IcePort;
import kg.sakchy.gateway.webrtc.ice.IceSessions;
import kg.sakchy.gateway.webrtc.sdp.AnswerWriter;
import kg.sakchy.gateway.webrtc.sdp.ChosenTrack;
import kg.sakchy.gateway.webrtc.sdp.Offer;
import kg.sakchy.gateway.webrtc.session.SessionMetrics;
import kg.sakchy.gateway.webrtc.session.SessionPlan;
import kg.sakchy.gateway.webrtc.session.WebRtcSession;
import kg.sakchy.media.codec.h264.AvcConfig;

/**
 * All sessions of WebRTC, on one port and event loops of their own.
 *
 * <p>Threads: safe for use by many threads; opening and closing block for a bounded time.
 */
public final class WebRtcServer implements WebRtcViews, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int NAME_BYTES = 16;
  private static final int CNAME_BYTES = 8;
  private static final int CODEC_PREFIX = "avc1.".length();

  private final WebRtcConfig config;
  private final WebRtcSession.Shared shared;
  private final SessionMetrics metrics;
  private final SecureRandom random = new SecureRandom();
  private final EventLoops loops;
  private final IceSessions reachable = new IceSessions();
  private final IcePort port;
  private final Map<String, WebRtcSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, Integer> clients = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  private WebRtcServer(WebRtcConfig config, VmsClock clock, MeterRegistry registry) {
    this.config = config;
    metrics = new SessionMetrics(registry, count);
    shared = new WebRtcSession.Shared(random, clock, metrics);
    InetSocketAddress address = address(config);
    loops = new EventLoops(0, TICK, clock);
    try {
      port = IcePort.open(loops, address, reachable, metrics);
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
  }

  /**
   * Opens the port.
   *
   * @throws VmsException INVALID_ARGUMENT when {@code webrtc.host} stands for all addresses,
   *     FAILED_PRECONDITION when the port is taken; one sentence for the person who starts the
   *     server
   */
  public static WebRtcServer open(WebRtcConfig config, VmsClock clock, MeterRegistry registry) {
    return new WebRtcServer(config, clock, registry);
  }

  private static InetSocketAddress address(WebRtcConfig config) {
    InetAddress host = ListenAddress.first("webrtc.host", config.host());
    if (host.isAnyLocalAddress()) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "webrtc.host is "
              + config.host()
              + ", but browsers are told it; give the address of this machine that they reach");
    }
    return new InetSocketAddress(host, config.port());
  }

  /** Where players reach it, by UDP and TCP. */
  public InetSocketAddress address() {
    return port.address();
  }

  @Override
  public Answer answer(
      LiveViews.LiveView view, String client, String offer, BooleanSupplier allowed) {
    try {
      Offer read = Offer.parse(offer);
      SessionPlan plan = plan(read, format(view), allowed);
      admit(client);
      try {
        return begin(view, client, read, plan);
      } catch (RuntimeException e) {
        dismiss(client);
        throw e;
      }
    } catch (RuntimeException e) {
      metrics.refused();
      view.close();
      throw e;
    }
  }

  private static StreamFormat format(LiveViews.LiveView view) {
    StreamFormat format = view.stream().status().format();
    if (format == null) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the camera sends no pictures just now");
    }
    if (format.video().codec() != Codec.H264) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED, "the pictures are " + format.video().codec() + ", not H.264");
    }
    return format;
  }

  private SessionPlan plan(Offer offer, StreamFormat format, BooleanSupplier allowed) {
    String profile =
        AvcConfig.decode(format.video().config()).codecString().substring(CODEC_PREFIX);
    ChosenTrack video =
        offer
            .video(profile)
            .orElseThrow(
                () ->
                    new VmsException(
                        ErrorKind.UNSUPPORTED,
                        "the player takes no H.264 of profile " + profile + " in packets"));
    ChosenTrack audio =
        format.audio().flatMap((TrackFormat.Audio sound) -> offer.audio(sound)).orElse(null);
    int ssrc = random.nextInt();
    return new SessionPlan(format, video, ssrc, audio, ssrc ^ 1, name(CNAME_BYTES), allowed);
  }

  private Answer begin(LiveViews.LiveView view, String client, Offer offer, SessionPlan plan) {
    String id = name(NAME_BYTES);
    IceCredentials credentials = IceCredentials.random(random);
    DtlsIdentity identity = DtlsIdentity.generate(random, shared.clock().now());
    WebRtcSession session =
        new WebRtcSession(
            id,
            view,
            plan,
            new WebRtcSession.Trust(
                new IceLite(credentials, offer.ufrag()), identity, offer.fingerprint()),
            loops.next(),
            shared,
            () -> {
              reachable.remove(credentials.ufrag());
              sessions.remove(id);
              dismiss(client);
            });
    List<AnswerWriter.Sent> tracks = new ArrayList<>();
    tracks.add(new AnswerWriter.Sent(plan.video(), plan.videoSsrc()));
    if (plan.audio() != null) {
      tracks.add(new AnswerWriter.Sent(plan.audio(), plan.audioSsrc()));
    }
    String description =
        new AnswerWriter(credentials, identity.fingerprint(), port.address())
            .write(offer, tracks, random.nextLong() >>> 1, plan.cname());
    sessions.put(id, session);
    reachable.add(credentials.ufrag(), session);
    session.begin();
    metrics.begun();
    return new Answer(id, description);
  }

  private String name(int bytes) {
    byte[] name = new byte[bytes];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private void admit(String client) {
    if (count.incrementAndGet() > config.sessions()) {
      count.decrementAndGet();
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "the server shows as many WebRTC sessions as it may");
    }
    if (clients.merge(client, 1, Integer::sum) > config.sessionsPerClient()) {
      dismiss(client);
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "you have as many WebRTC sessions as one viewer may");
    }
  }

  private void dismiss(String client) {
    count.decrementAndGet();
    clients.computeIfPresent(client, (name, have) -> have == 1 ? null : have - 1);
  }

  @Override
  public boolean end(String id) {
    WebRtcSession session = sessions.get(id);
    if (session != null) {
      session.end("the player asked for it");
    }
    return session != null;
  }

  /** How many sessions there are. */
  public int sessions() {
    return sessions.size();
  }

  /**
   * Ends all sessions and lets go of the port. Players whose farewell is lost notice the silence.
   * Idempotent.
   */
  @Override
  public void close() {
    List.copyOf(sessions.values()).forEach(session -> session.end("the server is stopping"));
    port.close();
    loops.close();
  }
}
