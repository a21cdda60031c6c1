package kg.sakchy.web.approval;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.ApprovalDesk;
import kg.sakchy.core.approval.ApprovalLists;
import kg.sakchy.core.approval.ApprovalRequest;
import kg.sakchy.core.approval.GuardedAct;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;

/** Somebody asks for what takes two people, and somebody else decides. */
public final class ApprovalOperations {
  private static final int PAGE = 100;
  private static final String OWN = "own";

  private final ApprovalDesk desk;
  private final ApprovalLists lists;
  private final VmsClock clock;

  public ApprovalOperations(ApprovalDesk desk, ApprovalLists lists, VmsClock clock) {
    this.desk = desk;
    this.lists = lists;
    this.clock = clock;
  }

  /** Asks for something at the camera of the path. */
  public Answer request(Call call) {
    JsonObject body = call.body();
    GuardedAct act =
        new GuardedAct(
            GuardedAct.Kind.valueOf(body.getString("kind", "export").toUpperCase(Locale.ROOT)),
            call.camera(),
            range(call));
    ApprovalRequest request =
        new ApprovalRequest(
            act,
            call.caller().account(),
            body.getString("reason"),
            body.getString("caseNumber", ""),
            body.getBoolean("urgent", false));
    return Answer.json(201, Map.of(), json(desk.request(request, call.caller()), call));
  }

  /** One page of one's own, of what waits for oneself, or of what nobody has reviewed. */
  public Answer list(Call call) {
    String which = call.query().getOrDefault("list", OWN);
    int limit = call.integer("limit", PAGE);
    Long after = call.parameter("after") == null ? null : Long.valueOf(call.number("after", 0));
    ApprovalLists.Page page =
        switch (which) {
          case "waiting" -> lists.waiting(call.caller(), after, limit);
          case "unreviewed" -> lists.unreviewed(call.caller(), after, limit);
          default -> lists.own(call.caller(), after, limit);
        };
    JsonArray items = new JsonArray();
    page.items().forEach(each -> items.add(json(each, call)));
    String next =
        page.next() == null
            ? null
            : "/api/v1/approvals?list=%s&limit=%d&after=%d".formatted(which, limit, page.next());
    return Answer.json(new JsonObject().put("items", items).put("next", next));
  }

  public Answer get(Call call) {
    return Answer.json(json(lists.find(call.caller(), number(call)), call));
  }

  /** A second person approves. */
  public Answer grant(Call call) {
    JsonObject body = call.body();
    lists.find(call.caller(), number(call)); // what one may not see is not there
    ApprovalDesk.Terms terms =
        new ApprovalDesk.Terms(
            call.bodyMoment("from"), call.bodyMoment("until"), body.getInteger("uses", 1));
    Approval decided =
        desk.approve(call.caller(), number(call), body.getString("reason", ""), terms);
    return Answer.json(json(decided, call));
  }

  /** A second person refuses. */
  public Answer refuse(Call call) {
    lists.find(call.caller(), number(call));
    Approval decided = desk.refuse(call.caller(), number(call), call.body().getString("reason"));
    return Answer.json(json(decided, call));
  }

  /** The requester wants it no more. */
  public Answer withdraw(Call call) {
    lists.find(call.caller(), number(call));
    return Answer.json(json(desk.withdraw(call.caller(), number(call)), call));
  }

  private JsonObject json(Approval approval, Call call) {
    return ApprovalJson.of(approval, clock.now(), call.words());
  }

  private static long number(Call call) {
    return call.pathNumber("number");
  }

  private static TimeRange range(Call call) {
    Instant from = call.bodyMoment("from");
    Instant to = call.bodyMoment("to");
    if (from == null || to == null || !from.isBefore(to)) {
      throw new VmsException(
              ErrorKind.INVALID_ARGUMENT,
              "the range must end after it begins: " + from + " to " + to)
          .with(Problem.FIELD, "/to");
    }
    return new TimeRange(from, to);
  }
}
