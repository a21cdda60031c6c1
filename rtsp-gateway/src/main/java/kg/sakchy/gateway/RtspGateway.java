package kg.sakchy.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.client.CameraStream;
import kg.sakchy.gateway.client.GatewayContext;
import kg.sakchy.gateway.hub.GatewayMetrics;
import kg.sakchy.gateway.hub.GroupMemory;
import kg.sakchy.gateway.replay.CameraReplay;
import kg.sakchy.gateway.transport.CertificatePolicy;
import kg.sakchy.gateway.transport.Dialer;
import kg.sakchy.gateway.transport.EventLoops;
import kg.sakchy.gateway.transport.UdpPorts;

/**
 * The streams being pulled: one connection for each, however many listen (invariant 1).
 *
 * <p>A stream that is closed keeps its name until the camera was told; one that is opened under the
 * same name meanwhile waits for that before it dials.
 *
 * <p>Threads: every method may be called from any thread; none blocks, except {@link #close()},
 * which waits a bounded time for the cameras' farewells.
 */
public final class RtspGateway implements LiveStreams, AutoCloseable {
  /** The part of the heap in which the last groups of pictures may wait for viewers. */
  private static final int GROUP_SHARE = 6;

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

  private final EventLoops loops;
  private final Dialer dialer;
  private final GatewayContext context;
  private final CameraReplay replay;
  private final ConcurrentHashMap<StreamId, CameraStream> streams = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A gateway that takes any certificate of a camera; see {@link CertificatePolicy}. */
  public RtspGateway(GatewayConfig config, VmsClock clock, MeterRegistry registry) {
    this(config, clock, registry, CertificatePolicy.ACCEPT_ANY);
  }

  /**
   * @param certificates decides which cameras' certificates are good enough for RTSPS
   */
  public RtspGateway(
      GatewayConfig config,
      VmsClock clock,
      MeterRegistry registry,
      CertificatePolicy certificates) {
    GatewayMetrics metrics = new GatewayMetrics(registry);
    loops = new EventLoops(config.eventLoops(), tick(config), clock);
    dialer = new Dialer(loops, config.connectTimeout(), certificates);
    GroupMemory groups = new GroupMemory(Runtime.getRuntime().maxMemory() / GROUP_SHARE);
    metrics.groups(groups);
    context =
        new GatewayContext(config, clock, dialer, new UdpPorts(loops, clock), groups, metrics);
    replay = new CameraReplay(context, loops);
    metrics.streams(streams, RtspGateway::count);
  }

  /** Fine enough for the shortest time that is watched. */
  private static Duration tick(GatewayConfig config) {
    Duration shortest =
        config.stallTimeout().compareTo(config.responseTimeout()) < 0
            ? config.stallTimeout()
            : config.responseTimeout();
    Duration fine = shortest.dividedBy(8);
    return fine.compareTo(TICK) < 0 ? fine : TICK;
  }

  private static double count(
      ConcurrentHashMap<StreamId, CameraStream> streams, StreamStatus.State state) {
    return streams.values().stream().filter(stream -> stream.status().state() == state).count();
  }

  /** Plays the cameras' own recordings, on connections beside the live ones. */
  public EdgeReplay replay() {
    return replay;
  }

  @Override
  public LiveStream open(StreamId id, StreamSource source) {
    if (closed) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, "the gateway is closed");
    }
    return streams.compute(
        id,
        (name, known) -> {
          if (known != null && !known.isClosed()) {
            known.open(source);
            return known;
          }
          CompletableFuture<Void> predecessor =
              known == null ? CompletableFuture.completedFuture(null) : known.ended();
          CameraStream stream = new CameraStream(id, source, loops.next(), context);
          stream.begin(predecessor);
          return stream;
        });
  }

  @Override
  public Optional<LiveStream> find(StreamId id) {
    CameraStream stream = streams.get(id);
    return stream == null || stream.isClosed() ? Optional.empty() : Optional.of(stream);
  }

  @Override
  public Collection<LiveStream> all() {
    return streams.values().stream()
        .filter(stream -> !stream.isClosed())
        .<LiveStream>map(stream -> stream)
        .toList();
  }

  @Override
  public void close(StreamId id) {
    streams.computeIfPresent(
        id,
        (name, stream) -> {
          stream.close();
          return stream;
        });
    CameraStream closing = streams.get(id);
    if (closing != null && closing.isClosed()) {
      closing.ended().whenComplete((ignored, error) -> streams.remove(id, closing));
    }
  }

  /** Closes all streams with TEARDOWN and stops the network threads. Idempotent. */
  @Override
  public void close() {
    closed = true;
    List<CameraStream> open = List.copyOf(streams.values());
    open.forEach(CameraStream::close);
    CompletableFuture<Void> replays = replay.end();
    try {
      CompletableFuture.allOf(
              Stream.concat(open.stream().map(CameraStream::ended), Stream.of(replays))
                  .toArray(CompletableFuture[]::new))
          .get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // a camera that does not say goodbye in time; its socket closes with the loop
    }
    streams.clear();
    dialer.close();
    loops.close();
  }
}
