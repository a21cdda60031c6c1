package kg.sakchy.web.hls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.time.VmsClock;

/**
 * The streams that are watched live over HLS: one ring each, however many watch.
 *
 * <p>Threads: safe for use by many threads; {@link #open} blocks. Closing ends all.
 */
public final class LiveRings implements AutoCloseable {
  /** With {@link LiveLine#MOST_BYTES} the bound of what live HLS may hold. */
  private static final int MOST = 32;

  private final LiveViews views;
  private final Archive archive;
  private final RecordingStatus.Source recordings;
  private final VmsClock clock;
  private final Map<StreamId, LiveRing> rings = new ConcurrentHashMap<>();

  public LiveRings(
      LiveViews views,
      Archive archive,
      RecordingStatus.Source recordings,
      VmsClock clock,
      MeterRegistry metrics) {
    this.views = views;
    this.archive = archive;
    this.recordings = recordings;
    this.clock = clock;
    Gauge.builder("sakchy_web_hls_live_streams", rings, Map::size)
        .description("Streams that are cut into parts for live HLS")
        .register(metrics);
  }

  /**
   * The ring of a stream; begins one if there is none.
   *
   * @throws VmsException as {@link LiveViews#open}; RESOURCE_EXHAUSTED when too many are watched
   */
  LiveRing open(StreamId stream) {
    return rings.compute(stream, (id, now) -> now != null && now.touch() ? now : begin(id));
  }

  /** What is live of a stream, if somebody watches it; does not begin it. */
  Optional<LiveWindow> find(StreamId stream) {
    return Optional.ofNullable(rings.get(stream)).flatMap(LiveRing::window);
  }

  private LiveRing begin(StreamId stream) {
    if (rings.size() >= MOST) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "too many streams are watched live over HLS; try again");
    }
    boolean recorded =
        recordings
            .status(stream)
            .filter(status -> status.state() != RecordingStatus.State.OFF)
            .isPresent();
    LiveRing[] begun = new LiveRing[1];
    LiveRing ring =
        new LiveRing(
            views.open(stream),
            new RunFinder(archive, stream),
            new LeadIn(archive),
            recorded,
            clock,
            () -> rings.remove(stream, begun[0]));
    begun[0] = ring;
    ring.start();
    return ring;
  }

  @Override
  public void close() {
    rings.values().forEach(LiveRing::close);
  }
}
