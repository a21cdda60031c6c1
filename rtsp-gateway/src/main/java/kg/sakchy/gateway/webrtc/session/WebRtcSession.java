package kg.sakchy.gateway.webrtc.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.transport.IngestLoop;
import kg.sakchy.gateway.transport.LoopPace;
import kg.sakchy.gateway.transport.LoopTicker;
import kg.sakchy.gateway.webrtc.dtls.DtlsConversation;
import kg.sakchy.gateway.webrtc.dtls.DtlsIdentity;
import kg.sakchy.gateway.webrtc.dtls.DtlsKeys;
import kg.sakchy.gateway.webrtc.dtls.Fingerprint;
import kg.sakchy.gateway.webrtc.ice.IceLite;
import kg.sakchy.gateway.webrtc.ice.IcePath;
import kg.sakchy.gateway.webrtc.ice.IceSession;
import kg.sakchy.gateway.webrtc.srtp.SrtcpReceiver;
import kg.sakchy.gateway.webrtc.srtp.SrtpMaster;
import kg.sakchy.media.rtcp.RtcpPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One player. Its life: the answer is out, a check of ICE comes, DTLS proves who it is, pictures
 * flow; and it ends when either side says so, when no check has come for {@link #CONSENT} (RFC
 * 7675), when the right to see it ends, or when the stream is closed.
 *
 * <p>Threads: confined to its loop; {@link IceSession}'s methods, {@link #begin} and {@link #end}
 * may be called from any thread.
 */
public final class WebRtcSession implements IceSession, LoopTicker.Ticking {
  private static final Logger LOG = LoggerFactory.getLogger(WebRtcSession.class);

  /** RFC 7675 §5.1: consent expires. */
  static final Duration CONSENT = Duration.ofSeconds(30);

  /** From the answer to the end of DTLS. */
  static final Duration SETUP = Duration.ofSeconds(30);

  private static final long REPORT_NANOS = 1_000_000_000L;

  /** Packets of this player that wait for its loop; a browser sends a few a second. */
  private static final int MAX_WAITING = 256;

  /** A big key frame leaves in pieces, so that no router's queue overflows. */
  private static final int BURST_BYTES = 128 * 1024;

  private static final long BURST_PAUSE_MICROS = 2_000;

  private final String id;
  private final LiveViews.LiveView view;
  private final SessionPlan plan;
  private final IceLite agent;
  private final IngestLoop loop;
  private final VmsClock clock;
  private final SecureRandom random;
  private final SessionMetrics metrics;
  private final Runnable onEnd;
  private final DtlsConversation dtls;
  private final UnitQueue units;
  private final AtomicInteger waiting = new AtomicInteger();
  private final long beganNanos;

  private volatile @Nullable IcePath path;
  private @Nullable SessionMedia media;
  private @Nullable SrtcpReceiver feedback;
  private LiveStream.@Nullable Subscription subscription;
  private long checkedNanos;
  private long reportedNanos;
  private int burst;
  private boolean pausing;
  private boolean ended;

  /**
   * What all sessions share.
   *
   * @param random for keys
   * @param clock for reports and timeouts
   * @param metrics of all
   */
  public record Shared(SecureRandom random, VmsClock clock, SessionMetrics metrics) {}

  /**
   * How the two sides know each other.
   *
   * @param agent judges the player's checks
   * @param identity ours
   * @param fingerprint the player's
   */
  public record Trust(IceLite agent, DtlsIdentity identity, Fingerprint fingerprint) {}

  /**
   * @param view closed at the end
   * @param onEnd called once at the end, on the loop
   */
  public WebRtcSession(
      String id,
      LiveViews.LiveView view,
      SessionPlan plan,
      Trust trust,
      IngestLoop loop,
      Shared shared,
      Runnable onEnd) {
    this.id = id;
    this.view = view;
    this.plan = plan;
    this.agent = trust.agent();
    this.loop = loop;
    this.clock = shared.clock();
    this.random = shared.random();
    this.metrics = shared.metrics();
    this.onEnd = onEnd;
    beganNanos = clock.nanoTime();
    units = new UnitQueue(loop.executor(), this::drain, () -> metrics.skipped(1));
    dtls =
        new DtlsConversation(
            random,
            trust.identity(),
            trust.fingerprint(),
            this::sendRecord,
            new DtlsConversation.Listener() {
              @Override
              public void secured(DtlsKeys keys) {
                loop.executor().execute(() -> start(keys));
              }

              @Override
              public void ended(String reason) {
                end(reason);
              }
            });
  }

  /** Begins to watch the time. */
  public void begin() {
    loop.executor()
        .execute(
            () -> {
              loop.ticker().add(this);
              loop.pace().change(LoopPace.Pace.PATIENT, LoopPace.Pace.LIVE);
            });
  }

  @Override
  public IceLite agent() {
    return agent;
  }

  @Override
  public void checked(IcePath from, boolean nominated) {
    if (nominated || path == null) {
      path = from;
    }
    execute(() -> checkedNanos = clock.nanoTime());
  }

