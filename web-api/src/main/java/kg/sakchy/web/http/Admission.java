package kg.sakchy.web.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom an operation answers, after the {@code security} of the contract. */
enum Admission {
  /** Everybody. */
  ANYONE,
  /** Who is known, and who holds a media token: what that covers the operation itself checks. */
  MEDIA_TOKEN,
  /** Who is known. */
  KNOWN;

  private static final String SECURITY = "security";

  /** All operations by their ids. */
  static Map<String, Admission> all(Contract contract) {
    JsonObject tree = contract.tree();
    JsonArray usual = tree.getJsonArray(SECURITY);
    Map<String, Admission> admissions = new HashMap<>();
    for (Map.Entry<String, Object> path : tree.getJsonObject("paths")) {
      for (Map.Entry<String, Object> member : (JsonObject) path.getValue()) {
        if (member.getValue() instanceof JsonObject operation
            && operation.getValue("operationId") instanceof String id) {
          admissions.put(id, of(operation.getJsonArray(SECURITY, usual)));
        }
      }
    }
    return admissions;
  }

  private static Admission of(@Nullable JsonArray ways) {
    if (ways == null) {
      return KNOWN;
    }
    if (ways.isEmpty()) {
      return ANYONE;
    }
    return ways.stream().anyMatch(way -> ((JsonObject) way).containsKey("mediaToken"))
        ? MEDIA_TOKEN
        : KNOWN;
  }
}
