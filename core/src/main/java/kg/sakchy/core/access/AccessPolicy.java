package kg.sakchy.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.organisation.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * Says who may do what. It is asked by every way in (REST, sockets, HLS, RTSP, events), and there
 * is no other place that decides.
 *
 * <p>What is not allowed by a role that holds now is refused. A disabled account has no rights.
 *
 * <p>Threads: safe for use by many threads; answers from memory, does not block. Before the rights
 * were read for the first time nothing is allowed; while the database is away the last ones known
 * hold.
 */
public interface AccessPolicy {
  /** Whether somebody has a right over a camera now. */
  boolean allows(AccountId account, Right right, CameraId camera);

  /** Whether somebody has a right over all of a part of the organisation now. */
  boolean allows(AccountId account, Right right, UnitId unit);

  /** Whether somebody has a right anywhere now. */
  boolean allowsSomewhere(AccountId account, Right right);

  /**
   * Since when recordings of a camera may be seen or taken away; nothing when not at all.
   *
   * @param right {@link Right#VIEW_ARCHIVE} or {@link Right#EXPORT}
   * @return {@link Instant#MIN} without a limit
   */
  Optional<Instant> archiveSince(AccountId account, Right right, CameraId camera);

  /**
   * Whether what a right allows takes, at a camera, the approval of a second person as well,
   * whoever does it. Recordings of schools and kindergartens are taken away by two people; whose
   * camera it is says the class of the site it belongs to.
   */
  boolean needsApproval(Right right, CameraId camera);

  /** With how much weight somebody steers a camera: the highest of the roles that allow it. */
  int steerPriority(AccountId account, CameraId camera);

  /**
   * One page of the cameras over which somebody has a right, in the order of ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many
   */
  List<CameraId> cameras(AccountId account, Right right, @Nullable CameraId after, int limit);

  /**
   * Calls {@code listener} after every change of rights, of the organisation and at the edges of
   * time of assignments, within a second: what goes on is checked again then. It must be quick.
   */
  AutoCloseable onChange(Runnable listener);
}
