package kg.sakchy.core.organisation;

import java.util.Locale;

/** Levels of the organisation. A unit's kind comes after that of the unit above it. */
public enum UnitKind {
  /** The top; there is one. */
  MINISTRY,
  REGION,
  DISTRICT,
  /** A place with cameras: a school, a junction. Nothing is below it but cameras. */
  SITE;

  /** Whether a unit of this kind can stand right below one of another kind. */
  public boolean canStandBelow(UnitKind above) {
    return compareTo(above) > 0;
  }

  /** Lower-case name, as in the API and in tables. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
