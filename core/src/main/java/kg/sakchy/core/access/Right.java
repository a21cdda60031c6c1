package kg.sakchy.core.access;

import java.util.Locale;

/** What somebody may do with the cameras and people of a part of the organisation. */
public enum Right {
  /** See and hear the present. */
  VIEW_LIVE,
  /** See and hear recordings, as far back as the role says. */
  VIEW_ARCHIVE,
  /** Steer a camera; a role of higher priority takes over. */
  STEER,
  /** Speak through a camera. */
  TALK,
  /** Take recordings away. */
  EXPORT,
  SEARCH_FACES,
  SEARCH_PLATES,
  /** Register, change and remove cameras and units. */
  MANAGE_CAMERAS,
  /** Make accounts and give them roles. */
  MANAGE_PEOPLE,
  /** Approve, as the second person, what nobody does alone. */
  APPROVE,
  /** Read who did what. */
  AUDIT;

  /** Lower-case name, as in the API and in tables. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
