package kg.sakchy.core.camera;

import java.util.Locale;

/** What kind of place a camera watches. */
public enum SiteClass {
  STREET,
  TOURIST_AREA,
  SCHOOL,
  KINDERGARTEN,
  JUNCTION,
  OTHER;

  /** Lower-case name, as in the API and in tables. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
