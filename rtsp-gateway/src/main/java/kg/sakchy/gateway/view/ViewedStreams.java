package kg.sakchy.gateway.view;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveTranscoder;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamFormat;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams for viewers. A main stream is pulled anyhow, so a viewer only joins. A sub stream
 * is pulled while somebody watches it and {@link #LINGER} longer, so that a wall that changes its
 * page does not dial every camera anew.
 *
 * <p>Threads: safe for use by many threads; {@link #open} blocks.
 */
public final class ViewedStreams implements LiveViews {
  /** How long a stream is pulled after its last viewer left. */
  static final Duration LINGER = Duration.ofSeconds(10);

  /** How long a viewer waits for a camera's first picture. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CameraDirectory cameras;
  private final LiveStreams streams;
  private final LiveTranscoder transcoder;
  private final Executor later =
      CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS);
  private final ConcurrentHashMap<StreamId, Viewers> viewers = new ConcurrentHashMap<>();

  /**
   * The viewers of a stream that is pulled for them alone.
   *
   * @param watching how many
   * @param arrivals how many ever came, so that an old farewell ends nothing new
   */
  private record Viewers(int watching, long arrivals) {}

  /** Without a transcoder. */
  public ViewedStreams(CameraDirectory cameras, LiveStreams streams) {
    this(cameras, streams, LiveTranscoder.NONE);
  }

  /**
   * @param transcoder for streams that a viewer cannot play
   */
  public ViewedStreams(CameraDirectory cameras, LiveStreams streams, LiveTranscoder transcoder) {
    this.cameras = cameras;
    this.streams = streams;
    this.transcoder = transcoder;
    cameras.onChange(this::changed);
  }

  @Override
  public LiveView open(StreamId id) {
    Camera camera =
        cameras
            .find(id.camera())
            .orElseThrow(
                () -> new VmsException(ErrorKind.NOT_FOUND, "there is no camera " + id.camera()));
    StreamSource source =
        camera
            .source(id.name())
            .orElseThrow(
                () ->
                    new VmsException(
                        ErrorKind.NOT_FOUND, "the camera has no " + id.name().code() + " stream"));
    return id.name() == StreamName.MAIN ? joinMain(id) : arrive(id, source);
  }

  private LiveView joinMain(StreamId id) {
    LiveStream stream =
        streams
            .find(id)
            .orElseThrow(
                () -> new VmsException(ErrorKind.UNAVAILABLE, "the camera is not connected yet"));
    return new View(stream, Delivery.ORIGINAL, () -> {});
  }

  private LiveView arrive(StreamId id, StreamSource source) {
    viewers.compute(
        id,
        (key, now) ->
            now == null ? new Viewers(1, 1) : new Viewers(now.watching() + 1, now.arrivals() + 1));
    return new View(streams.open(id, source), Delivery.ORIGINAL, () -> leave(id));
  }

  private void leave(StreamId id) {
    Viewers left =
        viewers.computeIfPresent(id, (key, now) -> new Viewers(now.watching() - 1, now.arrivals()));
    if (left != null && left.watching() == 0) {
      later.execute(() -> endIfUnwatched(id, left.arrivals()));
    }
  }

  private void endIfUnwatched(StreamId id, long arrivals) {
    viewers.computeIfPresent(
        id,
        (key, now) -> {
          if (now.watching() > 0 || now.arrivals() != arrivals) {
            return now;
          }
          streams.close(id);
          return null;
        });
  }

  /** A camera was changed while its sub stream is watched. */
  private void changed(CameraId id, @Nullable Camera camera) {
    StreamId sub = new StreamId(id, StreamName.SUB);
    viewers.computeIfPresent(
        sub,
        (key, now) -> {
          Optional<StreamSource> source =
              camera == null ? Optional.empty() : camera.source(StreamName.SUB);
          source.ifPresentOrElse(
              newSource -> streams.open(sub, newSource), () -> streams.close(sub));
          return source.isEmpty() ? null : now;
        });
  }

  @Override
  public LiveView open(StreamId id, PlayableCodecs playable) {
    LiveView asked = open(id);
    StreamFormat format = formatOf(asked);
    if (playable.playsAll(format)) {
      return asked;
    }
    if (id.name() == StreamName.MAIN && !playable.plays(format)) {
      Optional<LiveView> sub = playableSub(id.camera(), playable);
      if (sub.isPresent()) {
        asked.close();
        return sub.get();
      }
    }
    if (playable.plays(format) && !canHelpSound(format, playable)) {
      return asked; // without its sound
    }
    return transcoder.open(asked, format, playable);
  }

  /** Only G.711 is worth coding anew, for who plays AAC. */
  private static boolean canHelpSound(StreamFormat format, PlayableCodecs playable) {
    return playable.plays(Codec.AAC)
        && format
            .audio()
            .filter(sound -> sound.codec() == Codec.G711_ALAW || sound.codec() == Codec.G711_ULAW)
            .isPresent();
  }

  private static StreamFormat formatOf(LiveView view) {
    try {
      return FormatWait.await(view.stream(), PATIENCE);
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
  }

  /** The camera's sub stream, if it has one and the viewer can play its pictures. */
  private Optional<LiveView> playableSub(CameraId camera, PlayableCodecs playable) {
    LiveView sub;
    StreamFormat format;
    try {
      sub = open(new StreamId(camera, StreamName.SUB));
      format = formatOf(sub);
    } catch (VmsException e) {
      return Optional.empty(); // it has none, or it sends nothing: there is another way
    }
    if (!playable.plays(format)) {
      sub.close();
      return Optional.empty();
    }
    return Optional.of(new View(sub.stream(), Delivery.SUB_STREAM, sub::close));
  }

  /** One viewer's hold. */
  private static final class View implements LiveView {
    private final LiveStream stream;
    private final Delivery delivery;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    View(LiveStream stream, Delivery delivery, Runnable onClose) {
      this.stream = stream;
      this.delivery = delivery;
      this.onClose = onClose;
    }

    @Override
    public LiveStream stream() {
      return stream;
    }

    @Override
    public Delivery delivery() {
      return delivery;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        onClose.run();
      }
    }
  }
}
