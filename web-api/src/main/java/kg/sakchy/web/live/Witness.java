package kg.sakchy.web.live;

import java.time.Instant;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.LastingAct;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Has it recorded what a viewer is shown, the present and the archive each as one act however often
 * he goes from one to the other.
 *
 * <p>Threads: the viewer's.
 */
final class Witness implements AutoCloseable {
  private final LastingActs acts;
  private final LastingAct watching;
  private LastingActs.@Nullable Hold live;
  private LastingActs.@Nullable Hold archive;
  private LastingActs.@Nullable Hold current;

  /**
   * @param watching who watches what, live
   */
  Witness(LastingActs acts, LastingAct watching) {
    this.acts = acts;
    this.watching = watching;
  }

  /**
   * The present is shown next.
   *
   * @throws kg.sakchy.core.error.VmsException when that cannot be recorded: it must not be shown
   */
  void live() {
    LastingActs.Hold hold = live;
    if (hold == null) {
      hold = acts.begin(watching);
      live = hold;
    }
    current = hold;
  }

  /**
   * The archive is shown next.
   *
   * @throws kg.sakchy.core.error.VmsException when that cannot be recorded: it must not be shown
   */
  void archive() {
    LastingActs.Hold hold = archive;
    if (hold == null) {
      hold =
          acts.begin(
              new LastingAct(
                  watching.actor(),
                  watching.origin(),
                  AuditAction.VIEW_ARCHIVE,
                  watching.camera(),
                  watching.way()));
      archive = hold;
    }
    current = hold;
  }

  /** Pictures of a stretch of UTC were sent; an empty one is left out. */
  void delivered(Instant from, Instant to) {
    LastingActs.Hold hold = current;
    if (hold != null && from.isBefore(to)) {
      hold.delivered(new TimeRange(from, to));
    }
  }

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
