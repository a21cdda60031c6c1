package kg.sakchy.gateway.client;

import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.failure.RedactedUri;
import kg.sakchy.gateway.hub.FaultSummary;
import kg.sakchy.gateway.hub.PacketSource;
import kg.sakchy.gateway.hub.PacketTrack;
import kg.sakchy.gateway.hub.StreamAccounting;
import kg.sakchy.gateway.hub.StreamHub;
import kg.sakchy.gateway.hub.Subscriber;
import kg.sakchy.gateway.transport.Dialer;
import kg.sakchy.gateway.transport.IngestLoop;
import kg.sakchy.gateway.transport.LoopPace.Pace;
import kg.sakchy.gateway.transport.LoopTicker;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera stream: keeps exactly one connection, makes it anew when it fails, and hands what
 * comes to its listeners.
 *
 * <p>Threads: the methods of {@link PacketSource}, {@link #open}, {@link #close} and {@link
 * #ended()} may be called from any thread; the rest is confined to the stream's event loop.
 */
public final class CameraStream
    implements PacketSource, LoopTicker.Ticking, CameraConnection.Owner {
  /** Most redirects of one attempt. */
  static final int MAX_REDIRECTS = 3;

  private static final Logger log = LoggerFactory.getLogger(CameraStream.class);

  private final StreamId id;
  private final IngestLoop loop;
  private final GatewayContext context;
  private final StreamHub hub;
  private final StreamAccounting accounting;
  private final FaultSummary faults;
  private final Backoff backoff;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closed;
  private StreamSource source;
  private @Nullable CameraConnection connection;
  private @Nullable ScheduledFuture<?> retry;
  private boolean started;
  private int redirects;
  private int played;
  private boolean pictures;
  private long pictureSince;
  private String lastLogged = "";
  private Pace pace = Pace.PATIENT;
  private final PlayMode mode = new LiveMode(this::packet);
  private boolean packetsPending;

  /** A stream that waits for {@link #begin}. */
  public CameraStream(StreamId id, StreamSource source, IngestLoop loop, GatewayContext context) {
    this.id = id;
    this.source = source;
    this.loop = loop;
    this.context = context;
    hub = new StreamHub(id, context.groups(), context.metrics()::listenerDetached);
    accounting = new StreamAccounting(context.clock().now(), context.metrics());
    faults = new FaultSummary(id);
    backoff =
        new Backoff(
            context.config().backoffMin(),
            context.config().backoffMax(),
            RandomGenerator.getDefault());
  }

  /**
   * Dials once {@code predecessor} is done: the last stream of the same name, which may still be
   * saying goodbye to the camera.
   */
  public void begin(CompletableFuture<Void> predecessor) {
    predecessor.whenComplete((ignored, error) -> onLoop(this::start));
  }

  @Override
  public StreamId id() {
    return id;
  }

  @Override
  public StreamStatus status() {
    return accounting.status();
  }

  @Override
  public Subscription subscribe(StreamListener listener, Start start) {
    Subscriber subscriber =
        new Subscriber(listener, start, closing -> onLoop(() -> leave(closing)));
    onLoop(() -> join(subscriber));
    return subscriber;
  }

  @Override
  public void requestKeyFrame() {
    onLoop(
        () -> {
          if (connection != null) {
            connection.requestKeyFrame();
          }
        });
  }

  @Override
  public void between(Consumer<List<AccessUnit>> task) {
    onLoop(() -> task.accept(hub.lastGroup()));
  }

  /** Costs next to nothing while nobody relays the stream. */
  private void packet(PacketTrack track, RtpPacket packet, long ticks) {
    if (!hub.isRelayed()) {
      return;
    }
    if (!packetsPending) {
      packetsPending = true;
      loop.executor().execute(this::packetsRead); // after all that was read just now
    }
    hub.packet(track, packet, ticks);
  }

  private void packetsRead() {
    packetsPending = false;
    hub.packetsRead();
  }

  private void join(Subscriber subscriber) {
    hub.add(subscriber);
    setPace();
  }

  private void leave(Subscriber subscriber) {
    hub.remove(subscriber);
    setPace();
  }

  /**
   * The loop must look often while the camera is being talked to and while packets come by UDP (the
   * kernel drops what does not fit), and all the time while anybody but the recorder listens.
   */
  private void setPace() {
    boolean talking = connection != null && !pictures;
    boolean datagrams = connection != null && source.transport() == Transport.UDP;
    Pace wanted = Pace.PATIENT;
    if (!closed && hub.isWatched()) {
      wanted = Pace.LIVE;
    } else if (!closed && (talking || datagrams)) {
      wanted = Pace.LIVELY;
    }
    loop.pace().change(pace, wanted);
    pace = wanted;
  }

  /** Goes on, from another source if it changed. */
  public void open(StreamSource newSource) {
    onLoop(() -> change(newSource));
  }

  /** Ends the pull for good. Idempotent. */
  public void close() {
    if (!closed) {
      closed = true;
      onLoop(this::shutDown);
    }
  }

  /** Whether {@link #close()} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Done when the stream is closed and its connection gone. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  private void onLoop(Runnable task) {
    try {
      loop.executor().execute(task);
    } catch (RejectedExecutionException e) {
      ended.complete(null); // the gateway is closed, and its connections with it
    }
  }

  private void start() {
    if (!closed) {
      started = true;
      loop.ticker().add(this);
      dial(source.uri());
    }
  }

  private void change(StreamSource newSource) {
    if (closed || newSource.equals(source)) {
      return;
    }
    source = newSource;
    backoff.reset();
    if (!started) {
      return;
    }
    interrupt(
        new Failure(GapCause.OPERATOR, ErrorKind.CANCELLED, "the camera's address was changed"));
    cancelRetry();
    if (connection != null) {
      connection.close();
    } else {
      dial(source.uri());
    }
  }

  private void shutDown() {
    cancelRetry();
    if (connection != null) {
      connection.close();
    } else {
      finish();
    }
    accounting.state(StreamStatus.State.CLOSED, now());
    Failure reason = new Failure(GapCause.OPERATOR, ErrorKind.CANCELLED, "the stream was closed");
    hub.interrupted(interruption(reason));
    hub.close();
    setPace();
  }

  private void finish() {
    if (started) {
      loop.ticker().remove(this);
    }
    ended.complete(null);
  }

  private void dial(URI uri) {
    accounting.state(StreamStatus.State.CONNECTING, now());
    boolean atHome = uri.getHost().equalsIgnoreCase(source.uri().getHost());
    Credentials credentials = atHome ? source.credentials() : null;
    log.atDebug().addKeyValue("stream", id).log("dialling {}", RedactedUri.of(uri));
    connection =
        new CameraConnection(
            context,
            loop,
            new PlayRequest(uri, source, credentials, mode),
            this,
            accounting,
            faults);
    setPace();
  }

  @Override
  public void playing() {
    if (played++ > 0) {
      accounting.reconnect();
      context.metrics().reconnected();
    }
    if (!pictures) { // some cameras send before they answer PLAY
      accounting.state(StreamStatus.State.WAITING_FOR_KEY_FRAME, now());
    }
  }

  @Override
  public void ended(ConnectionEnd end) {
    connection = null;
    setPace();
    if (closed) {
      finish();
      return;
    }
    switch (end) {
      case ConnectionEnd.Closed() -> dial(source.uri());
      case ConnectionEnd.Redirected(URI to) -> redirected(to);
      case ConnectionEnd.Failed(Failure failure) -> failed(failure);
    }
  }

  private void redirected(URI to) {
    String scheme = to.getScheme() == null ? "" : to.getScheme();
    boolean rtsp = scheme.equalsIgnoreCase("rtsp") || scheme.equalsIgnoreCase("rtsps");
    if (!rtsp || (Dialer.isSecure(source.uri()) && !Dialer.isSecure(to))) {
      failed(Failure.camera(ErrorKind.UNSUPPORTED, "the camera sends us to " + RedactedUri.of(to)));
    } else if (++redirects > MAX_REDIRECTS) {
      failed(
          Failure.camera(
              ErrorKind.FAILED_PRECONDITION, "the camera sends us from address to address"));
    } else {
      dial(to);
    }
  }

  private void failed(Failure failure) {
    if (pictures
        && context.clock().nanoTime() - pictureSince >= context.config().stallTimeout().toNanos()) {
      backoff.reset(); // it worked for a while
    }
    redirects = 0;
    interrupt(failure);
    accounting.state(StreamStatus.State.BACKING_OFF, now());
    boolean refused = failure.kind() == ErrorKind.UNAUTHENTICATED && source.credentials() != null;
    Duration wait = backoff.next(refused);
    retry =
        loop.executor()
            .schedule(
                () -> {
                  retry = null;
                  dial(source.uri());
                },
                wait.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void interrupt(Failure failure) {
    pictures = false;
    Interruption interruption = interruption(failure);
    accounting.interrupted(interruption);
    context.metrics().interrupted(failure.cause());
    if (!failure.message().equals(lastLogged)) { // a dead camera is news once, not every 30 s
      lastLogged = failure.message();
      log.atWarn()
          .addKeyValue("stream", id)
          .addKeyValue("cause", failure.cause().code())
          .log("{}", failure.message());
    }
    hub.interrupted(interruption);
  }

  private Interruption interruption(Failure failure) {
    return failure.toInterruption(now());
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  private Instant now() {
    return context.clock().now();
  }

  @Override
  public void format(StreamFormat format) {
    if (!pictures) {
      pictures = true;
      pictureSince = context.clock().nanoTime();
      lastLogged = "";
      log.atInfo()
          .addKeyValue("stream", id)
          .log("streaming {}", format.tracks().stream().map(track -> track.codec()).toList());
    }
    accounting.format(format);
    accounting.state(StreamStatus.State.STREAMING, now());
    hub.format(format);
    setPace();
  }

  @Override
  public void unit(AccessUnit unit) {
    StreamFormat format = hub.format();
    if (format != null && format.videoTrack() == unit.track()) {
      accounting.frame(unit.arrival());
    }
    hub.unit(unit);
  }

  @Override
  public void loss(PacketLoss loss) {
    hub.loss(loss);
  }

  @Override
  public void senderReport(SenderReport report) {
    hub.senderReport(report);
  }

  @Override
  public void silent(Codec codec) {
    context.metrics().silentTrack();
    log.atWarn().addKeyValue("stream", id).log("the camera offers {} but sends none", codec);
  }

  @Override
  public void onTick(long nowNanos) {
    if (connection != null) {
      connection.tick(nowNanos);
    }
    faults.tick(nowNanos);
    accounting.tick(nowNanos);
  }
}
