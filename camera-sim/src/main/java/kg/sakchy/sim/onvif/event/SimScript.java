package kg.sakchy.sim.onvif.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens on a device, and when.
 *
 * @param steps in their order
 * @param repeated whether it begins again after the last step
 */
public record SimScript(List<Step> steps, boolean repeated) {
  /**
   * A step.
   *
   * @param after since the step before
   * @param what done on the loop; quick
   */
  public record Step(Duration after, Consumer<SimEvents> what) {}

  /** Nothing yet. */
  public static SimScript empty() {
    return new SimScript(List.of(), false);
  }

  /** With another step behind the others. */
  public SimScript then(Duration after, Consumer<SimEvents> what) {
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(after, what));
    return new SimScript(List.copyOf(more), repeated);
  }

  /** The same again and again. */
  public SimScript forever() {
    return new SimScript(steps, true);
  }

  /** Motion that begins and ends, for ever. */
  public static SimScript motion(Duration pause, Duration length) {
    return empty()
        .then(pause, events -> events.motion(true))
        .then(length, events -> events.motion(false))
        .forever();
  }
}
