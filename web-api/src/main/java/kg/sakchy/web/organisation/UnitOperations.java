package kg.sakchy.web.organisation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.AccessRules;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/** The tree of units, read level by level, and its changes. */
public final class UnitOperations {
  private static final String PATH = "/api/v1/units/";
  private static final int PAGE = 100;

  private final Organisation organisation;
  private final Roles roles;
  private final VmsClock clock;

  public UnitOperations(Organisation organisation, Roles roles, VmsClock clock) {
    this.organisation = organisation;
    this.roles = roles;
    this.clock = clock;
  }

  /** Where the caller's part of the tree begins. */
  public Answer own(Call call) {
    TreeSet<UnitId> own = new TreeSet<>();
    for (RoleAssignment each : roles.assignments(call.caller().account())) {
      if (each.holdsAt(clock.now())) {
        own.add(each.unit());
      }
    }
    List<Unit> units = own.stream().flatMap(unit -> organisation.find(unit).stream()).toList();
    return Answer.json(UnitJson.page(units, null));
  }

  public Answer get(Call call) {
    return shown(require(call.unit()));
  }

  private Unit require(UnitId unit) {
    return organisation.find(unit).orElseThrow(() -> AccessRules.noUnit(unit));
  }

  private static Answer shown(Unit unit) {
    return Answer.json(UnitJson.of(unit));
  }

  /** Those right below a unit. */
  public Answer below(Call call) {
    int limit = call.integer("limit", PAGE);
    List<Unit> found = organisation.below(require(call.unit()).id(), after(call), limit + 1);
    return page(found, limit, PATH + call.unit() + "/units?limit=" + limit);
  }

  /** Those of a part of the tree that hold a text. */
  public Answer search(Call call) {
    String text = String.valueOf(call.parameter("text"));
    int limit = call.integer("limit", PAGE);
    List<Unit> found = organisation.search(text, require(call.unit()).id(), after(call), limit + 1);
    String escaped = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    return page(found, limit, PATH + call.unit() + "/search?limit=" + limit + "&text=" + escaped);
  }

  private static @Nullable UnitId after(Call call) {
    long after = call.number("after", 0);
    return after == 0 ? null : new UnitId(after);
  }

  private static Answer page(List<Unit> found, int limit, String address) {
    List<Unit> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? address + "&after=" + page.getLast().id() : null;
    return Answer.json(UnitJson.page(page, next));
  }

  public Answer create(Call call) {
    Unit unit =
        organisation.create(call.unit(), UnitJson.draft(UnitJson.kind(call.body()), call.body()));
    return Answer.json(201, Map.of("Location", PATH + unit.id()), UnitJson.of(unit));
  }

  /** Changes all but the kind, which stays. */
  public Answer change(Call call) {
    Unit old = require(call.unit());
    return shown(
        organisation.change(
            old.id(), call.body().getLong("version"), UnitJson.draft(old.kind(), call.body())));
  }

  public Answer move(Call call) {
    return shown(organisation.move(call.unit(), call.unit("parent", UnitId.ROOT)));
  }

  public Answer delete(Call call) {
    organisation.delete(call.unit());
    return Answer.empty(204, Map.of());
  }
}
