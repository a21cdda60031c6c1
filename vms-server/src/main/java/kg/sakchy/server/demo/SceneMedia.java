package kg.sakchy.server.demo;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.ffmpeg.LiveScene;
import kg.sakchy.ffmpeg.SceneEncoder;
import kg.sakchy.ffmpeg.SceneOptions;
import kg.sakchy.ffmpeg.SceneView;
import kg.sakchy.sim.SimMedia;
import org.jspecify.annotations.Nullable;

/** A scene drawn and encoded while it is watched, with a running UTC clock in the picture. */
final class SceneMedia implements SimMedia {
  private final SceneOptions options;
  private final VmsClock clock;
  private final @Nullable Supplier<SceneView> view;
  private final List<TrackFormat> formats;

  /** The scene of a fixed camera. */
  SceneMedia(SceneOptions options, VmsClock clock) {
    this(options, clock, null);
  }

  /**
   * @param view asked for each frame where the dome looks; null for a fixed camera
   */
  SceneMedia(SceneOptions options, VmsClock clock, @Nullable Supplier<SceneView> view) {
    this.options = options;
    this.clock = clock;
    this.view = view;
    try (SceneEncoder encoder = new SceneEncoder(options, clock.now())) {
      formats = encoder.format().tracks();
    }
  }

  @Override
  public List<TrackFormat> formats() {
    return formats;
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    LiveScene scene =
        LiveScene.start(
            options,
            clock,
            view,
            new StreamListener() {
              @Override
              public void onFormat(StreamFormat format) {} // known beforehand

              @Override
              public void onUnit(AccessUnit unit) {
                try {
                  loop.execute(
                      () ->
                          listener.sample(unit.track(), unit.pts(), unit.keyFrame(), unit.data()));
                } catch (RejectedExecutionException e) {
                  // the server of the cameras is closing; its scenes end next
                }
              }
            });
    return scene::close;
  }
}
