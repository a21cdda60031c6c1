package kg.sakchy.core.audit;

import java.util.Locale;

/** What people do that others may have to answer for. */
public enum AuditAction {
  SIGN_IN,
  SIGN_OUT,
  /** Something was asked for that no right covers; always refused, details say how often. */
  ACCESS,
  /** Pictures of the present; details say from when to when they were delivered. */
  VIEW_LIVE,
  /** Recordings; details say which stretches were really delivered. */
  VIEW_ARCHIVE,
  /** A media token was given out: a right that travels without its owner. */
  SHARE,
  STEER,
  TALK,
  EXPORT,
  SEARCH_FACES,
  SEARCH_PLATES,
  CHANGE_CAMERA,
  CHANGE_ORGANISATION,
  CHANGE_ACCOUNT,
  CHANGE_ROLE,
  /** A request for, an approval of, or the use of a permission by four eyes. */
  APPROVAL,
  /** The audit itself was read. */
  READ_AUDIT,
  /** The server started, stopped, or changed its own keys or settings. */
  SYSTEM;

  /** Lower-case name, as in the API and in tables. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
