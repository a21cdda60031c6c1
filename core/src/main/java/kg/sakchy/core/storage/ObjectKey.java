package kg.sakchy.core.storage;

import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Names an object in the store: relative, with slashes, safe as a path on every file system and as
 * an S3 key without escaping.
 *
 * @param value 1 to 500 characters
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*");

  public ObjectKey {
    if (value.length() > 500 || !FORM.matcher(value).matches()) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not an object key: " + value);
    }
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
