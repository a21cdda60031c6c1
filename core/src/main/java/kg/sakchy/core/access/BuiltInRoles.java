package kg.sakchy.core.access;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The roles of a new server. They are a beginning: administrators change and remove them as any
 * other.
 */
public final class BuiltInRoles {
  /** Manages cameras and people; does not read the audit, and searches for nobody. */
  public static final Role ADMINISTRATOR =
      new Role(
          "administrator",
          Set.of(
              Right.VIEW_LIVE,
              Right.VIEW_ARCHIVE,
              Right.STEER,
              Right.TALK,
              Right.EXPORT,
              Right.MANAGE_CAMERAS,
              Right.MANAGE_PEOPLE),
          null,
          50);

  /** Watches, steers, and goes back a day. */
  public static final Role OPERATOR =
      new Role(
          "operator",
          Set.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.STEER),
          Duration.ofDays(1),
          10);

  /** Takes cameras over from operators, speaks, goes back a week and takes clips away. */
  public static final Role SENIOR_OPERATOR =
      new Role(
          "senior operator",
          Set.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.STEER, Right.TALK, Right.EXPORT),
          Duration.ofDays(7),
          60);

  /** Searches the whole archive and takes evidence away. */
  public static final Role INVESTIGATOR =
      new Role(
          "investigator",
          Set.of(
              Right.VIEW_LIVE,
              Right.VIEW_ARCHIVE,
              Right.EXPORT,
              Right.SEARCH_FACES,
              Right.SEARCH_PLATES),
          null,
          0);

  /** Reads who did what, and sees again what they saw. */
  public static final Role AUDITOR =
      new Role("auditor", Set.of(Right.AUDIT, Right.VIEW_ARCHIVE), null, 0);

  /** The second person: sees what is asked for, and approves or refuses it. */
  public static final Role APPROVER =
      new Role("approver", Set.of(Right.APPROVE, Right.VIEW_ARCHIVE), null, 0);

  /** All of them. */
  public static final List<Role> ALL =
      List.of(ADMINISTRATOR, OPERATOR, SENIOR_OPERATOR, INVESTIGATOR, AUDITOR, APPROVER);

  private BuiltInRoles() {}
}
