package kg.sakchy.web.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.organisation.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may: what the policy allows the account, within the scope of the way it came in.
 *
 * <p>Threads: safe for use by many threads; answers from memory, does not block.
 */
public final class Permissions {
  /** Who has one of these over a camera knows that it exists. */
  static final Set<Right> SEEING =
      EnumSet.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.MANAGE_CAMERAS);

  private final AccessPolicy policy;

  public Permissions(AccessPolicy policy) {
    this.policy = policy;
  }

  public boolean allows(Caller caller, Right right, CameraId camera) {
    return caller.scope().contains(right) && policy.allows(caller.account(), right, camera);
  }

  public boolean allows(Caller caller, Right right, UnitId unit) {
    return caller.scope().contains(right) && policy.allows(caller.account(), right, unit);
  }

  /** Whether the caller has a right over anything. */
  boolean allowsSomewhere(Caller caller, Right right) {
    return caller.scope().contains(right) && policy.allowsSomewhere(caller.account(), right);
  }

  /** Whether the caller may know of a camera. */
  public boolean sees(Caller caller, CameraId camera) {
    return allowsAny(caller, SEEING, camera);
  }

  /** Whether the caller may know of a unit: who has any right over it. */
  boolean sees(Caller caller, UnitId unit) {
    return allowsAny(caller, EnumSet.allOf(Right.class), unit);
  }

  boolean allowsAny(Caller caller, Set<Right> rights, CameraId camera) {
    return rights.stream().anyMatch(right -> allows(caller, right, camera));
  }

  boolean allowsAny(Caller caller, Set<Right> rights, UnitId unit) {
    return rights.stream().anyMatch(right -> allows(caller, right, unit));
  }

  /**
   * One page of the cameras the caller may know of, in the order of ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many; fewer are the last page
   */
  public List<CameraId> seen(Caller caller, @Nullable CameraId after, int limit) {
    return cameras(caller, SEEING, after, limit);
  }

  /** As {@link #seen} for cameras over which the caller has one of some rights. */
  public List<CameraId> cameras(
      Caller caller, Set<Right> anyOf, @Nullable CameraId after, int limit) {
    TreeSet<CameraId> page = new TreeSet<>();
    for (Right right : anyOf) {
      if (caller.scope().contains(right)) {
        page.addAll(policy.cameras(caller.account(), right, after, limit));
      }
    }
    return page.stream().limit(limit).toList();
  }

  /** With how much weight the caller steers a camera. */
  public int steerPriority(Caller caller, CameraId camera) {
    return policy.steerPriority(caller.account(), camera);
  }
}
