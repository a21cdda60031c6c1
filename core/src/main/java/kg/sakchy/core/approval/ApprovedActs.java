package kg.sakchy.core.approval;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Asked before each act that may take two people: is it approved? Each use is counted and recorded
 * in one transaction, before the act begins.
 *
 * <p>Threads: safe for use by many threads. Answers from memory for acts that take no approval, and
 * blocks for others (database).
 */
public final class ApprovedActs {
  private final ApprovalStore store;
  private final AccessPolicy policy;
  private final Independence independence;
  private final AuditLog log;
  private final VmsClock clock;

  public ApprovedActs(
      ApprovalStore store,
      AccessPolicy policy,
      AccountStore accounts,
      AuditLog log,
      VmsClock clock) {
    this.store = store;
    this.policy = policy;
    this.independence = new Independence(policy, accounts);
    this.log = log;
    this.clock = clock;
  }

  /** Whether an act takes the approval of a second person, whoever does it. */
  public boolean takesApproval(GuardedAct act) {
    return policy.needsApproval(act.kind().right(), act.camera());
  }

  /**
   * Requires that somebody may do something now, without doing it.
   *
   * @throws VmsException PERMISSION_DENIED when nobody approved it, or not for now
   */
  public void require(Caller caller, GuardedAct act) {
    if (takesApproval(act)) {
      usable(caller, act, clock.now());
    }
  }

  /**
   * Somebody begins to do something now: his approval is used once. What follows within the hour
   * belongs to the same use.
   *
   * @throws VmsException as {@link #require}; UNAVAILABLE when it cannot be recorded: it must not
   *     be done then
   */
  public void use(Caller caller, GuardedAct act) {
    if (!takesApproval(act)) {
      return;
    }
    Instant now = clock.now();
    Approval usable = usable(caller, act, now);
    Grant grant = usable.grant();
    if (grant == null || !grant.isInUse(now)) {
      log.inOneAct(
          ApprovalRecords.of(now, caller, "use", usable, usable.request().reason())
              .with("used", act.range().start() + "/" + act.range().end()),
          () -> store.change(usable.number(), approval -> approval.used(now)));
    }
  }

  /** The one to use: one that is in use, else the one that ends first. */
  private Approval usable(Caller caller, GuardedAct act, Instant now) {
    Optional<Approval> found =
        store.granted(caller.account(), act.camera()).stream()
            .filter(each -> isUsable(each, act, now))
            .min(
                Comparator.comparing((Approval each) -> !grantOf(each).isInUse(now))
                    .thenComparing(each -> grantOf(each).until()));
    return found.orElseThrow(
        () ->
            new VmsException(
                ErrorKind.PERMISSION_DENIED,
                "this takes the approval of a second person, for this camera, range and time"));
  }

  private boolean isUsable(Approval approval, GuardedAct act, Instant now) {
    return approval.request().act().covers(act)
        && approval.usable(now) != null
        && independence.stillHolds(approval);
  }

  private static Grant grantOf(Approval approval) {
    Grant grant = approval.grant();
    if (grant == null) {
      throw new VmsException(ErrorKind.INTERNAL, "a usable approval has a grant");
    }
    return grant;
  }
}
