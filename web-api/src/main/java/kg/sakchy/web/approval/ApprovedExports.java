package kg.sakchy.web.approval;

import kg.sakchy.core.approval.ApprovedActs;
import kg.sakchy.core.approval.GuardedAct;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Call;

/**
 * Asks, before recordings are taken away, for the approval of a second person where that takes one.
 * It is given to a person, and so a media token has none: who it was handed to is nobody's business
 * of those who approved.
 *
 * <p>Threads: safe for use by many threads; blocks as {@link ApprovedActs} does.
 */
public final class ApprovedExports {
  private final ApprovedActs acts;

  public ApprovedExports(ApprovedActs acts) {
    this.acts = acts;
  }

  /**
   * Requires that the caller may take a range of the camera of the path away.
   *
   * @throws VmsException PERMISSION_DENIED
   */
  public void require(Call call, TimeRange range) {
    GuardedAct act = new GuardedAct(GuardedAct.Kind.EXPORT, call.camera(), range);
    if (acts.takesApproval(act)) {
      requireNoToken(call);
      acts.require(call.caller(), act);
    }
  }

  /**
   * The caller begins to take it away.
   *
   * @throws VmsException as {@link #require}; UNAVAILABLE when it cannot be recorded
   */
  public void use(Call call, TimeRange range) {
    GuardedAct act = new GuardedAct(GuardedAct.Kind.EXPORT, call.camera(), range);
    if (acts.takesApproval(act)) {
      requireNoToken(call);
      acts.use(call.caller(), act);
    }
  }

  private static void requireNoToken(Call call) {
    if (call.parameter(MediaRights.PARAMETER) != null) {
      throw new VmsException(
          ErrorKind.PERMISSION_DENIED,
          "recordings of this camera take the approval of a second person, and so no media token");
    }
  }
}
