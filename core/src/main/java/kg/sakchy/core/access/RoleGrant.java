package kg.sakchy.core.access;

import kg.sakchy.core.organisation.UnitId;

/**
 * A role over a part of the organisation, for nobody in particular yet.
 *
 * @param role its name
 * @param unit over this unit and everything below it
 */
public record RoleGrant(String role, UnitId unit) {
  @Override
  public String toString() {
    return role + " over " + unit;
  }
}
