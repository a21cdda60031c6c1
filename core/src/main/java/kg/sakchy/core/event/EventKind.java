package kg.sakchy.core.event;

import java.util.Locale;

/** What an event is about, whatever words the camera's maker uses for it. */
public enum EventKind {
  MOTION,
  /** Picture covered, blurred, too dark, too bright or turned away. */
  TAMPER,
  LINE_CROSSING,
  /** Somebody or something in a field, loitering, left or taken objects. */
  FIELD,
  DIGITAL_INPUT,
  AUDIO,
  PLATE,
  FACE,
  /** A person or a vehicle told by the camera's own analytics. */
  OBJECT,
  COUNTING,
  /** State of the camera's own recording. */
  EDGE_RECORDING,
  /** The camera's storage failed, is full or missing. */
  STORAGE,
  /** Remarked by us: reachable or not, login, clock, firmware, address. */
  HEALTH,
  /** Temperature, fan, power, restart: the device about itself. */
  DEVICE,
  /** Anything else; the topic tells. */
  OTHER;

  /** Lower-case name, as in the API and the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
