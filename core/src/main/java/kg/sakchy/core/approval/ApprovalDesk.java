package kg.sakchy.core.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Where people ask for what takes two of them, and decide on it. Each step is recorded in its own
 * transaction; what is refused is recorded as well. Whether the requester has the right to the act
 * itself is asked before.
 *
 * <p>Threads: safe for use by many threads; calls block (database).
 */
public final class ApprovalDesk {
  /** How long a grant lasts when nobody says. */
  private static final Duration USUAL = Duration.ofHours(24);

  private final ApprovalStore store;
  private final AccessPolicy policy;
  private final Independence independence;
  private final AuditLog log;
  private final VmsClock clock;

  public ApprovalDesk(
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

  /**
   * What the second person allows.
   *
   * @param from since when, or null for now
   * @param until before when, or null for a day after {@code from}
   * @param uses how often
   */
  public record Terms(@Nullable Instant from, @Nullable Instant until, int uses) {}

  /**
   * Somebody asks. What is urgent may be done at once, once, within four hours.
   *
   * @throws VmsException FAILED_PRECONDITION when the act takes no approval, and for something
   *     urgent while something urgent of his was not reviewed in time; PERMISSION_DENIED when
   *     nobody would be independent of him; INVALID_ARGUMENT for recordings of the future; as
   *     {@link ApprovalStore#create}
   */
  public Approval request(ApprovalRequest request, Caller caller) {
    Instant now = clock.now();
    Approval asked = Approval.asked(store.nextNumber(), request, now);
    return log.inOneAct(
        ApprovalRecords.of(now, caller, "request", asked, request.reason()),
        () -> {
          requireSense(asked);
          store.create(asked);
          return asked;
        });
  }

  private void requireSense(Approval asked) {
    ApprovalRequest request = asked.request();
    GuardedAct act = request.act();
    if (!policy.needsApproval(act.kind().right(), act.camera())) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, "this takes no approval");
    }
    independence.require(request.requester(), act.camera());
    if (act.range().start().isAfter(asked.requestedAt())) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "nothing is approved of what is not recorded yet");
    }
    if (request.urgent()
        && store.ofRequester(request.requester(), Long.MAX_VALUE, ApprovalStore.MOST_OPEN).stream()
            .map(each -> each.at(asked.requestedAt()))
            .anyMatch(each -> each.state() == Approval.State.OVERDUE)) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "what you did without approval before must be reviewed first");
    }
  }

  /**
   * A second person approves; of what was urgent, that it was right.
   *
   * @param reason why, or empty
   * @param terms not asked for what was urgent: its grant stays as it is
   * @throws VmsException NOT_FOUND; PERMISSION_DENIED when he is no second person to the requester,
   *     or may not approve over the camera; FAILED_PRECONDITION when it was decided already;
   *     INVALID_ARGUMENT for terms that make no sense, or that begin in the past
   */
  public Approval approve(Caller caller, long number, String reason, Terms terms) {
    Instant now = clock.now();
    String kept = reason.isEmpty() ? reason : ApprovalRequest.reason("a decision", reason);
    Instant from = terms.from() == null ? now : terms.from();
    if (from.isBefore(now)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a grant does not begin in the past");
    }
    Grant grant =
        Grant.of(from, terms.until() == null ? from.plus(USUAL) : terms.until(), terms.uses());
    Approval.Decision said = new Approval.Decision(caller.account(), now, kept);
    return decide(caller, number, "approve", said, approval -> approval.approved(said, grant));
  }

  /**
   * A second person refuses; of what was urgent, he finds that it was wrong.
   *
   * @param reason why
   * @throws VmsException as {@link #approve}
   */
  public Approval refuse(Caller caller, long number, String reason) {
    String kept = ApprovalRequest.reason("a refusal", reason);
    Approval.Decision said = new Approval.Decision(caller.account(), clock.now(), kept);
    return decide(caller, number, "refuse", said, approval -> approval.refused(said));
  }

  private Approval decide(
      Caller caller,
      long number,
      String step,
      Approval.Decision said,
      UnaryOperator<Approval> decision) {
    Approval known = require(number);
    return log.inOneAct(
        ApprovalRecords.of(said.at(), caller, step, known, said.reason()),
        () ->
            store.change(
                number,
                approval -> {
                  independence.requireSecond(caller, approval);
                  return decision.apply(approval.at(said.at()));
                }));
  }

  /**
   * The requester wants it no more, before it is decided or afterwards.
   *
   * @throws VmsException NOT_FOUND; PERMISSION_DENIED for a request of somebody else;
   *     FAILED_PRECONDITION when there is nothing to withdraw
   */
  public Approval withdraw(Caller caller, long number) {
    Instant now = clock.now();
    Approval known = require(number);
    return log.inOneAct(
        ApprovalRecords.of(now, caller, "withdraw", known, ""),
        () ->
            store.change(
                number,
                approval -> {
                  if (!approval.request().requester().equals(caller.account())) {
                    throw new VmsException(ErrorKind.PERMISSION_DENIED, "only who asked withdraws");
                  }
                  return approval.at(now).withdrawn();
                }));
  }

  private Approval require(long number) {
    return store.find(number).orElseThrow(() -> missing(number));
  }

  /** What is said of a request that is not there, or not his to see. */
  static VmsException missing(long number) {
    return new VmsException(ErrorKind.NOT_FOUND, "there is no approval " + number);
  }
}
