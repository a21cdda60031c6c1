package kg.sakchy.core.approval;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;

/** What the audit is told of requests. Threads: stateless. */
final class ApprovalRecords {
  private ApprovalRecords() {}

  /**
   * Somebody does something with a request.
   *
   * @param step what, such as {@code grant}
   * @param reason why, or empty
   */
  static AuditEvent of(Instant at, Caller caller, String step, Approval approval, String reason) {
    return event(at, caller.account().value(), caller.origin(), step, approval, reason);
  }

  /** Time does something with a request: its state is what time has made of it. */
  static AuditEvent lapsed(Instant at, Approval approval) {
    return event(at, AuditEvent.SYSTEM, "", approval.state().code(), approval, "");
  }

  private static AuditEvent event(
      Instant at, String actor, String origin, String step, Approval approval, String reason) {
    ApprovalRequest request = approval.request();
    GuardedAct act = request.act();
    return new AuditEvent(
            at,
            actor,
            origin,
            AuditAction.APPROVAL,
            "camera " + act.camera(),
            reason,
            AuditEvent.Result.DONE,
            new TreeMap<>(Map.of("step", step, "approval", Long.toString(approval.number()))))
        .with("act", act.kind().code())
        .with("range", act.range().start() + "/" + act.range().end())
        .with("requester", request.requester())
        .with("case", request.caseNumber().isEmpty() ? null : request.caseNumber())
        .with("urgent", request.urgent() ? "true" : null);
  }
}
