package kg.sakchy.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kg.sakchy.web.http.Contract;
import org.junit.jupiter.api.Test;

class AuditedActsTest {
  /** What changes nothing that lasts, or is recorded another way. */
  private static final Set<String> OTHERS =
      Set.of(
          "startDiscovery",
          "cancelDiscovery",
          "startWhep",
          "endWhep",
          "sendPtzCommand",
          "beginProviderSignIn",
          "finishProviderSignIn",
          "requestApproval",
          "grantApproval",
          "refuseApproval",
          "withdrawApproval",
          "newAuthenticatorKey");

  @Test
  void everyOperationThatChangesSomethingIsRecorded() {
    Set<String> changing = new TreeSet<>();
    for (Map.Entry<String, Object> path : Contract.load().tree().getJsonObject("paths")) {
      JsonObject methods = (JsonObject) path.getValue();
      for (String method : Set.of("post", "put", "patch", "delete")) {
        if (methods.getValue(method) instanceof JsonObject operation) {
          changing.add(operation.getString("operationId"));
        }
      }
    }
    changing.removeAll(OTHERS);
    assertThat(AuditedActs.recorded()).containsAll(changing);
  }
}
