package kg.sakchy.onvif.ptz;

import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;

/**
 * A command, who gave it, and whom to tell what became of it.
 *
 * @param command what is wanted
 * @param operator who wants it
 * @param done completes when the camera has taken it or a later one replaced it
 */
record SteeringOrder(PtzCommand command, String operator, CompletableFuture<Void> done) {
  static SteeringOrder of(PtzCommand command, String operator) {
    return new SteeringOrder(command, operator, new CompletableFuture<>());
  }

  /** Whether it makes the dome turn or zoom, so that a stop takes it back. */
  boolean isMovement() {
    return switch (command) {
      case PtzCommand.Velocity v -> true;
      case PtzCommand.Absolute a -> true;
      case PtzCommand.Relative r -> true;
      case PtzCommand.Centre c -> true;
      case PtzCommand.Frame f -> true;
      case PtzCommand.GoToPreset p -> true;
      case PtzCommand.GoHome h -> true;
      case PtzCommand.Stop s -> false;
      case PtzCommand.SetPreset p -> false;
      case PtzCommand.RemovePreset p -> false;
      case PtzCommand.SetHome h -> false;
      case PtzCommand.Tour t -> false;
      case PtzCommand.Auxiliary a -> false;
      case PtzCommand.Focus f -> false;
      case PtzCommand.AutoFocus f -> false;
      case PtzCommand.Iris i -> false;
      case PtzCommand.DayNight d -> false;
    };
  }

  /** A stop came before it was sent: a replaced velocity is in order, a lost position is not. */
  void takenBack() {
    if (command instanceof PtzCommand.Velocity) {
      done.complete(null);
    } else {
      done.completeExceptionally(
          new VmsException(ErrorKind.CANCELLED, "the dome was stopped before it went there"));
    }
  }

  /** What becomes of this becomes of the other. */
  void alsoFor(SteeringOrder other) {
    done.whenComplete(
        (nothing, error) -> {
          if (error == null) {
            other.done.complete(null);
          } else {
            other.done.completeExceptionally(error);
          }
        });
  }
}
