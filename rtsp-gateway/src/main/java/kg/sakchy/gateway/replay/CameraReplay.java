package kg.sakchy.gateway.replay;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.gateway.client.GatewayContext;
import kg.sakchy.gateway.transport.EventLoops;

/**
 * {@link EdgeReplay} over RTSP. A device plays one recording at a time: a replay of a device that
 * plays already begins when the one before it is over.
 *
 * <p>Threads: safe for use by many threads; never blocks.
 */
public final class CameraReplay implements EdgeReplay {
  private final GatewayContext context;
  private final EventLoops loops;
  private final Map<String, CompletableFuture<Void>> devices = new ConcurrentHashMap<>();
  private final Set<Replay> replays = ConcurrentHashMap.newKeySet();

  /**
   * @param loops replays take turns on them, as the live streams do
   */
  public CameraReplay(GatewayContext context, EventLoops loops) {
    this.context = context;
    this.loops = loops;
  }

  @Override
  public Playback start(EdgeSpan span, TimeRange range, Listener listener) {
    Replay replay = new Replay(span, range, listener, loops.next(), context);
    replays.add(replay);
    String device =
        span.replay().uri().getHost().toLowerCase(Locale.ROOT)
            + ":"
            + span.replay().uri().getPort();
    devices.compute(
        device,
        (name, last) -> {
          replay.begin(last == null ? CompletableFuture.completedFuture(null) : last);
          return replay.over();
        });
    replay
        .over()
        .whenComplete(
            (ignored, error) -> {
              replays.remove(replay);
              devices.remove(device, replay.over());
            });
    return replay;
  }

  /** Closes every replay; done when their cameras were told. */
  public CompletableFuture<Void> end() {
    Collection<Replay> open = List.copyOf(replays);
    open.forEach(Replay::close);
    return CompletableFuture.allOf(
        open.stream().map(Replay::over).toArray(CompletableFuture[]::new));
  }
}
