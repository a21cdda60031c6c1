package kg.sakchy.server.demo;

import java.util.function.Supplier;
import kg.sakchy.ffmpeg.SceneView;
import kg.sakchy.sim.PtzPosition;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulated dome looks, for the painter of its scene: straight ahead until it has a head.
 *
 * <p>Threads: safe for use by many threads.
 */
final class DomeView implements Supplier<SceneView> {
  private static final SceneView AHEAD = new SceneView(0, 0, 1);

  private volatile @Nullable Supplier<PtzPosition> head;

  /** From now on this head turns the view. */
  void follow(Supplier<PtzPosition> turning) {
    head = turning;
  }

  @Override
  public SceneView get() {
    Supplier<PtzPosition> turning = head;
    if (turning == null) {
      return AHEAD;
    }
    PtzPosition now = turning.get();
    return new SceneView(now.panDegrees(), now.tiltDegrees(), now.zoomFactor());
  }
}
