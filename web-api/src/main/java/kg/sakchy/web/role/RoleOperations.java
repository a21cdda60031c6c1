package kg.sakchy.web.role;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;

/** The roles there are. They hold for the whole organisation, so that its top alone makes them. */
public final class RoleOperations {
  private final Roles roles;

  public RoleOperations(Roles roles) {
    this.roles = roles;
  }

  public Answer list(Call call) {
    JsonArray items = new JsonArray();
    roles.list().forEach(role -> items.add(RoleJson.of(role)));
    return Answer.json(new JsonObject().put("items", items));
  }

  public Answer put(Call call) {
    Role role = RoleJson.read(name(call), call.body());
    roles.put(role);
    return Answer.json(RoleJson.of(role));
  }

  public Answer delete(Call call) {
    if (!roles.remove(name(call))) {
      throw new VmsException(ErrorKind.NOT_FOUND, "there is no such role");
    }
    return Answer.empty(204, Map.of());
  }

  private static String name(Call call) {
    return call.path().getOrDefault("role", "");
  }
}
