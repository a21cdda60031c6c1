package kg.sakchy.web.role;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Roles and assignments as the API shows and takes them. */
final class RoleJson {
  private RoleJson() {}

  static JsonObject of(Role role) {
    JsonArray rights = new JsonArray();
    role.rights().stream().sorted().forEach(right -> rights.add(right.code()));
    Duration depth = role.archiveDepth();
    return new JsonObject()
        .put("name", role.name())
        .put("rights", rights)
        .put("archiveDepthSeconds", depth == null ? null : depth.toSeconds())
        .put("steerPriority", role.steerPriority());
  }

  static Role read(String name, JsonObject body) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Object code : body.getJsonArray("rights")) {
      rights.add(Right.valueOf(code.toString().toUpperCase(Locale.ROOT)));
    }
    Long depth = body.getLong("archiveDepthSeconds");
    return new Role(
        name,
        rights,
        depth == null ? null : Duration.ofSeconds(depth),
        body.getInteger("steerPriority", 0));
  }

  static JsonObject of(RoleAssignment assignment) {
    return new JsonObject()
        .put("number", assignment.number())
        .put("account", assignment.account().value())
        .put("role", assignment.role())
        .put("unit", assignment.unit().value())
        .put("from", moment(assignment.from()))
        .put("until", moment(assignment.until()))
        .put("provided", assignment.provided());
  }

  private static @Nullable String moment(@Nullable Instant moment) {
    return moment == null ? null : Rfc3339.format(moment);
  }
}
