package kg.sakchy.core.recording;

import java.util.Locale;

/** Whose fault a gap is. */
public enum GapCause {
  /** The camera answered wrongly, refused, fell silent or sent what cannot be recorded. */
  CAMERA,
  /** The camera could not be reached, or packets were lost on the way. */
  NETWORK,
  /** The spool was full, or the disk failed or was too slow. */
  STORAGE,
  /** Somebody stopped the recording or the server, or changed the camera's address. */
  OPERATOR,
  /** The recording schedule says not now. */
  SCHEDULE,
  /** The server's clock was set; the seconds between do not exist. */
  CLOCK,
  /** The server was not running and nobody stopped it: a crash or a loss of power. */
  SERVER,
  /** Found by the reconciler, and nobody knows why. */
  UNKNOWN;

  /** Lower-case name, as in the API and the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
