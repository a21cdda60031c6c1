package kg.sakchy.core.camera;

import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The streams a camera can have. The recorded one is {@link #MAIN}; {@link #SUB} is its small twin
 * for walls and analytics.
 */
public enum StreamName {
  MAIN,
  SUB;

  /** Lower-case name, as in URLs and object keys. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reverse of {@link #code()}. */
  public static StreamName of(String code) {
    for (StreamName name : values()) {
      if (name.code().equals(code)) {
        return name;
      }
    }
    throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a stream is main or sub");
  }
}
