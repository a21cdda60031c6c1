package kg.sakchy.web.role;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;

/** Who has which role over a unit. */
public final class AssignmentOperations {
  private static final int PAGE = 100;

  private final Roles roles;
  private final Delegation delegation;

  public AssignmentOperations(
      Roles roles, Organisation organisation, Permissions permissions, VmsClock clock) {
    this.roles = roles;
    this.delegation = new Delegation(roles, organisation, permissions, clock);
  }

  /** Over a unit and all below it. */
  public Answer list(Call call) {
    UnitId unit = call.unit();
    int limit = call.integer("limit", PAGE);
    List<RoleAssignment> found = roles.assignments(unit, call.number("after", 0), limit + 1);
    List<RoleAssignment> page = found.subList(0, Math.min(limit, found.size()));
    JsonArray items = new JsonArray();
    page.forEach(each -> items.add(RoleJson.of(each)));
    String next =
        found.size() > limit
            ? "/api/v1/units/%s/assignments?limit=%d&after=%d"
                .formatted(unit, limit, page.getLast().number())
            : null;
    return Answer.json(new JsonObject().put("items", items).put("next", next));
  }

  public Answer assign(Call call) {
    JsonObject body = call.body();
    UnitId unit = call.unit();
    Role role =
        roles
            .find(body.getString("role"))
            .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "there is no such role"));
    Instant until = call.bodyMoment("until");
    delegation.require(call.caller(), role, unit, until);
    RoleAssignment given =
        roles.assign(
            new AccountId(body.getString("account")),
            role.name(),
            unit,
            call.bodyMoment("from"),
            until);
    return Answer.json(201, Map.of(), RoleJson.of(given));
  }

  /** Takes away an assignment over exactly this unit. */
  public Answer revoke(Call call) {
    long number = call.pathNumber("number");
    RoleAssignment known =
        roles
            .assignment(number)
            .filter(each -> each.unit().equals(call.unit()))
            .orElseThrow(AssignmentOperations::missing);
    roles
        .find(known.role())
        .ifPresent(role -> delegation.require(call.caller(), role, known.unit(), known.until()));
    if (!roles.revoke(number)) {
      throw missing();
    }
    return Answer.empty(204, Map.of());
  }

  private static VmsException missing() {
    return new VmsException(ErrorKind.NOT_FOUND, "there is no such assignment over the unit");
  }
}
