package kg.sakchy.core.audit;

import java.time.Instant;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Has it recorded what a viewer is shown, the present and the archive each as one act however often
 * he goes from one to the other, or pauses; and what he is refused.
 *
 * <p>Threads: the viewer's, one at a time; but {@link #delivered} from any.
 */
public final class Witness implements AutoCloseable {
  private final LastingActs acts;
  private final RefusedActs refused;
  private final Actor actor;
  private final CameraId camera;
  private final String way;
  private LastingActs.@Nullable Hold live;
  private LastingActs.@Nullable Hold archive;
  private volatile LastingActs.@Nullable Hold current;

  /**
   * @param way by which protocol, such as {@code websocket}
   */
  public Witness(LastingActs acts, RefusedActs refused, Actor actor, CameraId camera, String way) {
    this.acts = acts;
    this.refused = refused;
    this.actor = actor;
    this.camera = camera;
    this.way = way;
  }

  /** Who watches. */
  public Actor actor() {
    return actor;
  }

  /**
   * The present is shown next.
   *
   * @throws kg.sakchy.core.error.VmsException when that cannot be recorded: it must not be shown
   */
  public void live() {
    LastingActs.Hold hold = live;
    if (hold == null) {
      hold = begin(AuditAction.VIEW_LIVE);
      live = hold;
    }
    current = hold;
  }

  /**
   * The archive is shown next.
   *
   * @throws kg.sakchy.core.error.VmsException when that cannot be recorded: it must not be shown
   */
  public void archive() {
    LastingActs.Hold hold = archive;
    if (hold == null) {
      hold = begin(AuditAction.VIEW_ARCHIVE);
      archive = hold;
    }
    current = hold;
  }

  private LastingActs.Hold begin(AuditAction action) {
    return acts.begin(new LastingAct(actor, action, camera, way));
  }

  /** Pictures of a stretch of UTC were sent; an empty one is left out. */
  public void delivered(Instant from, Instant to) {
    LastingActs.Hold hold = current;
    if (hold != null && from.isBefore(to)) {
      hold.delivered(new TimeRange(from, to));
    }
  }

  /** He asked for what he may not see. */
  public void refused(Right lacking) {
    refused.refused(actor, lacking.code(), "camera " + camera);
  }

  /** He sees nothing any more. Idempotent. */
  @Override
  public void close() {
    if (live != null) {
      live.close();
    }
    if (archive != null) {
      archive.close();
    }
  }
}
