package kg.sakchy.web.approval;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.ApprovalRequest;
import kg.sakchy.core.approval.Grant;
import kg.sakchy.web.http.Rfc3339;
import kg.sakchy.web.http.Words;
import org.jspecify.annotations.Nullable;

/** Requests for what takes two people, as the API shows them. Threads: stateless. */
final class ApprovalJson {
  private ApprovalJson() {}

  static JsonObject of(Approval approval, Instant now, Words words) {
    ApprovalRequest request = approval.request();
    Approval.Decision decision = approval.decision();
    Grant grant = approval.grant();
    return new JsonObject()
        .put("number", approval.number())
        .put("kind", request.act().kind().code())
        .put("camera", request.act().camera().value())
        .put("from", Rfc3339.format(request.act().range().start()))
        .put("to", Rfc3339.format(request.act().range().end()))
        .put("requester", request.requester().value())
        .put("reason", request.reason())
        .put("caseNumber", request.caseNumber())
        .put("urgent", request.urgent())
        .put("requestedAt", Rfc3339.format(approval.requestedAt()))
        .put("due", Rfc3339.format(approval.due()))
        .put("state", approval.state().code())
        .put("words", words.text("approval." + approval.state().code()))
        .put("usable", approval.usable(now) != null)
        .put("decision", decision == null ? null : json(decision))
        .put("grant", grant == null ? null : json(grant));
  }

  private static JsonObject json(Approval.Decision decision) {
    return new JsonObject()
        .put("by", decision.by().value())
        .put("at", Rfc3339.format(decision.at()))
        .put("reason", decision.reason());
  }

  private static JsonObject json(Grant grant) {
    return new JsonObject()
        .put("from", Rfc3339.format(grant.from()))
        .put("until", Rfc3339.format(grant.until()))
        .put("uses", grant.uses())
        .put("used", grant.used())
        .put("lastUse", moment(grant.lastUse()));
  }

  private static @Nullable String moment(@Nullable Instant moment) {
    return moment == null ? null : Rfc3339.format(moment);
  }
}
