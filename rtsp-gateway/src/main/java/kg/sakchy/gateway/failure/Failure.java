package kg.sakchy.gateway.failure;

import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.Interruption;

/**
 * Why an attempt to pull a stream ended.
 *
 * @param cause whose fault it is
 * @param kind the class of the error
 * @param message one sentence for people, without credentials
 */
public record Failure(GapCause cause, ErrorKind kind, String message) {
  /** The camera's fault: it answered wrongly, refused, fell silent or sent what is of no use. */
  public static Failure camera(ErrorKind kind, String message) {
    return new Failure(GapCause.CAMERA, kind, message);
  }

  /** The network's fault: the camera cannot be reached, or not any more. */
  public static Failure network(ErrorKind kind, String message) {
    return new Failure(GapCause.NETWORK, kind, message);
  }

  /** What the parsers of camera data throw, and what cannot be done with an answer. */
  public static Failure of(VmsException error) {
    String message = String.valueOf(error.getMessage());
    return camera(
        error.kind(),
        error.kind() == ErrorKind.DATA_LOSS
            ? "the camera sent what cannot be read: " + message
            : message);
  }

  public Interruption toInterruption(Instant at) {
    return new Interruption(cause, kind, message, at);
  }
}
