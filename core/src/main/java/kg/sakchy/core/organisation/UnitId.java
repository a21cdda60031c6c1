package kg.sakchy.core.organisation;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Names a unit of the organisation for ever; never given to another one.
 *
 * @param value 1 or more
 */
public record UnitId(long value) implements Comparable<UnitId> {
  /** The top of the tree, which always exists. */
  public static final UnitId ROOT = new UnitId(1);

  public UnitId {
    if (value < 1) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a unit's id is 1 or more");
    }
  }

  @Override
  public int compareTo(UnitId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