  @Override
  public void received(IcePath from, byte[] packet) {
    int first = packet.length == 0 ? 0 : packet[0] & 0xff;
    if (first >= 20 && first <= 63) {
      dtls.received(packet);
    } else if (first >= 128 && first <= 191) {
      execute(() -> feedback(packet));
    }
  }

  /** Runs work on the loop, unless too much waits already. */
  private void execute(Runnable work) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return;
    }
    loop.executor()
        .execute(
            () -> {
              waiting.decrementAndGet();
              work.run();
            });
  }

  private void sendRecord(byte[] dtlsRecord) {
    IcePath to = path;
    if (to != null) {
      to.send(dtlsRecord);
    }
  }

  private void start(DtlsKeys keys) {
    if (ended) {
      return;
    }
    metrics.secured();
    media = new SessionMedia(plan, keys, random, clock, this::sendPacket);
    feedback =
        new SrtcpReceiver(keys.profile(), SrtpMaster.ofClient(keys.profile(), keys.material()));
    subscription = view.stream().subscribe(units, LiveStream.Start.LAST_KEY_FRAME);
  }

  private void sendPacket(byte[] packet) {
    IcePath to = path;
    if (to != null) {
      to.write(packet);
      burst += packet.length;
      metrics.sent(packet.length);
    }
  }

  private void drain() {
    SessionMedia to = media;
    IcePath by = path;
    if (to == null || by == null || pausing) {
      return;
    }
    burst = 0;
    UnitQueue.Event event;
    while (burst < BURST_BYTES && !ended && (event = units.poll()) != null) {
      switch (event) {
        case UnitQueue.Event.Format format -> {
          if (!to.format(format.format())) {
            end("the camera changed to another codec");
          }
        }
        case UnitQueue.Event.Unit unit -> to.unit(unit.unit(), by.isWritable());
        case UnitQueue.Event.Report report -> to.cameraReport(report.report());
      }
    }
    by.flush();
    metrics.skipped(to.takeSkipped());
    if (burst >= BURST_BYTES) {
      pausing = true;
      loop.executor().schedule(this::resume, BURST_PAUSE_MICROS, TimeUnit.MICROSECONDS);
    }
  }

  private void resume() {
    pausing = false;
    drain();
  }

  private void feedback(byte[] packet) {
    SrtcpReceiver receiver = feedback;
    SessionMedia to = media;
    IcePath by = path;
    if (receiver == null || to == null || by == null) {
      return;
    }
    Optional<ByteBuffer> compound = receiver.unprotect(packet);
    if (compound.isEmpty()) {
      metrics.forged();
      return;
    }
    for (RtcpPacket report : RtcpPacket.parse(compound.get())) {
      switch (report) {
        case RtcpPacket.Nack nack -> metrics.repeated(to.repeat(nack));
        case RtcpPacket.PictureLoss loss -> {
          metrics.keyFrameWanted();
          view.stream().requestKeyFrame();
        }
        case RtcpPacket.Bye bye -> end("the player left");
        case RtcpPacket.SenderReport ignored -> {}
        case RtcpPacket.ReceiverReport ignored -> {}
        case RtcpPacket.SourceDescription ignored -> {}
      }
    }
    by.flush();
  }

  @Override
  public void onTick(long nowNanos) {
    SessionMedia to = media;
    if (to == null) {
      if (nowNanos - beganNanos > SETUP.toNanos()) {
        end("the player did not come");
      }
      return;
    }
    if (nowNanos - checkedNanos > CONSENT.toNanos()) {
      end("the player is silent");
    } else if (!plan.allowed().getAsBoolean()) {
      end("the right to see it ended");
    } else if (view.stream().status().state() == StreamStatus.State.CLOSED) {
      end("the stream was closed");
    } else if (nowNanos - reportedNanos >= REPORT_NANOS) {
      reportedNanos = nowNanos;
      to.sendReports();
      flush();
    }
  }

  private void flush() {
    IcePath by = path;
    if (by != null) {
      by.flush();
    }
  }

  /**
   * Ends the session; the player is told. Idempotent.
   *
   * @param reason for the log
   */
  public void end(String reason) {
    if (!loop.executor().inEventLoop()) {
      loop.executor().execute(() -> end(reason));
      return;
    }
    if (ended) {
      return;
    }
    ended = true;
    LOG.atInfo()
        .addKeyValue("stream", view.stream().id())
        .addKeyValue("session", id.substring(0, 8))
        .log("WebRTC session ended: {}", reason);
    if (subscription != null) {
      subscription.close();
    }
    if (media != null) {
      media.sendFarewell();
      flush();
    }
    dtls.close();
    loop.ticker().remove(this);
    loop.pace().change(LoopPace.Pace.LIVE, LoopPace.Pace.PATIENT);
    onEnd.run();
    Thread.startVirtualThread(view::close); // may wait for a database
  }
}
