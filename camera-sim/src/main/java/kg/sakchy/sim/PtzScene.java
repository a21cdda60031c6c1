package kg.sakchy.sim;

import java.util.function.Supplier;

/**
 * A scene that a pan-tilt-zoom camera looks at: who renders it asks for the position at each
 * picture. Implemented outside this module, where pictures can be made.
 */
public interface PtzScene extends SimMedia {
  /**
   * The camera's head from now on; called once, before the scene is played.
   *
   * @param head where it looks at this moment; may be asked from any thread
   */
  void follow(Supplier<PtzPosition> head);
}
