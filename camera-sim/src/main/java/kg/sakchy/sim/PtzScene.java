package kg.sakchy.sim;

import java.util.function.Supplier;

/**
 * A scene that a pan-tilt-zoom camera looks at: who renders it asks for the position at each
 * picture. Implemented outside this module, where pictures can be made.
 */
public interface PtzScene extends SimMedia {
  /**
   * The camera's head from now on. A device added to an {@code OnvifSim} calls it for the scenes of
   * its cameras, before anybody knows their addresses.
   *
   * @param head where it looks at this moment; may be asked from any thread
   */
  void follow(Supplier<PtzPosition> head);
}
