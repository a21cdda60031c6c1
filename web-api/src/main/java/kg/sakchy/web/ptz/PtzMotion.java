package kg.sakchy.web.ptz;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ptz.PtzCommand;

/**
 * What one operator has set in motion and not stopped: what must be stopped when he is lost.
 *
 * <p>Threads: one.
 */
final class PtzMotion {
  private boolean moving;
  private boolean focusing;

  /** Takes note of a command on its way to the dome. */
  void sent(PtzCommand command) {
    switch (command) {
      case PtzCommand.Velocity(double pan, double tilt, double zoom) ->
          moving = pan != 0 || tilt != 0 || zoom != 0;
      case PtzCommand.Focus(double speed) -> focusing = speed != 0;
      case PtzCommand.AutoFocus auto -> focusing = false;
      case PtzCommand.Stop stop -> moving = false;
      case PtzCommand.Absolute absolute -> moving = false;
      case PtzCommand.Relative relative -> moving = false;
      case PtzCommand.Centre centre -> moving = false;
      case PtzCommand.Frame frame -> moving = false;
      case PtzCommand.GoToPreset preset -> moving = false;
      case PtzCommand.GoHome home -> moving = false;
      case PtzCommand.Tour tour -> moving = false;
      case PtzCommand.SetPreset preset -> {}
      case PtzCommand.RemovePreset preset -> {}
      case PtzCommand.SetHome home -> {}
      case PtzCommand.Auxiliary auxiliary -> {}
      case PtzCommand.Iris iris -> {}
      case PtzCommand.DayNight dayNight -> {}
    }
  }

  boolean isUnderWay() {
    return moving || focusing;
  }

  /** The commands that end it; from then on nothing is under way. */
  List<PtzCommand> end() {
    List<PtzCommand> commands = new ArrayList<>();
    if (moving) {
      commands.add(new PtzCommand.Stop());
    }
    if (focusing) {
      commands.add(new PtzCommand.Focus(0));
    }
    moving = false;
    focusing = false;
    return commands;
  }
}
