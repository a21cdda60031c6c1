package kg.sakchy.core.organisation;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The way from the top of the tree to a unit, both included.
 *
 * @param units not empty, the top first
 */
public record UnitPath(List<UnitId> units) {
  /** The way to the top itself. */
  public static final UnitPath TOP = new UnitPath(List.of(UnitId.ROOT));

  public UnitPath {
    units = List.copyOf(units);
    if (units.isEmpty()) {
      throw new VmsException(ErrorKind.INTERNAL, "a path without units");
    }
  }

  /** The way to a unit right below. */
  public UnitPath to(UnitId below) {
    List<UnitId> longer = new ArrayList<>(units);
    longer.add(below);
    return new UnitPath(longer);
  }

  /** The unit it leads to. */
  public UnitId unit() {
    return units.getLast();
  }

  /** Whether the unit is on the way: itself, or above. */
  public boolean isWithin(UnitId above) {
    return units.contains(above);
  }
}
