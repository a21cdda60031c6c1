package kg.sakchy.ffmpeg;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The test scene in real time, on a platform thread of its own, to one listener. A machine that is
 * too slow falls behind; it leaves nothing out.
 *
 * <p>Threads: {@link StreamListener#onFormat} and {@link StreamListener#onUnit} are called on the
 * scene's thread, and may take the time of a frame. After {@link #close} no call is made.
 */
public final class LiveScene implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveScene.class);

  private final VmsClock clock;
  private final SceneOptions options;
  private final StreamListener listener;
  private final SceneEncoder encoder;
  private final StreamFormat format;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private LiveScene(
      SceneOptions options,
      VmsClock clock,
      @Nullable Supplier<SceneView> view,
      StreamListener listener) {
    this.clock = clock;
    this.options = options;
    this.listener = listener;
    encoder = new SceneEncoder(options, clock.now(), view);
    format = encoder.format();
    thread = Thread.ofPlatform().name("scene-" + options.name()).daemon().unstarted(this::run);
  }

  /**
   * Starts a scene.
   *
   * @param clock drawn into the picture
   * @param view asked for each frame where the dome looks; null for a fixed camera
   */
  public static LiveScene start(
      SceneOptions options,
      VmsClock clock,
      @Nullable Supplier<SceneView> view,
      StreamListener listener) {
    LiveScene scene = new LiveScene(options, clock, view, listener);
    scene.thread.start();
    return scene;
  }

  /** What the listener is told first. */
  public StreamFormat format() {
    return format;
  }

  private void run() {
    try (encoder) {
      listener.onFormat(format);
      long begin = clock.nanoTime();
      while (!closing.await(untilNextFrame(begin), TimeUnit.NANOSECONDS)) {
        encoder.next(clock.now(), clock.nanoTime(), listener::onUnit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the scene {} ends", options.name(), e);
    }
  }

  private long untilNextFrame(long begin) {
    Duration due = MediaTime.duration(encoder.frames(), options.framesPerSecond());
    return Math.max(0, begin + due.toNanos() - clock.nanoTime());
  }

  /** Ends the scene and waits for its thread, unless called from the listener. */
  @Override
  public void close() {
    closing.countDown();
    if (Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
