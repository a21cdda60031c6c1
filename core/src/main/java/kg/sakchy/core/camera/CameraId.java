package kg.sakchy.core.camera;

import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Names a camera for ever; part of object keys and URLs, so lower-case letters, digits and hyphens
 * only.
 *
 * @param value 1 to 63 characters, beginning with a letter or digit
 */
public record CameraId(String value) implements Comparable<CameraId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public CameraId {
    if (!FORM.matcher(value).matches()) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "a camera id has 1 to 63 lower-case letters, digits or hyphens and begins with a letter"
              + " or digit");
    }
  }

  @Override
  public int compareTo(CameraId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
