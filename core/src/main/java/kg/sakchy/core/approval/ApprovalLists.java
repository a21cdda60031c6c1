package kg.sakchy.core.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Who sees which requests: his own, and those over cameras where he approves or audits.
 *
 * <p>Threads: safe for use by many threads; calls block (database).
 */
public final class ApprovalLists {
  /** So many open requests are looked at for a page; the page may then be short. */
  private static final int LOOKED_AT = 1_000;

  private final ApprovalStore store;
  private final AccessPolicy policy;
  private final Independence independence;

  public ApprovalLists(ApprovalStore store, AccessPolicy policy, AccountStore accounts) {
    this.store = store;
    this.policy = policy;
    this.independence = new Independence(policy, accounts);
  }

  /**
   * A page of requests.
   *
   * @param items of the page
   * @param next what to give for the next page, or null when this is the last
   */
  public record Page(List<Approval> items, @Nullable Long next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * What somebody asked for, the newest first.
   *
   * @param next of the page before, or null for the first page
   * @param limit at most this many, 1 to 500
   */
  public Page own(Caller caller, @Nullable Long next, int limit) {
    List<Approval> items =
        store.ofRequester(caller.account(), next == null ? Long.MAX_VALUE : next, limit);
    return new Page(items, items.size() < limit ? null : items.getLast().number());
  }

  /** What waits for somebody to decide on, the oldest first; as {@link #own}. */
  public Page waiting(Caller caller, @Nullable Long next, int limit) {
    return open(
        each ->
            !each.request().requester().equals(caller.account())
                && independence.mayDecide(caller, camera(each)),
        next,
        limit);
  }

  /** What was urgent and nobody has looked at yet, the oldest first; as {@link #own}. */
  public Page unreviewed(Caller caller, @Nullable Long next, int limit) {
    return open(each -> each.isUnreviewed() && oversees(caller, camera(each)), next, limit);
  }

  /**
   * One request.
   *
   * @throws VmsException NOT_FOUND also when it is not his to see
   */
  public Approval find(Caller caller, long number) {
    return store
        .find(number)
        .filter(
            found ->
                found.request().requester().equals(caller.account())
                    || oversees(caller, camera(found)))
        .orElseThrow(() -> ApprovalDesk.missing(number));
  }

  private Page open(Predicate<Approval> wanted, @Nullable Long next, int limit) {
    List<Approval> open = store.open(next == null ? 0 : next, LOOKED_AT);
    List<Approval> items = new ArrayList<>();
    for (Approval each : open) {
      if (items.size() == limit) {
        return new Page(items, items.getLast().number());
      }
      if (wanted.test(each)) {
        items.add(each);
      }
    }
    return new Page(items, open.size() < LOOKED_AT ? null : open.getLast().number());
  }

  private boolean oversees(Caller caller, CameraId camera) {
    return independence.mayDecide(caller, camera)
        || (caller.scope().contains(Right.AUDIT)
            && policy.allows(caller.account(), Right.AUDIT, camera));
  }

  private static CameraId camera(Approval approval) {
    return approval.request().act().camera();
  }
}
