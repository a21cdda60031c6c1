package kg.sakchy.gateway.replay;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.gateway.client.CameraConnection;
import kg.sakchy.gateway.client.ConnectionEnd;
import kg.sakchy.gateway.client.GatewayContext;
import kg.sakchy.gateway.client.PlayRequest;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.failure.RedactedUri;
import kg.sakchy.gateway.hub.FaultSummary;
import kg.sakchy.gateway.hub.StreamAccounting;
import kg.sakchy.gateway.transport.IngestLoop;
import kg.sakchy.gateway.transport.LoopPace.Pace;
import kg.sakchy.gateway.transport.LoopTicker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replay: a connection, or a few in a row when it breaks, until the recording's end.
 *
 * <p>Pictures behind the range are delivered until one shows that all inside it have come: others
 * may need them. The end is one of: the camera says so (terminal bit, BYE), a picture behind the
 * range, or silence where an end is due (behind the last unit of a section, or near the end of the
 * range). Anything else that ends the connection is a break: the replay goes on from the last unit,
 * unless nothing new came of it {@value #MAX_VAIN} times.
 *
 * <p>Threads: {@link #begin}, {@link #close} and {@link #over} from any; the rest is confined to
 * the replay's event loop.
 */
final class Replay
    implements EdgeReplay.Playback, CameraConnection.Owner, LoopTicker.Ticking, Delivery.Flow {
  /** Connections in a row that may bring nothing new. */
  static final int MAX_VAIN = 3;

  /**
   * A group of pictures is no longer, so the camera never has to begin earlier before the range.
   */
  static final Duration LONGEST_LEAD = Duration.ofMinutes(2);

  /** Pictures out of their order are behind the range by less. */
  private static final Duration REORDERING = Duration.ofSeconds(1);

  /** Silence this near to the end of the range is the end. */
  private static final Duration NEAR_END = Duration.ofSeconds(1);

  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long TERMINAL_NANOS = 300_000_000L;

  /** Pictures whose time does not rise for so many stall timeouts are of no use. */
  private static final int STANDSTILL_FACTOR = 6;

  private static final Logger log = LoggerFactory.getLogger(Replay.class);

  private final EdgeSpan span;
  private final TimeRange range;
  private final StreamSource source;
  private final IngestLoop loop;
  private final GatewayContext context;
  private final Delivery delivery;
  private final Splice splice;
  private final StreamAccounting accounting;
  private final FaultSummary faults;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable CameraConnection connection;
  private @Nullable ScheduledFuture<?> retry;
  private ReplayMode mode;
  private @Nullable StreamFormat format;
  private Instant furthest = Instant.MIN;
  private Instant furthestAtDial = Instant.MIN;
  private long advancedNanos;
  private long packetsSeen;
  private long quietSince;
  private int vain;
  private boolean begun;
  private boolean first = true;
  private boolean discontinuity;
  private boolean paused;
  private boolean waitsToDial;
  private boolean finished;
  private Pace pace = Pace.PATIENT;
  private @Nullable VmsException problem;

  Replay(
      EdgeSpan span,
      TimeRange range,
      EdgeReplay.Listener listener,
      IngestLoop loop,
      GatewayContext context) {
    this.span = span;
    this.range = range;
    this.source = new StreamSource(span.replay().uri(), span.replay().credentials(), Transport.TCP);
    this.loop = loop;
    this.context = context;
    this.delivery = new Delivery(listener, this);
    this.splice = new Splice(delivery);
    this.accounting = new StreamAccounting(context.clock().now(), context.metrics());
    this.faults = new FaultSummary(span.stream());
    this.mode = modeFrom(range.start());
  }

  /** Dials once {@code predecessor} is done: the device's replay before. */
  void begin(CompletableFuture<Void> predecessor) {
    delivery.start("replay-" + span.stream());
    predecessor.whenComplete((ignored, error) -> onLoop(this::start));
  }

  /** Done when the connection is gone. */
  CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public void close() {
    onLoop(this::cancel);
  }

  private void onLoop(Runnable task) {
    try {
      loop.executor().execute(task);
    } catch (RejectedExecutionException e) { // the gateway is closed, and its connections with it
      delivery.cancel();
      over.complete(null);
    }
  }

  private void cancel() {
    if (!over.isDone()) {
      delivery.cancel();
      conclude(null);
    }
  }

  private void start() {
    if (!finished) {
      begun = true;
      loop.ticker().add(this);
      dial();
    }
  }

  private ReplayMode modeFrom(Instant from) {
    return new ReplayMode(from.plus(span.clockOffset()), range.end().plus(span.clockOffset()));
  }

  private void dial() {
    if (paused) {
      waitsToDial = true;
      return;
    }
    Instant resume = splice.resumeAt();
    mode = modeFrom(resume == null ? range.start() : resume);
    first = true;
    furthestAtDial = furthest;
    advancedNanos = context.clock().nanoTime();
    quietSince = advancedNanos;
    packetsSeen = 0;
    if (resume != null) {
      splice.reconnected();
    }
    log.atDebug()
        .addKeyValue("stream", span.stream())
        .log("replaying {}", RedactedUri.of(source.uri()));
    connection =
        new CameraConnection(
            context,
            loop,
            new PlayRequest(source.uri(), source, source.credentials(), mode),
            this,
            accounting,
            faults);
    hurry(true);
  }

  /** The loop must look often while the camera is being talked to, not while it plays. */
  private void hurry(boolean yes) {
    Pace wanted = yes ? Pace.LIVELY : Pace.PATIENT;
    loop.pace().change(pace, wanted);
    pace = wanted;
  }

  @Override
  public void playing() {
    hurry(false);
    advancedNanos = context.clock().nanoTime();
  }

  @Override
  public void format(StreamFormat next) {
    format = next;
    if (!finished) {
      splice.format(next);
    }
  }

  @Override
  public void unit(AccessUnit unit) {
    StreamFormat current = format;
    if (finished || current == null) {
      return;
    }
    boolean video = unit.track() == current.videoTrack();
    ReplayTimes times = mode.times(current.tracks().get(unit.track()).codec().kind());
    ReplayTimes.Taken taken = times == null ? null : times.at(unit.pts());
    if (taken == null) {
      withoutTime(video, times);
      return;
    }
    Instant at = taken.time().minus(span.clockOffset());
    boolean broken = video && (discontinuity || taken.discontinuity());
    if (!video || mayDeliver(unit, at)) {
      discontinuity &= !video;
      splice.unit(unit, at, broken);
    }
  }

  private void withoutTime(boolean video, @Nullable ReplayTimes times) {
    discontinuity |= video;
    if (video && (times == null || !times.isKnown())) {
      conclude(
          new VmsException(
              ErrorKind.UNSUPPORTED,
              "the camera's replay does not tell when its pictures were taken"));
    }
  }

  /** Looks at the time of a video unit; false when it ends the replay. */
  private boolean mayDeliver(AccessUnit unit, Instant at) {
    if (!at.isBefore(range.end().plus(REORDERING))
        || (unit.keyFrame() && !at.isBefore(range.end()))) {
      if (first) {
        conclude(notFound(at));
      } else {
        conclude(null);
      }
      return false;
    }
    if (first && at.isBefore(range.start().minus(LONGEST_LEAD))) {
      conclude(
          new VmsException(
              ErrorKind.FAILED_PRECONDITION,
              "the camera plays from " + at + ", though it was asked for " + range.start()));
      return false;
    }
    first = false;
    if (at.isAfter(furthest)) {
      furthest = at;
      advancedNanos = unit.arrivalNanos();
    }
    return true;
  }

  private VmsException notFound(Instant at) {
    return new VmsException(
        ErrorKind.NOT_FOUND,
        "the camera has nothing before " + at + ", though it was asked for " + range.start());
  }

  @Override
  public void loss(PacketLoss loss) {
    discontinuity |= format != null && loss.track() == format.videoTrack();
  }

  @Override
  public void senderReport(SenderReport report) {
    // the header extension is closer to each picture
  }

  @Override
  public void silent(Codec codec) {
    // recorded without sound
  }

  @Override
  public void pause() {
    paused = true;
    if (connection != null) {
      connection.pause();
    }
  }

  @Override
  public void resume() {
    onLoop(
        () -> {
          paused = false;
          advancedNanos = context.clock().nanoTime();
          quietSince = advancedNanos;
          if (waitsToDial && !finished) {
            waitsToDial = false;
            dial();
          } else if (connection != null) {
            connection.resume();
          }
        });
  }

  @Override
  public void abandoned() {
    close();
  }

  @Override
  public void onTick(long nowNanos) {
    faults.tick(nowNanos);
    accounting.tick(nowNanos);
    if (connection == null) {
      return;
    }
    connection.tick(nowNanos);
    if (connection == null || finished) {
      return;
    }
    long quiet = quiet(nowNanos);
    if ((isTerminal() && quiet >= TERMINAL_NANOS) || (isNearEnd() && quiet >= QUIET_NANOS)) {
      conclude(null);
    } else if (!first
        && nowNanos - advancedNanos
            >= STANDSTILL_FACTOR * context.config().stallTimeout().toNanos()) {
      conclude(
          new VmsException(
              ErrorKind.DATA_LOSS, "the camera sends pictures whose time stands still"));
    }
  }

  /** For how long no packet of the video has come, by no fault of ours. */
  private long quiet(long nowNanos) {
    ReplayTimes video = mode.times(Codec.Kind.VIDEO);
    long packets = video == null ? 0 : video.packets();
    if (paused || packets != packetsSeen) {
      packetsSeen = packets;
      quietSince = nowNanos;
    }
    if (paused) {
      advancedNanos = nowNanos;
    }
    return nowNanos - quietSince;
  }

  private boolean isTerminal() {
    ReplayTimes video = mode.times(Codec.Kind.VIDEO);
    return video != null && video.isTerminal();
  }

  private boolean isSectionEnd() {
    ReplayTimes video = mode.times(Codec.Kind.VIDEO);
    return video != null && video.isSectionEnd();
  }

  private boolean isNearEnd() {
    return !furthest.isBefore(range.end().minus(NEAR_END));
  }

  /** Ends the replay; the listener is told when the camera was. */
  private void conclude(@Nullable VmsException why) {
    if (finished) {
      return;
    }
    finished = true;
    problem = why;
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
    onLoop(this::hangUp); // not from within the connection's own calls
  }

  private void hangUp() {
    if (connection != null) {
      connection.close();
    } else {
      finish();
    }
  }

  private void finish() {
    if (over.isDone()) {
      return;
    }
    if (begun) {
      loop.ticker().remove(this);
    }
    delivery.end(problem);
    over.complete(null);
  }

  @Override
  public void ended(ConnectionEnd end) {
    boolean left = connection != null && connection.hasLeft();
    connection = null;
    hurry(false);
    if (finished) {
      finish();
      return;
    }
    switch (end) {
      case ConnectionEnd.Closed() -> conclude(null);
      case ConnectionEnd.Redirected(var to) ->
          conclude(
              new VmsException(
                  ErrorKind.UNSUPPORTED,
                  "the camera sends us to " + RedactedUri.of(to) + " for its recordings"));
      case ConnectionEnd.Failed(Failure failure) -> {
        if (left || isTerminal() || (!first && (isSectionEnd() || isNearEnd()))) {
          conclude(null);
        } else {
          broke(failure);
        }
      }
    }
  }

  private void broke(Failure failure) {
    vain = furthest.isAfter(furthestAtDial) ? 0 : vain + 1;
    boolean passing =
        failure.kind() == ErrorKind.UNAVAILABLE || failure.kind() == ErrorKind.TIMEOUT;
    if (!passing || furthest.equals(Instant.MIN) || vain >= MAX_VAIN) {
      conclude(new VmsException(failure.kind(), failure.message()));
      return;
    }
    log.atInfo()
        .addKeyValue("stream", span.stream())
        .log("a replay broke at {} and goes on: {}", furthest, failure.message());
    Duration wait = context.config().backoffMin().multipliedBy(1L << vain);
    retry =
        loop.executor()
            .schedule(
                () -> {
                  retry = null;
                  dial();
                },
                wait.toNanos(),
                TimeUnit.NANOSECONDS);
  }
}
