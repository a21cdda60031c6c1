package kg.sakchy.ffmpeg;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * Renders the test scene and encodes it as a camera would: H.264 with a key frame every 2 s (track
 * 0, 90 kHz) and, if wanted, AAC (track 1, 16 kHz) on the same time line. Frame {@code n} has the
 * time {@code n / fps}, whenever it is made.
 *
 * <p>Threads: confined to one thread at a time. {@link LiveScene} drives one in real time.
 */
public final class SceneEncoder implements AutoCloseable {
  private static final int VIDEO = 0;
  private static final int SOUND = 1;

  private final SceneOptions options;
  private final ScenePainter painter;
  private final RgbPicture picture;
  private final H264Encoder video;
  private final @Nullable SceneSound sound;
  private final @Nullable Supplier<SceneView> view;
  private long frames;

  /** The scene of a fixed camera; {@code start} as below. */
  public SceneEncoder(SceneOptions options, Instant start) {
    this(options, start, null);
  }

  /**
   * @param start UTC of the first frame; the sound ticks by it
   * @param view asked for each frame where the dome looks; null for a fixed camera
   */
  public SceneEncoder(SceneOptions options, Instant start, @Nullable Supplier<SceneView> view) {
    this.options = options;
    this.view = view;
    painter = new ScenePainter(options, view != null);
    picture = new RgbPicture(options.width(), options.height());
    video =
        new H264Encoder(
            new H264Encoder.Options(
                options.width(),
                options.height(),
                options.framesPerSecond(),
                options.framesPerSecond(),
                options.bitsPerSecond()));
    sound = options.sound() ? new SceneSound(start) : null;
  }

  public StreamFormat format() {
    return new StreamFormat(
        sound == null ? List.of(video.format()) : List.of(video.format(), sound.format()));
  }

  /** How many frames were made. */
  public long frames() {
    return frames;
  }

  /**
   * Makes the next frame and the sound up to it.
   *
   * @param utc drawn into the picture, and the units' arrival
   * @param nanos the units' arrival on the monotonic clock
   */
  public void next(Instant utc, long nanos, Consumer<AccessUnit> units) {
    long frame = frames++;
    long pts = frame * (video.format().clockRate() / options.framesPerSecond());
    video.encode(
        picture.of(painter.paint(utc, frame, view == null ? null : view.get())),
        frame,
        false,
        (key, data) -> units.accept(new AccessUnit(VIDEO, pts, pts, key, data, utc, nanos)));
    if (sound != null) {
      long until = MediaTime.rescale(frames, options.framesPerSecond(), SceneSound.RATE);
      sound.advance(
          until,
          (time, data) -> units.accept(new AccessUnit(SOUND, time, time, true, data, utc, nanos)));
    }
  }

  /** Makes frames as fast as it can; their clock begins at {@code start}. */
  public static List<AccessUnit> encode(SceneOptions options, Instant start, int frames) {
    List<AccessUnit> units = new ArrayList<>();
    try (SceneEncoder encoder = new SceneEncoder(options, start)) {
      for (int i = 0; i < frames; i++) {
        Duration offset = MediaTime.duration(i, options.framesPerSecond());
        encoder.next(start.plus(offset), offset.toNanos(), units::add);
      }
    }
    return units;
  }

  @Override
  public void close() {
    video.close();
    picture.close();
    if (sound != null) {
      sound.close();
    }
  }
}
