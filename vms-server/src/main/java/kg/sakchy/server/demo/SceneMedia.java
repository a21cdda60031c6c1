package kg.sakchy.server.demo;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.ffmpeg.LiveScene;
import kg.sakchy.ffmpeg.SceneEncoder;
import kg.sakchy.ffmpeg.SceneOptions;
import kg.sakchy.sim.SimMedia;

/** A scene drawn and encoded while it is watched, with a running UTC clock in the picture. */
final class SceneMedia implements SimMedia {
  private final SceneOptions options;
  private final VmsClock clock;
  private final List<TrackFormat> formats;

  SceneMedia(SceneOptions options, VmsClock clock) {
    this.options = options;
    this.clock = clock;
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
